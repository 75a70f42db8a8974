import type { DesiredGrant } from "../model/desired";
import type { EndReason } from "../model/grant";
import { epochMsOf, instantOf, type Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import { tryParsePrincipal } from "../model/names";
import { isOptedOut, matchingRules } from "../policy";
import { compareText, pairKey, type PlanContext } from "./context";

/** A Grant that the fold holds, and what is to become of it. */
export interface HeldGrant {
  readonly grant: GrantState;
  readonly desired: DesiredGrant | undefined;
  /** Its own end, with a narrowed request taken into account. */
  readonly end: Instant;
  /** The request was narrowed and its end moves to earlier. */
  readonly isShortened: boolean;
  /** Why it ends; undefined while it goes on. */
  readonly ending: EndReason | undefined;
}

/** The Grants of one pair: they share one Lease. */
export interface HeldPair {
  readonly key: string;
  readonly held: readonly HeldGrant[];
  /** The one under whose name the Lease was asked for last, in whatever phase it is now. */
  readonly carrier: GrantState;
}

/** Whether a Grant may have something at its gateway. */
export function isHeld(grant: GrantState | undefined): boolean {
  return grant?.phase === "active" || grant?.phase === "activating";
}

/** Every held Grant with what the Log, the spool and the desired state say of it, in no order that counts. */
export function judgeHeldGrants(context: PlanContext): readonly HeldGrant[] {
  const held: HeldGrant[] = [];
  for (const grant of context.state.grants.values()) {
    if (isHeld(grant)) held.push(judge(grant, context));
  }
  return held;
}

/** Groups held Grants by pair, sorted by id within it, and finds what carries each pair's Lease. */
export function pairsOf(context: PlanContext, held: readonly HeldGrant[]): ReadonlyMap<string, HeldPair> {
  const byPair = new Map<string, HeldGrant[]>();
  for (const one of held) {
    const key = keyOf(one.grant);
    const there = byPair.get(key);
    if (there === undefined) byPair.set(key, [one]);
    else there.push(one);
  }
  const left = carriersLeft(context, byPair);
  const pairs = new Map<string, HeldPair>();
  for (const [key, there] of byPair) {
    if (there.length > 1) there.sort((a, b) => compareText(a.grant.facts.grant, b.grant.facts.grant));
    const carrier = latestAsked([...there.map((one) => one.grant), ...(left.get(key) ?? [])]);
    if (carrier !== undefined) pairs.set(key, { key, held: there, carrier });
  }
  return pairs;
}

/** Grants that have ended and whose Lease may go on for another Grant of the pair: its end is still to come. */
function carriersLeft(
  context: PlanContext,
  pairs: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, readonly GrantState[]> {
  const left = new Map<string, GrantState[]>();
  for (const grant of context.state.grants.values()) {
    if (isHeld(grant) || grant.leaseEnd === undefined || grant.leaseEnd <= context.asOf) continue;
    const key = keyOf(grant);
    if (pairs.has(key)) left.set(key, [...(left.get(key) ?? []), grant]);
  }
  return left;
}

function latestAsked(grants: readonly GrantState[]): GrantState | undefined {
  return grants.reduce<GrantState | undefined>(
    (a, b) => (a === undefined || askedAt(b) > askedAt(a) ? b : a),
    undefined,
  );
}

function keyOf({ facts }: GrantState): string {
  return pairKey(facts.gateway, facts.person, facts.gatewayName);
}

function askedAt(grant: GrantState): number {
  return grant.heldSequence ?? grant.lastSequence;
}

function judge(grant: GrantState, context: PlanContext): HeldGrant {
  const desired = context.desiredById.get(grant.facts.grant);
  const fixed = grant.end ?? grant.leaseEnd ?? context.asOf;
  const narrowed = desired === undefined ? undefined : narrowedEnd(grant, desired, fixed);
  const end = narrowed ?? fixed;
  return {
    grant,
    desired,
    end,
    isShortened: narrowed !== undefined,
    ending: endReason(grant, { desired, end }, context),
  };
}

/** Ends that differ by less are equal: the intent's time is taken a moment after its end was computed. */
const equalWithinMs = 1000;

/** The end by the request's duration, where that is earlier than the one fixed by the intent. */
function narrowedEnd(grant: GrantState, desired: DesiredGrant, fixed: Instant): Instant | undefined {
  const start = grant.intendedAt ?? grant.activatedAt;
  if (start === undefined) return undefined;
  const narrowedMs = epochMsOf(start) + desired.durationSeconds * 1000;
  return epochMsOf(fixed) - narrowedMs >= equalWithinMs ? instantOf(narrowedMs) : undefined;
}

/** Why a Grant ends by Log, spool, time and desired state; none of it looks at approvals. */
function endReason(
  grant: GrantState,
  facts: { readonly desired: DesiredGrant | undefined; readonly end: Instant },
  context: PlanContext,
): EndReason | undefined {
  const { facts: who } = grant;
  if (grant.ending !== undefined) return grant.ending.reason;
  const spooled = context.spooled.get(who.grant);
  if (spooled !== undefined) return spooled;
  if (context.optOuts.get(who.person)?.some((optOut) => isOptedOut(optOut, who))) return "opted out";
  if (facts.end <= context.asOf) return grant.phase === "active" ? "expired" : "never confirmed";
  return facts.desired === undefined ? lostReason(grant, context) : undefined;
}

/**
 * Whether the request no longer asks for this pair, or policy no longer lets it. Where both are so it is the policy:
 * removed files can be held back by the breaker, what nobody may have any more cannot.
 */
function lostReason({ facts }: GrantState, context: PlanContext): EndReason {
  const request = context.tryFindRequest(facts.request);
  if (request === undefined || !request.access.includes(facts.connection)) {
    const mayStillAsk =
      context.isUnaccepted || matchingRules(context.manifest, facts.person, facts.connection).length > 0;
    return mayStillAsk ? "request removed" : "no longer eligible";
  }
  const isNamed = request.for.includes(facts.person);
  const hasGroups = request.for.some((ref) => tryParsePrincipal(ref)?.kind === "group");
  return isNamed || hasGroups ? "no longer eligible" : "request removed";
}
