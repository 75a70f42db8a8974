import type { LeaseReason, LeaseView } from "../model/action";
import { epochMsOf, secondsBetween, type Instant } from "../model/instant";
import type { DriftItem } from "../model/plan";
import { observedPair, toleranceMs, type PlanContext } from "./context";
import type { HeldGrant, HeldPair } from "./held-grants";
import { heldDraft, type LeaseDraft } from "./lease-action";
import { isExplained, isRenewalDue, standingOf, type Standing } from "./standing";
import { worstCaseEnd } from "./worst-case";

/** What becomes of one pair that the fold holds. */
export interface PairResult {
  readonly drafts: readonly LeaseDraft[];
  readonly drift: readonly DriftItem[];
  /** Whether a Lease stays: some Grant that goes on is active. */
  readonly hasLease: boolean;
  /** The Lease's end after this Plan; undefined when it ends. */
  readonly end: Instant | undefined;
}

/**
 * Plans one pair: its Grants that end, and at most the changes that bring its Lease to the latest end
 * of those that go on. What the gateway no longer holds was ended outside and is never held again.
 */
export function planPair(context: PlanContext, pair: HeldPair): PairResult {
  const standing = standingOf(context, pair);
  const held = pair.held.map((one) => endedOutside(one, standing));
  const survivors = held.filter((one) => one.ending === undefined);
  const end = survivors.reduce<Instant | undefined>(
    (a, one) => (a === undefined || one.end > a ? one.end : a),
    undefined,
  );
  const facts: PairFacts = { context, pair, standing, end };
  return {
    drafts: [
      ...held.filter((one) => one.ending !== undefined).map((one) => endDraft(facts, one)),
      ...(end === undefined ? [] : changes(facts, survivors, end)),
    ],
    drift: [...driftOf(facts), ...held.flatMap((one) => outsideDrift(one))],
    hasLease: survivors.some((one) => one.grant.phase === "active"),
    end,
  };
}

interface PairFacts {
  readonly context: PlanContext;
  readonly pair: HeldPair;
  readonly standing: Standing;
  readonly end: Instant | undefined;
}

function endedOutside(one: HeldGrant, standing: Standing): HeldGrant {
  const isGone = standing.kind === "gone" && one.grant.phase === "active" && one.ending === undefined;
  return isGone ? { ...one, ending: "ended outside" } : one;
}

function endDraft({ context, standing, end }: PairFacts, one: HeldGrant): LeaseDraft {
  const reason = one.ending ?? "expired";
  const isByPolicy = reason === "no longer eligible";
  return {
    ...heldDraft(context, one.grant),
    kind: "end",
    reason,
    before: viewOf(context, one),
    after: end === undefined ? null : { endsAt: end },
    direction: "narrows",
    observed: observedPair(standing.rows),
    waitsForPolicy: context.hasNoPolicy || (isByPolicy && context.isUnaccepted),
  };
}

function changes(facts: PairFacts, survivors: readonly HeldGrant[], end: Instant): LeaseDraft[] {
  const { context, pair } = facts;
  const carried = pair.carrier.leaseEnd ?? pair.carrier.end ?? end;
  const active = survivors.filter((one) => one.grant.phase === "active");
  const shortened = active.filter((one) => one.isShortened);
  const draft = (one: HeldGrant, reason: LeaseReason, isNarrow: boolean): LeaseDraft => ({
    ...heldDraft(context, one.grant),
    kind: "change",
    reason,
    before: { endsAt: carried },
    after: afterView(context, one, end),
    ...(one.isShortened ? { grantEnd: one.end } : {}),
    direction: isNarrow ? "narrows" : "neutral",
    observed: observedPair(facts.standing.rows),
  });
  if (shortened.length > 0) return shortened.map((one) => draft(one, "shortened", true));
  const latest = active.find((one) => one.end === end) ?? active[0];
  if (latest === undefined) return [];
  if (end < carried || isTooLong(facts, end)) return [draft(latest, "shortened", true)];
  const why = whyRenewed(facts, end);
  return why === undefined ? [] : [draft(latest, "renewed", why === "stray")];
}

/** Whether a row of ours would let in for longer than any Grant of the pair lasts. */
function isTooLong({ context, pair, standing }: PairFacts, end: Instant): boolean {
  const later = standing.rows.filter((row) => row.endsAt !== undefined && row.endsAt > end);
  if (later.length === 0) return false;
  const most = epochMsOf(end) + toleranceMs(context, pair.carrier.facts.gateway);
  return later.some((row) => row.endsAt !== undefined && epochMsOf(row.endsAt) > most);
}

/** A slice to renew, or a row that the fold does not explain and that a new generation takes away. */
function whyRenewed({ context, pair, standing }: PairFacts, end: Instant): "slice" | "stray" | undefined {
  if (standing.rows.some((row) => row.status === "waiting" || !isExplained(context, pair, row))) return "stray";
  const { row } = standing;
  if (row === undefined) return undefined;
  return isRenewalDue(context, pair.carrier.facts.gateway, row, end) ? "slice" : undefined;
}

function driftOf({ context, pair, standing }: PairFacts): DriftItem[] {
  const { facts } = pair.carrier;
  const subject = `${facts.person}@${facts.gatewayName}`;
  const item = (kind: DriftItem["kind"], sentence: string): DriftItem => ({
    kind,
    gateway: facts.gateway,
    subject,
    sentence,
  });
  return standing.rows.flatMap((row) => {
    if (!isExplained(context, pair, row)) {
      return [item("held without a record", `${subject} is held under a name that the Log does not have.`)];
    }
    if (row.altered !== true) return [];
    return [item("altered lease", `Somebody moved the end of ${subject} at the gateway to ${row.endsAt ?? "no end"}.`)];
  });
}

function outsideDrift(one: HeldGrant): DriftItem[] {
  if (one.ending !== "ended outside" || one.grant.ending !== undefined) return [];
  const { facts } = one.grant;
  const subject = `${facts.person}@${facts.gatewayName}`;
  return [
    {
      kind: "ended outside",
      gateway: facts.gateway,
      subject,
      sentence: `${subject} (${facts.request}) was ended at the gateway, not by us; it is not given again.`,
    },
  ];
}

function viewOf(context: PlanContext, one: HeldGrant): LeaseView {
  const worst = one.grant.worstCaseEnd ?? worstOf(context, one, one.end);
  return { endsAt: one.grant.end ?? one.end, ...(worst === undefined ? {} : { worstCaseEnd: worst }) };
}

function afterView(context: PlanContext, one: HeldGrant, end: Instant): LeaseView {
  const worst = worstOf(context, one, end);
  return { endsAt: end, ...(worst === undefined ? {} : { worstCaseEnd: worst }) };
}

function worstOf(context: PlanContext, one: HeldGrant, end: Instant): Instant | undefined {
  const start = one.grant.activatedAt ?? one.grant.intendedAt ?? end;
  return worstCaseEnd({
    end,
    leaseSeconds: Math.max(0, Math.ceil(secondsBetween(start, end))),
    holds: context.descriptions.get(one.grant.facts.gateway)?.holds,
  });
}
