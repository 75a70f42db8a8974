import type { PullDecision } from "../approval/pull/pull-decision";
import { emptyState } from "../log";
import type { ProviderDescription } from "../model/gateway";
import type { LogState } from "../model/log-state";
import type { Plan } from "../model/plan";
import type { RequestSet } from "../model/request";
import type { SpoolEntry } from "../model/record";
import type { Snapshot } from "../model/snapshot";
import { makePlan } from "../plan";
import { desiredState } from "../policy";
import type { GatewaysSeen } from "./gateways";

/** What a Plan of a commit's merged state is made of besides the Snapshot. */
export interface PlannedInput {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly state: LogState;
  /** The requests last merged. */
  readonly merged: RequestSet;
  readonly spool: readonly SpoolEntry[];
  /** What the gateways hold; absent: as the Log says. */
  readonly seen?: GatewaysSeen;
}

/** What a pass would do once the commit is merged and approved, by the policy in force. Undefined without one. */
export function planOfMerged(input: PlannedInput): Plan | undefined {
  const { snapshot, decision, state, seen } = input;
  const { policy, installation, asOf } = snapshot;
  if (policy === undefined) return undefined;
  const { manifest, digest } = policy;
  const requests = mergedWith(input.merged, { snapshot, decision });
  const desired = desiredState({ installation, manifest, requests, asOf, state });
  return makePlan({
    asOf,
    state,
    installation,
    manifest,
    manifestDigest: digest,
    policyInForce: digest,
    requests,
    desired,
    observed: seen?.observed ?? "log",
    descriptions: seen?.descriptions ?? new Map<string, ProviderDescription>(),
    spool: input.spool,
    repairs: "all",
    protectedPrincipals: manifest.protected,
  });
}

/** All requests as they stand with a commit: those that it touches as it was decided, the others as they were. */
export function mergedWith(
  before: RequestSet,
  { snapshot, decision }: { readonly snapshot: Snapshot; readonly decision: PullDecision },
): RequestSet {
  const touched = new Set([...snapshot.log.merged, ...decision.requests].map(({ name }) => name));
  const others = before.requests.filter(({ name }) => !touched.has(name));
  return { requests: [...others, ...decision.requests].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** The part of the Log that a Snapshot holds, to plan without the Log. */
export function stateOfSnapshot({ log, installation, policy }: Snapshot): LogState {
  const state = emptyState();
  state.installation = installation;
  for (const [name, known] of Object.entries(log.names)) state.names.set(name, known);
  for (const grant of log.grants) state.grants.set(grant.facts.grant, grant);
  for (const optOut of log.optOuts) state.optOuts.set(optOut.id, optOut);
  if (policy !== undefined) {
    const by = { id: "leasehold", authenticatedBy: "self" } as const;
    state.policy = { manifest: policy.digest, at: log.grants[0]?.intendedAt ?? "", by, sequence: 0 };
  }
  return state;
}
