import { decidePull } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import { asDiagnostics, exitCodeOf, isFailure, type Diagnostic } from "../errors";
import {
  publish,
  readHeadSnapshot,
  writeCheck,
  type CheckToPublish,
  type GitHub,
  type HeadReading,
  type RepositoryName,
} from "../github";
import type { Plan } from "../model/plan";
import type { Snapshot } from "../model/snapshot";
import type { GatewaysSeen } from "./gateways";
import { failedCheck } from "./pull-failed-check";
import { logViewOf } from "./pull-log-view";
import { planOfMerged, stateOfSnapshot } from "./pull-planned";
import { tellPull } from "./pull-told";
import type { Workspace } from "./workspace";

/** A repository on GitHub. */
export interface OnGitHub {
  readonly github: GitHub;
  readonly repository: RepositoryName;
}

/** Which pull request to plan, and whether to say so on GitHub. */
export interface PlanPullInput extends OnGitHub {
  readonly number: number;
  /** Says what would be published, and writes nothing. */
  readonly dryRun: boolean;
  /** Told of the head once it is known; see `leavingRed`. */
  readonly onHead?: (sha: string) => void;
}

/** A pull request, decided and told. */
export interface PlannedPull {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly plan?: Plan;
  readonly comment: string;
  readonly check: CheckToPublish;
  /** How many writes GitHub was asked for; absent where nothing is to be said: the pull request is closed. */
  readonly writes?: number;
  /** What kept this evaluation from seeing everything. */
  readonly trouble: readonly Diagnostic[];
  /** 0 once the verdict is published: the check run carries it. */
  readonly exitCode: number;
}

/** Plans and decides an open pull request and says so in its comment and check run; run it within `leavingRed`. */
export async function planPull(workspace: Workspace, input: PlanPullInput): Promise<PlannedPull> {
  const reading = await readHead(workspace, input);
  const { subject, pull } = reading.snapshot;
  input.onHead?.(subject.sha);
  const planned = await evaluate(workspace, reading);
  return pull?.state === "open" && !input.dryRun ? await published(input, reading, planned) : planned;
}

/**
 * Runs an evaluation of a commit. Whatever fails once the commit is known leaves a check run on it that
 * failed, and is thrown all the same.
 */
export async function leavingRed<T>(
  on: OnGitHub,
  of: { /** As the event said, before GitHub was asked. */ readonly head?: string; readonly dryRun: boolean },
  work: (onHead: (sha: string) => void) => Promise<T>,
): Promise<T> {
  let { head } = of;
  try {
    return await work((sha) => {
      head = sha;
    });
  } catch (thrown) {
    if (!of.dryRun && head !== undefined) await leaveRed(on, head, thrown);
    throw thrown;
  }
}

/** Decides a saved Snapshot again, and says what would be said of it; gateways are as the Log in it says. */
export function planSnapshot(snapshot: Snapshot): Pick<PlannedPull, "snapshot" | "decision" | "comment" | "check"> {
  const decision = decidePull(snapshot);
  const plan = planOfMerged({
    snapshot,
    decision,
    state: stateOfSnapshot(snapshot),
    merged: { requests: snapshot.log.merged },
    spool: [],
  });
  const known = { snapshot, decision, ...(plan === undefined ? {} : { plan }), trouble: [], now: snapshot.asOf };
  const { text, check } = tellPull(known);
  return { snapshot, decision, comment: text, check };
}

/** Reads an open pull request whole. */
export async function readHead(
  workspace: Workspace,
  { github, repository, number }: OnGitHub & { readonly number: number },
): Promise<HeadReading> {
  const asOf = workspace.ports.clock.now();
  const { state } = await workspace.log();
  return readHeadSnapshot(github, repository, number, await logViewOf(workspace, { asOf, state }));
}

async function evaluate(workspace: Workspace, reading: HeadReading): Promise<PlannedPull> {
  const { snapshot, published: there } = reading;
  const decision = decidePull(snapshot);
  const { seen, trouble } = await see(workspace);
  const { state } = await workspace.log();
  const spool = await workspace.store.readSpool();
  const merged = await workspace.mergedRequests();
  const plan =
    seen === undefined && trouble.length > 0
      ? undefined
      : planOfMerged({ snapshot, decision, state, merged, spool, ...(seen === undefined ? {} : { seen }) });
  const known = { snapshot, decision, ...(plan === undefined ? {} : { plan }), trouble };
  const { text, check } = tellPull({ ...known, now: snapshot.asOf, published: there });
  return { ...known, comment: text, check, exitCode: exitCodeOf(trouble) };
}

/** What the gateways of the policy in force hold; one that cannot be asked is told, and fails the check run. */
async function see(
  workspace: Workspace,
): Promise<{ readonly seen?: GatewaysSeen; readonly trouble: readonly Diagnostic[] }> {
  if ((await workspace.tryPolicyInForce()) === undefined) return { trouble: [] };
  try {
    await workspace.followPolicy();
    return { seen: await workspace.gateways.see(), trouble: [] };
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    return { trouble: asDiagnostics(thrown) };
  }
}

async function published(input: PlanPullInput, reading: HeadReading, planned: PlannedPull): Promise<PlannedPull> {
  const { snapshot, published: there } = reading;
  const { writes } = await publish(input.github, input.repository, {
    installation: snapshot.installation,
    number: input.number,
    headSha: snapshot.subject.sha,
    comment: { text: planned.comment },
    check: planned.check,
    published: there,
  });
  return { ...planned, writes };
}

/** A check run that fails on the head. What fails here too is not told before what failed first. */
async function leaveRed(input: OnGitHub, headSha: string, why: unknown): Promise<void> {
  try {
    await writeCheck(input.github, input.repository, { headSha, check: failedCheck(why) });
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
  }
}
