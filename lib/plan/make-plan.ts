import type { Refusal } from "../model/desired";
import type { Instant } from "../model/instant";
import type { DriftItem, Plan, WaitingGrant } from "../model/plan";
import { planActivations } from "./activations";
import { askedApprovals } from "./asked-approvals";
import { planBase } from "./base";
import { planConfiguration } from "./configuration";
import { compareText, planContext } from "./context";
import { withEffectiveAccess } from "./effective";
import { gatewayDrift, sortDrift } from "./gateway-drift";
import { gatewayFit } from "./gateway-fit";
import { judgeHeldGrants, pairsOf } from "./held-grants";
import type { PlanInput } from "./input";
import type { LeaseDraft } from "./lease-action";
import { planNotes } from "./notes";
import { sortActions } from "./order";
import { planPair } from "./pair-actions";
import { holdBackRemovals } from "./removals";
import { sweep } from "./sweep";

/**
 * What a pass at `asOf` would do once its approvals are there: the one planner, for `plan` and for
 * every pass. Endings never depend on approvals. The Plan is canonical and holds no clock reading:
 * equal facts give equal bytes, in whatever order they come.
 */
export function makePlan(input: PlanInput): Plan {
  const context = planContext(input);
  const drafts: LeaseDraft[] = [];
  const drift: DriftItem[] = [...gatewayDrift(context)];

  const removals = holdBackRemovals(context, judgeHeldGrants(context));
  const pairs = pairsOf(context, removals.held);
  const ends = new Map<string, Instant>();
  for (const [key, pair] of pairs) {
    const result = planPair(context, pair);
    drafts.push(...result.drafts);
    drift.push(...result.drift);
    if (result.end !== undefined && result.hasLease) ends.set(key, result.end);
  }

  const strays = sweep(context, new Set(pairs.keys()));
  drafts.push(...strays.drafts);
  drift.push(...strays.drift);

  const fit = gatewayFit(context);
  const configuration = planConfiguration(context, fit);
  drift.push(...configuration.drift);

  const activations = planActivations(context, { fit, unusable: configuration.unusable, ends });
  drafts.push(...activations.drafts);

  const actions = sortActions([...withEffectiveAccess(context, drafts), ...configuration.actions]);
  return {
    planVersion: 1,
    installation: input.installation,
    base: planBase(input),
    actions,
    waiting: sortWaiting(activations.waiting),
    refusals: sortRefusals([...input.desired.refusals, ...configuration.refusals, ...activations.refusals]),
    approvals: askedApprovals(activations.asked),
    drift: sortDrift(drift),
    notes: [...removals.notes, ...planNotes(context, actions)],
    heldRemovals: removals.heldRemovals,
  };
}

function sortWaiting(waiting: readonly WaitingGrant[]): readonly WaitingGrant[] {
  return waiting.toSorted((a, b) => compareText(a.request, b.request) || compareText(a.grant, b.grant));
}

function sortRefusals(refusals: readonly Refusal[]): readonly Refusal[] {
  return refusals.toSorted((a, b) => compareText(a.request, b.request) || compareText(refusalKey(a), refusalKey(b)));
}

function refusalKey({ person = "", connection = "", gateway = "", subject, sentence }: Refusal): string {
  return JSON.stringify([person, connection, gateway, subject?.kind ?? "", subject?.name ?? "", sentence]);
}
