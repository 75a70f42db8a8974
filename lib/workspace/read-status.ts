import { decideMerged } from "../approval";
import { emptyState, foldRecord, usageOf, verifyChain } from "../log";
import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { AccessReport } from "../model/report";
import { desiredState, isAnyWindowOpen, optOutsByPerson } from "../policy";
import { accessReport, type StatusFilter, type StatusInput } from "./status";
import type { PolicyInForce, Workspace } from "./workspace";

/** Which report to read. */
export interface ReadStatusOptions {
  /** As it was then; now when left out. */
  readonly at?: Instant;
  readonly filter: StatusFilter;
}

/** Reads who has what: by the Log alone, no gateway is asked. */
export async function readStatus(workspace: Workspace, options: ReadStatusOptions): Promise<AccessReport> {
  const now = workspace.ports.clock.now();
  const at = options.at ?? now;
  const { state } = await workspace.log();
  const common = { installation: workspace.installation, at, verified: true };
  if (at < now) return accessReport({ ...common, state: await stateAt(workspace, at) }, options.filter);
  return accessReport({ ...common, state, ...(await pendingOf(workspace, state, at)) }, options.filter);
}

/** Desired Grants that have not begun, and where each stands. */
export async function pendingOf(
  workspace: Workspace,
  state: LogState,
  at: Instant,
): Promise<Pick<StatusInput, "desired" | "decisions" | "waiting">> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) return {};
  const { grants } = desiredState({
    installation: workspace.installation,
    manifest: policy.manifest,
    requests: await workspace.mergedRequests(),
    asOf: at,
    state,
  });
  const decisions = new Map<GrantId, Decision>();
  for (const desired of grants) decisions.set(desired.id, decideOne({ policy, state, desired, at }));
  return {
    desired: grants,
    decisions,
    waiting: grants.flatMap((desired) => waitingOf(desired, { manifest: policy.manifest, state, at })),
  };
}

/** The Decision on one Grant as things stand in the Log. */
export function decideOne(input: {
  readonly policy: PolicyInForce;
  readonly state: LogState;
  readonly desired: DesiredGrant;
  readonly at: Instant;
}): Decision {
  const { policy, state, desired, at } = input;
  const asked = {
    desired,
    manifest: policy.manifest,
    approvals: state.approvals.get(desired.request) ?? [],
    usage: usageOf(state, at),
    asOf: at,
    policy: policy.digest,
    optOuts: optOutsByPerson(state, []).get(desired.person) ?? [],
  };
  return decideMerged(asked, state.merges?.get(desired.request));
}

function waitingOf(
  desired: DesiredGrant,
  by: { readonly manifest: Manifest; readonly state: LogState; readonly at: Instant },
): NonNullable<StatusInput["waiting"]> {
  const { id: grant, request, person, connection, startBefore, startAfter } = desired;
  const about = { grant, request, person, connection, startBefore };
  if (by.state.frozen !== undefined) return [{ ...about, why: "frozen" }];
  if (startAfter !== undefined && by.at < startAfter) return [{ ...about, why: "starts later", from: startAfter }];
  const windows = by.manifest.rules.find((rule) => rule.name === desired.rule)?.windows ?? [];
  return windows.length === 0 || isAnyWindowOpen(windows, by.at) ? [] : [{ ...about, why: "window is closed" }];
}

/** The fold of what the Log said until an instant. */
async function stateAt(workspace: Workspace, at: Instant): Promise<LogState> {
  const state = emptyState();
  await verifyChain(workspace.store.read(1), {
    onRecord: (record, hash) => {
      if (record.time <= at) foldRecord(state, record, hash);
    },
  });
  return state;
}
