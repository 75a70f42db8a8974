import { decidePull } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import { readQueueSnapshot, writeCheck, type CheckToPublish } from "../github";
import type { PullVerdict } from "../model/merge";
import type { Snapshot } from "../model/snapshot";
import { queueCheck } from "../render/pull-queue";
import { logViewOf } from "./pull-log-view";
import type { OnGitHub } from "./pull-plan";
import type { Workspace } from "./workspace";

/** A commit of a merge queue. */
export interface PlanQueueInput extends OnGitHub {
  readonly headSha: string;
  /** What it is to be merged into; asked of GitHub where the event does not say. */
  readonly baseSha?: string;
  readonly dryRun: boolean;
}

/** What was decided of each pull request in it, in order. */
export interface PlannedQueue {
  readonly decided: readonly { readonly snapshot: Snapshot; readonly decision: PullDecision }[];
  readonly check: CheckToPublish;
}

/** Decides every merge that a queue makes and says so in a check run on its commit: it passes only where each widens nothing that was not approved. */
export async function planQueue(workspace: Workspace, input: PlanQueueInput): Promise<PlannedQueue> {
  const { github, repository, headSha, dryRun } = input;
  const { state } = await workspace.log();
  const view = await logViewOf(workspace, { asOf: workspace.ports.clock.now(), state });
  const baseSha = input.baseSha ?? (await baseOf(input));
  const readings = await readQueueSnapshot(github, repository, { baseSha, headSha }, view);
  const decided = readings.map(({ snapshot }) => ({ snapshot, decision: decidePull(snapshot) }));
  const passes = decided.length > 0 && decided.every(({ decision }) => isPassing(decision.verdict));
  const check = queueCheck({ decided, passes, now: view.asOf });
  if (!dryRun) await writeCheck(github, repository, { headSha, check });
  return { decided, check };
}

/** Where the queue's commit left the default branch: the branch's own name is not needed for it. */
async function baseOf({ github, repository, headSha }: PlanQueueInput): Promise<string> {
  const { owner, name: repo } = repository;
  const { name } = await defaultBranch(github, repository);
  const compared = await github.ask("compare", { owner, repo, basehead: `${name}...${headSha}` });
  return compared.at("merge_base_commit", "sha").sha();
}

async function defaultBranch(
  github: PlanQueueInput["github"],
  { owner, name: repo }: PlanQueueInput["repository"],
): Promise<{ readonly name: string }> {
  const settings = await github.ask("settings of the repository", { owner, repo });
  return { name: settings.get("default_branch").string(1_000) };
}

function isPassing(verdict: PullVerdict): boolean {
  return verdict === "approved" || verdict === "nothing to approve";
}
