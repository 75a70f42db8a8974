/** What follows when a ref moves: pull requests get a new head, stale reviews go, what was merged by hand is merged. */
import { emitPull, emitPush } from "./events";
import { dismissStaleReviews } from "./protection";
import type { Account, Pull, Repository } from "./model";
import type { World } from "./world";

const nothing = "0".repeat(40);

/** One movement of a ref; `null` is not there. */
export interface RefMove {
  readonly repository: Repository;
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly by: Account;
}

/** Sets a ref and does what GitHub does after it. False where git refuses (another value, a name in the way). */
export async function moveRef(world: World, move: RefMove): Promise<boolean> {
  const { repository, ref, before, after } = move;
  const expected = before ?? (after === null ? undefined : nothing);
  if (!(await repository.git.setRef(ref, after, expected))) return false;
  await afterMove(world, move);
  return true;
}

/** What GitHub does after a ref was moved, by the API or by git over HTTP. */
export async function afterMove(world: World, move: RefMove): Promise<void> {
  const { repository, ref, before, after } = move;
  if (before === after) return;
  if (ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/")) await emitPush(world, move);
  if (!ref.startsWith("refs/heads/")) return;
  const branch = ref.slice("refs/heads/".length);
  for (const pull of allPulls(world)) {
    if (pull.issue.state !== "open") continue;
    if (pull.headRepository === repository && pull.headBranch === branch) await moveHead(world, pull, move);
    if (pull.repository === repository && pull.baseBranch === branch) await noticeMerge(world, pull, move);
  }
}

/** Makes refs/pull/N/head of the base repository what the pull request's head is. */
export async function setPullRef(pull: Pull): Promise<void> {
  await pull.repository.git.setRef(`refs/pull/${pull.number}/head`, pull.headSha);
}

async function moveHead(world: World, pull: Pull, { after, by }: RefMove): Promise<void> {
  if (after === null) return closePull(world, pull, by);
  const before = pull.headSha;
  pull.headSha = after;
  pull.lastPusher = by;
  pull.baseSha = pull.repository.git.tryReadRef(`refs/heads/${pull.baseBranch}`) ?? pull.baseSha;
  pull.issue.updatedAt = world.now();
  await setPullRef(pull);
  await dismissStaleReviews(world, pull);
  await emitPull(world, pull, "synchronize", by, { before, after });
}

/** Closes a pull request without merging it. */
export async function closePull(world: World, pull: Pull, by: Account): Promise<void> {
  pull.issue.state = "closed";
  pull.issue.closedAt = world.now();
  pull.issue.closedBy = by;
  pull.issue.updatedAt = world.now();
  await emitPull(world, pull, "closed", by);
}

/** A pull request whose head came into the base branch by a push is merged, as GitHub says then, by whoever pushed. */
async function noticeMerge(world: World, pull: Pull, { before, after, by, repository }: RefMove): Promise<void> {
  if (after === null || before === null || pull.merged !== undefined) return;
  const { git } = repository;
  if (await git.isAncestor(pull.headSha, before)) return;
  if (!(await git.isAncestor(pull.headSha, after))) return;
  let commit = after;
  for (const sha of await git.commits("--first-parent", "--reverse", `${before}..${after}`)) {
    if (await git.isAncestor(pull.headSha, sha)) {
      commit = sha;
      break;
    }
  }
  await markMerged(world, pull, { at: world.now(), by, commit, commits: [commit] });
}

/** Notes that a pull request was merged. */
export async function markMerged(world: World, pull: Pull, merged: NonNullable<Pull["merged"]>): Promise<void> {
  pull.merged = merged;
  pull.issue.state = "closed";
  pull.issue.closedAt = merged.at;
  pull.issue.closedBy = merged.by;
  pull.issue.updatedAt = merged.at;
  await emitPull(world, pull, "closed", merged.by);
}

function allPulls(world: World): readonly Pull[] {
  return world.repositories.flatMap((repository) => [...repository.pulls.values()]);
}
