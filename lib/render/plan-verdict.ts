import type { LeaseAction } from "../model/action";
import type { Plan } from "../model/plan";
import { resourceClasses, type ResourceClass } from "../model/resource";
import { capital, count, listOf } from "./counts";
import type { PlanView } from "./plan-view";

/** The verdict of a plan in words, with the number that matters; no text of people is in it. */
export function planVerdict(plan: Plan, view: PlanView): string {
  const conditions = [...policyCondition(plan, view), ...approvalCondition(plan)];
  const what = effect(plan, view);
  const head = conditions.length === 0 ? capital(what) : `${capital(listOf(conditions))}: ${what}`;
  return [head, ...exceptions(plan, view)].join(". ");
}

/** The last line: `Plan: 3 to grant, 1 to revoke, 0 to change. 2 end within 24 h.` */
export function planSummary(plan: Plan, view: PlanView): string {
  const counts = [
    `${view.starts.length} to grant`,
    `${view.ends.length} to revoke`,
    `${view.changes.length} to change`,
    ...(view.rejects.length > 0 ? [`${view.rejects.length} to reject`] : []),
    ...(view.configuration.length > 0 ? [`${view.configuration.length} to configure`] : []),
  ];
  const more = [
    ...(view.endWithinDay > 0 ? [`${view.endWithinDay} end${view.endWithinDay === 1 ? "s" : ""} within 24 h`] : []),
    ...(plan.waiting.length > 0 ? [`${plan.waiting.length} waiting`] : []),
    ...(plan.refusals.length > 0 ? [`${plan.refusals.length} refused`] : []),
  ];
  return [`Plan: ${counts.join(", ")}`, ...more].map((sentence) => `${sentence}.`).join(" ");
}

/** The highest class that access is gained to; undefined when none is gained. */
export function highestClass(actions: readonly LeaseAction[]): ResourceClass | undefined {
  const widening = actions.filter((action) => action.direction === "widens").map((action) => action.class);
  return resourceClasses.toReversed().find((one) => widening.includes(one));
}

function policyCondition(plan: Plan, view: PlanView): readonly string[] {
  if (!view.waitsForPolicy) return [];
  return [
    plan.base.policy === null ? "waits for a first policy to be accepted" : "waits for the policy to be accepted",
  ];
}

function approvalCondition(plan: Plan): readonly string[] {
  const steps = plan.approvals.reduce((sum, asked) => sum + asked.steps.length, 0);
  const asked = plan.approvals.filter((one) => one.steps.length > 0).length;
  if (asked === 0) return [];
  return [`needs ${count(steps, "approval step")} for ${count(asked, "request")}`];
}

function effect(plan: Plan, view: PlanView): string {
  const gained = [...view.starts, ...view.changes].filter((action) => action.direction === "widens");
  const high = highestClass(gained);
  if (high !== undefined) {
    const most = gained.filter((action) => action.class === high).length;
    const where =
      most === gained.length ? `access to ${high} resources` : `access, ${most} of them to ${high} resources`;
    const lost = view.ends.length > 0 ? `, ${count(view.ends.length, "grant")} end${s(view.ends.length)}` : "";
    return `${count(gained.length, "grant")} widen${s(gained.length)} ${where}${lost}`;
  }
  const narrowed = view.ends.length + view.changes.length;
  if (narrowed > 0) return `access only narrows: ${narrowing(view)}`;
  if (view.rejects.length > 0)
    return `${count(view.rejects.length, "grant")} will never start; nobody's access changes`;
  const widening = view.configuration.filter((action) => action.direction === "widens").length;
  if (widening > 0)
    return `${count(view.configuration.length, "change")} of configuration, ${widening} of them widening`;
  if (view.configuration.length > 0)
    return `${count(view.configuration.length, "change")} of configuration, none widening`;
  return plan.waiting.length > 0 ? "nothing to do yet" : "nothing to do";
}

function narrowing(view: PlanView): string {
  const ends = view.ends.length > 0 ? [`${count(view.ends.length, "grant")} end${s(view.ends.length)}`] : [];
  const shorter =
    view.changes.length > 0 ? [`${count(view.changes.length, "lease")} change${s(view.changes.length)}`] : [];
  return listOf([...ends, ...shorter]);
}

/** What a reader must know besides, each a sentence. */
function exceptions(plan: Plan, view: PlanView): readonly string[] {
  return [
    ...(view.openWays.length > 0 ? [`${count(view.openWays.length, "way")} in that nobody approved`] : []),
    ...(plan.heldRemovals > 0 ? [`${count(plan.heldRemovals, "removal")} held back by the breaker`] : []),
    ...(plan.refusals.length > 0 ? [`${plan.refusals.length} refused`] : []),
  ];
}

/** The ending of a verb in the third person. */
function s(number: number): string {
  return number === 1 ? "s" : "";
}
