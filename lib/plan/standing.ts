import { epochMsOf, secondsBetween, type Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { ObservedLease } from "../model/observed";
import { isUnreachable, toleranceMs, tryFindObserved, type PlanContext } from "./context";
import type { HeldPair } from "./held-grants";

/** What stands at the gateway for a pair whose Lease the fold holds. */
export interface Standing {
  /** `held`: the Lease is there. `gone`: it is not, so it was ended outside. `unknown`: nobody could look. */
  readonly kind: "held" | "gone" | "unknown";
  /** The row that lets in, or would until its natural end. */
  readonly row?: ObservedLease;
  readonly rows: readonly ObservedLease[];
}

/**
 * Compares a pair's rows with what the fold says. A row that lapsed at its natural end, or as a slice
 * of a longer Lease, counts as held: nobody ended it, and its Grant ends by its own end. One that a
 * foreign row shadows does not.
 */
export function standingOf(context: PlanContext, pair: HeldPair): Standing {
  const { gateway } = pair.carrier.facts;
  const rows = context.ours.get(pair.key) ?? [];
  if (context.observed === "log" || isUnreachable(context, gateway)) return { kind: "unknown", rows };
  const live = rows.find((row) => row.status === "live");
  if (live !== undefined) return { kind: "held", row: live, rows };
  const lapsed = rows.find((row) => hasRunOut(context, gateway, row) && isNaturalEnd(context, askedBy(pair, row), row));
  return lapsed === undefined ? { kind: "gone", rows } : { kind: "held", row: lapsed, rows };
}

/** Whether a row is one slice of a Lease that is to last longer. */
export function isSlice(context: PlanContext, gateway: string, row: ObservedLease): boolean {
  const slice = context.descriptions.get(gateway)?.maxSliceSeconds;
  if (slice === undefined || row.endsAt === undefined || row.altered === true) return false;
  return secondsBetween(row.createdAt, row.endsAt) >= slice - 1;
}

/**
 * Whether a slice is to be renewed now: the Lease is to last longer, and half of the slice has
 * passed, so that a reconciler that stands still for less than the other half cuts nobody off.
 */
export function isRenewalDue(context: PlanContext, gateway: string, row: ObservedLease, wanted: Instant): boolean {
  if (!isSlice(context, gateway, row) || row.endsAt === undefined) return false;
  const slice = context.descriptions.get(gateway)?.maxSliceSeconds ?? 0;
  if (epochMsOf(wanted) - epochMsOf(row.endsAt) <= toleranceMs(context, gateway)) return false;
  return epochMsOf(context.asOf) >= epochMsOf(row.endsAt) - slice * 500;
}

/** Whether the fold explains a row: its Grant is of this pair, was activated, and asked for that generation. */
export function isExplained(context: PlanContext, pair: HeldPair, row: ObservedLease): boolean {
  if (row.correlation === undefined) return false;
  const grant = context.state.grants.get(row.correlation.grant);
  if (grant === undefined || grant.phase === "pending" || grant.phase === "rejected") return false;
  const { facts } = pair.carrier;
  const isOfPair =
    grant.facts.person === facts.person &&
    grant.facts.gateway === facts.gateway &&
    grant.facts.gatewayName === facts.gatewayName;
  return isOfPair && row.correlation.generation <= grant.generation;
}

/** Whether a row lapsed at its end. One that lets nobody in before that went with its Connection: somebody deleted it. */
function hasRunOut(context: PlanContext, gateway: string, { status, endsAt }: ObservedLease): boolean {
  if (status !== "lapsed" || endsAt === undefined) return false;
  const at = tryFindObserved(context, gateway)?.at ?? context.asOf;
  return epochMsOf(endsAt) <= epochMsOf(at) + toleranceMs(context, gateway);
}

/** Whose end a row is held against: the carrier's, unless that one never came to its gateway and so took no row's place. */
function askedBy(pair: HeldPair, { correlation }: ObservedLease): GrantState {
  if (pair.carrier.phase !== "activating" || correlation === undefined) return pair.carrier;
  const own = pair.held.find(({ grant }) => grant.facts.grant === correlation.grant);
  return own?.grant.generation === correlation.generation ? own.grant : pair.carrier;
}

function isNaturalEnd(context: PlanContext, carrier: GrantState, row: ObservedLease): boolean {
  const { gateway } = carrier.facts;
  if (row.endsAt === undefined) return false;
  if (isSlice(context, gateway, row) || isAsAsked(carrier, row)) return true;
  const expected = carrier.leaseEnd ?? carrier.end;
  return expected !== undefined && epochMsOf(row.endsAt) >= epochMsOf(expected) - toleranceMs(context, gateway);
}

/**
 * Whether a row is the very one asked for last, and lasted as long as was asked. Its end is by the gateway's clock, and
 * the fold's by ours at that time: how far the two are apart may have changed since.
 */
function isAsAsked({ facts, generation }: GrantState, { correlation, altered }: ObservedLease): boolean {
  return altered !== true && correlation?.grant === facts.grant && correlation.generation === generation;
}
