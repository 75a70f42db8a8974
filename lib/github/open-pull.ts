import { failure, isFailure } from "../errors";
import { firstParentChain } from "./compare";
import { readTip } from "./first-parents";
import type { Foreign } from "./foreign";
import type { GitHub } from "./open-github";
import { readTree } from "./trees";
import type { OpenedPull, PullToOpen, RepositoryName } from "./types";

/**
 * Opens a pull request through the API, without a local Git: tree, branch, signed commit, pull request, reviewers. Each
 * step that can be seen is looked for before it is done again, so that a repeat goes on where the last one stopped.
 * Throws E525 where a branch of this name holds something else.
 */
export async function openPullRequest(
  github: GitHub,
  repository: RepositoryName,
  pull: PullToOpen,
): Promise<OpenedPull> {
  const { owner, name: repo } = repository;
  const base = await readTip(github, repository, pull.base);
  const tree = await writeTree(github, repository, { pull, baseTree: base.tree });
  if (tree === base.tree) {
    throw failure("E309", {
      detail: "the branch would change nothing",
      fix: "look whether it has been merged already",
    });
  }
  const headSha = await writeBranch(github, repository, { pull, tree, base });
  const opened = await openOnce(github, repository, { pull, base: base.branch });
  const notAsked = await askReviewers(github, { owner, name: repo }, { ...opened, pull });
  return { ...opened, headSha, notAsked };
}

async function writeTree(
  github: GitHub,
  repository: RepositoryName,
  { pull, baseTree }: { readonly pull: PullToOpen; readonly baseTree: string },
): Promise<string> {
  const { owner, name: repo } = repository;
  const before = await readTree(github, repository, baseTree);
  // GitHub refuses to delete what is not there.
  const entries = pull.files.flatMap(({ path, text }): readonly object[] => {
    if (text === null) return before.has(path) ? [{ path, mode: "100644", type: "blob", sha: null }] : [];
    return [{ path, mode: before.get(path)?.mode ?? "100644", type: "blob", content: text }];
  });
  if (entries.length === 0) return baseTree;
  const made = await github.ask("create tree", { owner, repo, base_tree: baseTree, tree: entries });
  return made.get("sha").sha();
}

interface Wanted {
  readonly pull: PullToOpen;
  /** The tree that the branch is to have. */
  readonly tree: string;
  readonly base: { readonly sha: string; readonly tree: string };
}

/** Makes branch and commit. A branch of this name that holds the same on the same base is taken as it is. */
async function writeBranch(github: GitHub, repository: RepositoryName, wanted: Wanted): Promise<string> {
  const { owner, name: repo } = repository;
  const { pull, base } = wanted;
  const ref = { owner, repo, ref: `refs/heads/${pull.branch}`, sha: base.sha };
  const made = await attemptOnce(async () => {
    const attempt = await github.attempt("create branch", ref);
    if (attempt.kind === "answer" && attempt.body.at("object", "sha").sha() !== base.sha)
      attempt.body.fail("another commit");
    return attempt.kind;
  });
  if (made !== "answer") {
    const there = await tryReadTip(github, repository, pull.branch);
    if (there !== undefined && (await isWanted(github, repository, there, wanted))) return there.sha;
    if (there?.sha !== base.sha) throw notMade(pull.branch, there !== undefined);
  }
  return commitOnBranch(github, repository, wanted);
}

