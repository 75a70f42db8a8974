import type { LeaseAction } from "../model/action";
import type { Refusal } from "../model/desired";
import type { Instant } from "../model/instant";
import type { PersonId } from "../model/names";
import type { DriftItem, PlanNote, WaitingGrant } from "../model/plan";
import { planActivations, type ActivationFacts } from "./activations";
import type { PendingApproval } from "./asked-approvals";
import type { PlanContext } from "./context";
import { withEffectiveAccess } from "./effective";
import { judgeHeldGrants, pairsOf, type HeldGrant } from "./held-grants";
import type { LeaseDraft } from "./lease-action";
import { planPair } from "./pair-actions";
import { isRemoval, type RemovalResult } from "./removals";
import { sweep } from "./sweep";

/**
 * The part of a Plan that is about leases: everything in it is about one person, and depends on what else
 * is planned only through that person's own Grants.
 */
export interface LeasePart {
  readonly actions: readonly LeaseAction[];
  readonly waiting: readonly WaitingGrant[];
  /** Refusals that name a person. */
  readonly refusals: readonly Refusal[];
  /** Grants that people still have to approve. */
  readonly asked: readonly PendingApproval[];
  readonly drift: readonly DriftItem[];
  /** Whose Grants end because their request was removed, once for each. */
  readonly removed: readonly PersonId[];
  readonly heldRemovals: number;
  readonly notes: readonly PlanNote[];
}

/** Plans the leases of everybody whom a context has Grants of. */
export function planLeases(
  context: PlanContext,
  facts: Omit<ActivationFacts, "ends">,
  holdBack: (context: PlanContext, held: readonly HeldGrant[]) => RemovalResult,
): LeasePart {
  const drafts: LeaseDraft[] = [];
  const drift: DriftItem[] = [];
  const removals = holdBack(context, judgeHeldGrants(context));
  const pairs = pairsOf(context, removals.held);
  const ends = new Map<string, Instant>();
  for (const [key, pair] of pairs) {
    const result = planPair(context, pair);
    drafts.push(...result.drafts);
    drift.push(...result.drift);
    if (result.end !== undefined && result.hasLease) ends.set(key, result.end);
  }
  const strays = sweep(context, new Set(pairs.keys()));
  const activations = planActivations(context, { ...facts, ends });
  return {
    actions: withEffectiveAccess(context, [...drafts, ...strays.drafts, ...activations.drafts]),
    waiting: activations.waiting,
    refusals: activations.refusals,
    asked: activations.asked,
    drift: [...drift, ...strays.drift],
    removed: removals.held.filter(isRemoval).map(({ grant }) => grant.facts.person),
    heldRemovals: removals.heldRemovals,
    notes: removals.notes,
  };
}
