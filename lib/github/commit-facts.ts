import type { GitHubAccount, PullCommit } from "../model/snapshot";
import type { Foreign } from "./foreign";
import { accountOf } from "./people";

/** Where a commit stands among others: what its objects are read by. */
export interface CommitPlace {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly ParentCommit[];
}

/** A parent, with its tree. */
export interface ParentCommit {
  readonly sha: string;
  readonly tree: string;
}

/** What is asked of each commit: where it stands. */
export const placeFields = `fragment place on Commit {
  oid
  tree { oid }
  parents(first: 20) { totalCount nodes { oid tree { oid } } }
}`;

/** What is asked of each commit of a pull request: where it stands and who made it. */
export const commitFields = `fragment commit on Commit {
  ...place
  author { name email user { ...user } }
  committer { name email user { ...user } }
  authors(first: 50) { totalCount nodes { name email user { ...user } } }
  signature { isValid wasSignedByGitHub }
}`;

/** Reads where a commit stands. */
export function placeOf(commit: Foreign): CommitPlace {
  const parents = whole(commit.get("parents"), 20);
  return { sha: commit.get("oid").sha(), tree: commit.at("tree", "oid").sha(), parents: parents.map(parentOf) };
}

/** Reads who made a commit. A name without an account is counted; the person behind it is unknown. */
export function pullCommitOf(commit: Foreign): PullCommit {
  const { sha, parents } = placeOf(commit);
  const signature = commit.nullable("signature");
  const isSignedByGitHub = signature?.get("wasSignedByGitHub").boolean() === true;
  const isValid = signature?.get("isValid").boolean() === true;
  const author = gitActorOf(commit.nullable("author"));
  const committer = gitActorOf(commit.nullable("committer"));
  const authors = whole(commit.get("authors"), 50).map(gitActorOf);
  // What is done on the web pages is committed and signed by GitHub itself, for the author, whom it has signed in.
  const isGitHubItself = committer.account === undefined && isSignedByGitHub && isValid;
  const committed = isGitHubItself ? author : committer;
  const people = [author, committed, ...authors];
  const unknown = new Set(people.filter((one) => one.account === undefined).map((one) => one.name));
  return {
    sha,
    parents: parents.map((one) => one.sha),
    ...(author.account === undefined ? {} : { author: author.account }),
    ...(committed.account === undefined ? {} : { committer: committed.account }),
    coAuthors: coAuthorsOf(authors, author.account),
    unknownPeople: unknown.size,
    verified: isValid,
  };
}

interface GitActor {
  /** Name and e-mail as typed; only to count who is unknown. */
  readonly name: string;
  readonly account?: GitHubAccount;
}

function gitActorOf(actor: Foreign | undefined): GitActor {
  const name = `${actor?.nullable("name")?.string() ?? ""}\n${actor?.nullable("email")?.string() ?? ""}`;
  const account = accountOf(actor?.nullable("user"));
  return { name, ...(account === undefined ? {} : { account }) };
}

function coAuthorsOf(authors: readonly GitActor[], author: GitHubAccount | undefined): readonly GitHubAccount[] {
  const byId = new Map<number, GitHubAccount>();
  for (const { account } of authors) {
    if (account !== undefined && account.id !== author?.id) byId.set(account.id, account);
  }
  return [...byId.values()];
}

function parentOf(parent: Foreign): ParentCommit {
  return { sha: parent.get("oid").sha(), tree: parent.at("tree", "oid").sha() };
}

/** All nodes of a connection that is asked for at once: one that has more is senseless, or an attack. */
function whole(connection: Foreign, most: number): readonly Foreign[] {
  const nodes = connection.get("nodes").list(most);
  if (nodes.length !== connection.get("totalCount").count()) connection.fail(`more than ${most}, or not all listed`);
  return nodes;
}