/** GitHub signs such a commit for whoever the token is of: an unsigned one would ask for one approval more. */
const commitDocument = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`;

async function commitOnBranch(github: GitHub, repository: RepositoryName, wanted: Wanted): Promise<string> {
  const { pull, base } = wanted;
  const before = await readTree(github, repository, base.tree);
  const [headline = "", ...body] = pull.message.split("\n");
  const input = {
    branch: { repositoryNameWithOwner: `${repository.owner}/${repository.name}`, branchName: pull.branch },
    expectedHeadOid: base.sha,
    message: { headline, body: body.join("\n").trim() },
    fileChanges: {
      additions: pull.files.flatMap(({ path, text }) =>
        text === null ? [] : [{ path, contents: Buffer.from(text, "utf8").toString("base64") }],
      ),
      deletions: pull.files.flatMap(({ path, text }) => (text === null && before.has(path) ? [{ path }] : [])),
    },
  };
  const answer = await attemptOnce(() => github.mutate("commit on branch", commitDocument, { input }));
  const made = answer?.get("createCommitOnBranch").get("commit");
  const there =
    made === undefined
      ? await tryReadTip(github, repository, pull.branch)
      : { sha: made.get("oid").sha(), tree: made.get("tree").get("oid").sha() };
  if (there !== undefined && (await isWanted(github, repository, there, wanted))) return there.sha;
  throw notMade(pull.branch, there !== undefined && there.sha !== base.sha);
}

async function isWanted(
  github: GitHub,
  repository: RepositoryName,
  there: { readonly sha: string; readonly tree: string },
  { tree, base }: Wanted,
): Promise<boolean> {
  return there.tree === tree && (await isOn(github, repository, { base: base.sha, head: there.sha }));
}

function notMade(branch: string, isTaken: boolean): Error {
  return failure("E525", {
    detail: `the branch ${branch} ${isTaken ? "is there already and holds something else" : "could not be made"}`,
    fix: isTaken ? "choose another name, or delete that branch" : "run it again",
  });
}

async function tryReadTip(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
): Promise<{ readonly sha: string; readonly tree: string } | undefined> {
  try {
    return await readTip(github, repository, branch);
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === "E524") return undefined;
    throw thrown;
  }
}

async function isOn(
  github: GitHub,
  repository: RepositoryName,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<boolean> {
  try {
    return (await firstParentChain(github, repository, { from: base, to: head })).length === 1;
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === "E405") return false;
    throw thrown;
  }
}

/** Runs a write; undefined where its answer was lost. */
async function attemptOnce<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (thrown) {
    if (isFailure(thrown) && (thrown.code === "E520" || thrown.code === "E522")) return undefined;
    throw thrown;
  }
}

interface Opened {
  readonly number: number;
  readonly url: string;
}

/** Opens the pull request; one that is open for the branch already, or whose answer was lost, is taken as it is. */
async function openOnce(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { pull, base }: { readonly pull: PullToOpen; readonly base: string },
): Promise<Opened> {
  const { branch: head, title, body, isDraft = false } = pull;
  const attempt = await attemptOnce(() =>
    github.attempt("open pull request", { owner, repo, head, base, title, body, draft: isDraft }),
  );
  if (attempt?.kind === "answer") return openedOf(attempt.body);
  if (attempt?.kind === "refused" && attempt.status !== 422) throw attempt.error;
  const listed = await github.ask("pull requests of a branch", {
    owner,
    repo,
    state: "open",
    base,
    head: `${owner}:${head}`,
    per_page: 2,
  });
  const [found] = listed.list(2);
  if (found !== undefined) return openedOf(found);
  throw (
    attempt?.error ??
    failure("E525", { detail: `the pull request for ${head} could not be opened`, fix: "run it again" })
  );
}

function openedOf(pull: Foreign): Opened {
  return { number: pull.get("number").id(), url: pull.get("html_url").string(2_000) };
}

/** Asks reviewers one by one: GitHub refuses all of them for one that may not see the repository, or is its author. */
async function askReviewers(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { number, pull }: Opened & { readonly pull: PullToOpen },
): Promise<OpenedPull["notAsked"]> {
  const asked = [
    ...(pull.reviewers ?? []).map((reviewer) => ({ reviewer, parameters: { reviewers: [reviewer] } })),
    ...(pull.teams ?? []).map((reviewer) => ({ reviewer, parameters: { team_reviewers: [reviewer] } })),
  ];
  const notAsked: { reviewer: string; why: string }[] = [];
  if (asked.length === 0) return notAsked;
  const together = await attemptOnce(() =>
    github.attempt("ask reviewers", {
      owner,
      repo,
      pull_number: number,
      reviewers: pull.reviewers ?? [],
      team_reviewers: pull.teams ?? [],
    }),
  );
  if (together?.kind === "answer") return notAsked;
  for (const { reviewer, parameters } of asked) {
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes one after the other
    const attempt = await attemptOnce(() =>
      github.attempt("ask reviewers", { owner, repo, pull_number: number, ...parameters }),
    );
    if (attempt?.kind !== "answer") notAsked.push({ reviewer, why: attempt?.message ?? "no answer" });
  }
  return notAsked;
}
