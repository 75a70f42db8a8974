import { decidePull, whatIf } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import type { Snapshot } from "../model/snapshot";
import { readHead, type OnGitHub } from "./pull-plan";
import type { Workspace } from "./workspace";

/** Which pull request to show, and who is taken to have approved it. */
export interface ShowPullInput extends OnGitHub {
  readonly number: number;
  readonly whatIfApprovedBy?: string;
}

/** A pull request as it is decided now, or would be. */
export interface ShownPull {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
}

/** Decides a pull request and writes nothing anywhere. */
export async function showPull(workspace: Workspace, input: ShowPullInput): Promise<ShownPull> {
  const { snapshot } = await readHead(workspace, input);
  const supposed = input.whatIfApprovedBy === undefined ? snapshot : whatIf(snapshot, input.whatIfApprovedBy);
  return { snapshot: supposed, decision: decidePull(supposed) };
}
