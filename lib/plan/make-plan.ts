import type { Refusal } from "../model/desired";
import type { Plan, PlanBase, WaitingGrant } from "../model/plan";
import { askedApprovals } from "./asked-approvals";
import { planBase } from "./base";
import { planConfiguration } from "./configuration";
import type { ConfigurationResult } from "./configuration-result";
import { compareText, planContext, type PlanContext } from "./context";
import { gatewayDrift, sortDrift } from "./gateway-drift";
import { gatewayFit, type GatewayFit } from "./gateway-fit";
import type { PlanInput } from "./input";
import { planLeases, type LeasePart } from "./lease-part";
import { planNotes } from "./notes";
import { sortActions } from "./order";
import { holdBackRemovals } from "./removals";

/**
 * What a pass at `asOf` would do once its approvals are there: the one planner, for `plan` and for
 * every pass. Endings never depend on approvals. The Plan is canonical and holds no clock reading:
 * equal facts give equal bytes, in whatever order they come.
 */
export function makePlan(input: PlanInput): Plan {
  const context = planContext(input);
  const house = planHouse(context);
  const leases = planLeases(context, activationFacts(house), holdBackRemovals);
  return assemblePlan(context, { base: planBase(input), house, leases });
}

/** The part of a Plan that no request has a say in: the gateways and their configuration. */
export interface HousePart {
  readonly fit: GatewayFit;
  readonly configuration: ConfigurationResult;
}

/** Plans the configuration of the gateways. */
export function planHouse(context: PlanContext): HousePart {
  const fit = gatewayFit(context);
  return { fit, configuration: planConfiguration(context, fit) };
}

/** What activations need to know of the configuration. */
export function activationFacts({ fit, configuration }: HousePart): Parameters<typeof planLeases>[1] {
  return { fit, unusable: configuration.unusable };
}

/** The Plan that is made of its parts. */
export function assemblePlan(
  context: PlanContext,
  parts: { readonly base: PlanBase; readonly house: HousePart; readonly leases: LeasePart },
): Plan {
  const { base, leases } = parts;
  const { configuration } = parts.house;
  const actions = sortActions([...leases.actions, ...configuration.actions]);
  return {
    planVersion: 1,
    installation: context.installation,
    base,
    actions,
    waiting: sortWaiting(leases.waiting),
    refusals: sortRefusals([...context.desired.refusals, ...configuration.refusals, ...leases.refusals]),
    approvals: askedApprovals(leases.asked),
    drift: sortDrift([...gatewayDrift(context), ...leases.drift, ...configuration.drift]),
    notes: [...leases.notes, ...planNotes(context, actions)],
    heldRemovals: leases.heldRemovals,
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
