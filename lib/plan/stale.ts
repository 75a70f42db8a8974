import type { Action } from "../model/action";
import { objectKey } from "../model/gateway-object";
import type { Plan, PlanBase } from "../model/plan";
import { leasesOfOurs, observedPair, pairKey } from "./context";
import type { Observed } from "./input";
import { observedObject } from "./observed-object";

/** Whether a Plan's base moved; see `stalenessOf`. */
export function isStale(plan: Plan, current: PlanBase, observed: Observed): boolean {
  return stalenessOf(plan, current, observed).length > 0;
}

/**
 * What moved since a Plan was made, one sentence each: policy, Manifest, requests, Grants, or what
 * an Action was made against. A Plan made against the Log alone says nothing about the gateways.
 */
export function stalenessOf(plan: Plan, current: PlanBase, observed: Observed): readonly string[] {
  const { base } = plan;
  return [
    ...(base.policy === current.policy ? [] : ["The policy in force is another one."]),
    ...(base.manifest === current.manifest ? [] : ["The rules are other ones."]),
    ...(base.requests === current.requests ? [] : ["The requests are other ones."]),
    ...(base.grants === current.grants ? [] : ["Grants have started, changed or ended."]),
    ...(base.observed === "log" || observed === "log" ? [] : movedSubjects(plan, observed)),
  ];
}

function movedSubjects(plan: Plan, observed: Exclude<Observed, "log">): readonly string[] {
  const leases = leasesOfOurs({ installation: plan.installation, observed });
  const objects = new Map<string, string>();
  for (const { gateway, objects: there } of observed.values()) {
    for (const object of there) objects.set(objectKey(gateway, object.value), observedObject(object));
  }
  return plan.actions.flatMap((action) => {
    const now = action.family === "configuration" ? objects.get(objectKey(action.gateway, action.subject)) : undefined;
    const seen =
      action.family === "configuration"
        ? (now ?? null)
        : observedPair(leases.get(pairKey(action.gateway, action.subject.person, action.subject.gatewayName)));
    return seen === action.observed || isUnseen(action) ? [] : [`${subjectWords(action)} is not as it was.`];
  });
}

/** A rejection changes nothing at the gateway. */
function isUnseen(action: Action): boolean {
  return action.family === "lease" && action.kind === "reject";
}

function subjectWords(action: Action): string {
  return action.family === "configuration"
    ? `${action.subject.kind} ${action.subject.name} at gateway ${action.gateway}`
    : `The lease of ${action.subject.person} on ${action.subject.connection}`;
}
