/** GitHub's ways to merge a pull request, each with real commits. */
import type { StoredCommit } from "../git/objects";
import { emitMergeGroup } from "./events";
import type { Account, MergeMethod, Pull, QueueEntry, Repository } from "./model";
import { coAuthorTrailers, gitHubIdentity, identityOf } from "./people";
import { commitsOf, Refused } from "./pulls";
import { markMerged, moveRef } from "./refs";
import type { World } from "./world";

/** How a pull request is merged. */
export interface MergeRequest {
  readonly by: Account;
  readonly method: MergeMethod;
  /** First line and rest of the commit's message; GitHub's own unless given. */
  readonly title?: string;
  readonly message?: string;
}

/** Merges and gives what GitHub calls the merge commit. Refuses with 405 what cannot be merged. */
export async function mergePull(world: World, pull: Pull, request: MergeRequest): Promise<string> {
  const { repository } = pull;
  const ref = `refs/heads/${pull.baseBranch}`;
  const base = repository.git.tryReadRef(ref);
  if (pull.issue.state !== "open" || pull.isDraft || base === undefined)
    throw new Refused("Pull Request is not mergeable", 405);
  const commits = await mergeCommits(world, pull, { ...request, base });
  const commit = commits.at(-1) ?? base;
  // Noted first, so that the push that follows is not taken for a merge by hand.
  await markMerged(world, pull, { at: world.now(), by: request.by, commit, commits });
  if (!(await moveRef(world, { repository, ref, before: base, after: commit, by: request.by }))) {
    throw new Refused("Base branch was modified. Review and try the merge again.", 405);
  }
  return commit;
}

/** Puts a pull request into the merge queue: a commit on a branch of the queue, on top of what waits already. */
export async function enqueuePull(world: World, pull: Pull, request: MergeRequest): Promise<QueueEntry> {
  const { repository, baseBranch, number } = pull;
  const waiting = repository.queue.filter((entry) => entry.pull.baseBranch === baseBranch);
  const base = waiting.at(-1)?.headSha ?? repository.git.tryReadRef(`refs/heads/${baseBranch}`);
  if (pull.issue.state !== "open" || base === undefined) throw new Refused("Pull request is not mergeable", 405);
  const commits = await mergeCommits(world, pull, { ...request, base });
  const headSha = commits.at(-1) ?? base;
  const ref = `refs/heads/gh-readonly-queue/${baseBranch}/pr-${number}-${base}`;
  const entry: QueueEntry = { pull, by: request.by, method: request.method, baseSha: base, headSha, ref };
  await repository.git.setRef(ref, headSha);
  repository.queue.push(entry);
  await emitMergeGroup(world, entry, "checks_requested");
  return entry;
}

/** Merges everything in the queue of a branch up to an entry; GitHub says that its queue bot did it. */
export async function flushQueue(
  world: World,
  repository: Repository,
  branch: string,
  upTo?: QueueEntry,
): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const all = repository.queue.filter((entry) => entry.pull.baseBranch === branch);
  const merged = upTo === undefined ? all : all.slice(0, all.indexOf(upTo) + 1);
  const last = merged.at(-1);
  const before = repository.git.tryReadRef(ref);
  if (last === undefined || before === undefined) throw new Refused("The merge queue is empty.");
  if (merged[0]?.baseSha !== before) throw new Refused("The base branch moved under the merge queue.");
  for (const entry of merged) {
    const commits = await repository.git.commits(
      "--reverse",
      entry.headSha,
      `^${entry.baseSha}`,
      `^${entry.pull.headSha}`,
    );
    const merge = { at: world.now(), by: world.queueBot, commit: entry.headSha, commits };
    await markMerged(world, entry.pull, merge);
    repository.queue.splice(repository.queue.indexOf(entry), 1);
  }
  await moveRef(world, { repository, ref, before, after: last.headSha, by: world.queueBot });
  for (const entry of merged) await repository.git.setRef(entry.ref, null);
  return last.headSha;
}

/** The commits that a merge would put on `base`, oldest first. */
async function mergeCommits(
  world: World,
  pull: Pull,
  request: MergeRequest & { readonly base: string },
): Promise<readonly string[]> {
  switch (request.method) {
    case "merge":
      return [await mergeCommit(world, pull, request)];
    case "squash":
      return [await squash(world, pull, request)];
    case "rebase":
      return rebase(world, pull, request);
  }
}

async function mergedTree(pull: Pull, base: string, head: string): Promise<string> {
  const tree = await pull.repository.git.tryMergeTrees(base, head);
  if (tree === undefined) throw new Refused("Merge conflict", 405);
  return tree;
}

async function mergeCommit(
  world: World,
  pull: Pull,
  request: MergeRequest & { readonly base: string },
): Promise<string> {
  const { by, base } = request;
  const from = `${pull.headRepository.owner.login}/${pull.headBranch}`;
  const message = messageOf(request, `Merge pull request #${pull.number} from ${from}`, pull.issue.title);
  const tree = await mergedTree(pull, base, pull.headSha);
  return signed(world, pull, { tree, parents: [base, pull.headSha], author: identityOf(by, world.now()), message });
}

async function squash(world: World, pull: Pull, request: MergeRequest & { readonly base: string }): Promise<string> {
  const { git } = pull.repository;
  const author = identityOf(pull.issue.author, world.now());
  const commits = await Promise.all((await commitsOf(pull)).map((sha) => git.readCommit(sha)));
  const title = `${pull.issue.title} (#${pull.number})`;
  const body = commits.map((one) => `* ${one.message.split("\n")[0] ?? ""}`).join("\n\n");
  const message = `${messageOf(request, title, commits.length > 1 ? body : "")}${coAuthorTrailers(world, commits, author)}`;
  return signed(world, pull, {
    tree: await mergedTree(pull, request.base, pull.headSha),
    parents: [request.base],
    author,
    message,
  });
}

/** Each commit again on top of the base, by whoever merges and without a signature. */
async function rebase(
  world: World,
  pull: Pull,
  { by, base }: MergeRequest & { readonly base: string },
): Promise<readonly string[]> {
  const { git } = pull.repository;
  const made: string[] = [];
  let onto = base;
  for (const sha of await commitsOf(pull)) {
    const commit = await git.readCommit(sha);
    const [parent] = commit.parents;
    if (parent === undefined || commit.parents.length > 1) throw new Refused("This branch can't be rebased", 405);
    // A stand-in for the tip whose only parent is the commit's own makes that the merge base.
    const standIn = git.writeCommit({ ...commit, tree: (await git.readCommit(onto)).tree, parents: [parent] });
    const tree = await mergedTree(pull, standIn, sha);
    onto = git.writeCommit({ ...commit, tree, parents: [onto], committer: identityOf(by, world.now()) });
    made.push(onto);
  }
  return made;
}

/** A commit that GitHub makes and signs itself. */
function signed(world: World, { repository }: Pull, commit: Omit<StoredCommit, "committer">): string {
  const sha = repository.git.writeCommit({ ...commit, committer: gitHubIdentity(world.now()) });
  repository.signatures.set(sha, "VALID");
  return sha;
}

function messageOf({ title, message }: MergeRequest, usualTitle: string, usualMessage: string): string {
  const rest = message ?? usualMessage;
  return `${title ?? usualTitle}${rest === "" ? "" : `\n\n${rest}`}`;
}
