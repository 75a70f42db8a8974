import type { LeaseAction } from "../model/action";
import type { Plan } from "../model/plan";
import { resourceClasses, type ResourceClass } from "../model/resource";
import { capital, count, listOf } from "./counts";
import { losesSafeguard, type PlanView } from "./plan-view";

/** The verdict of a plan in words, with the number that matters; no text of people is in it. */
export function planVerdict(plan: Plan, view: PlanView): string {
  const conditions = [...recoveringCondition(plan), ...policyCondition(plan, view), ...approvalCondition(plan)];
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

/** `1 grant widens access to a critical resource`; undefined when none of the Actions widens. */
export function wideningWords(actions: readonly LeaseAction[]): string | undefined {
  const gained = actions.filter((action) => action.direction === "widens");
  const high = highestClass(gained);
  if (high === undefined) return undefined;
  const highest = gained.filter((action) => action.class === high);
  const resources = new Set(highest.map((one) => one.subject.resource)).size;
  const to = `to ${resourcesOf(high, resources)}`;
  const where = highest.length === gained.length ? `access ${to}` : `access, ${highest.length} of them ${to}`;
  return `${count(gained.length, "grant")} widen${s(gained.length)} ${where}`;
}

function recoveringCondition(plan: Plan): readonly string[] {
  return plan.notes.some((note) => note.kind === "recovering") ? ["the Log is recovering"] : [];
}

function policyCondition(plan: Plan, view: PlanView): readonly string[] {
  if (!view.waitsForPolicy) return [];
  return [
    plan.base.policy === null ? "waits for a first policy to be accepted" : "waits for the policy to be accepted",
  ];
}

/** A step says how many people it asks: `2 of security`; one that does not asks for one. */
function approvalCondition(plan: Plan): readonly string[] {
  const asked = plan.approvals.filter((one) => one.steps.length > 0);
  if (asked.length === 0) return [];
  const people = asked.flatMap((one) => one.steps).reduce((sum, step) => sum + peopleOf(step), 0);
  return [`needs ${count(people, "approval")}${asked.length === 1 ? "" : ` for ${asked.length} requests`}`];
}

function peopleOf(step: string): number {
  return Number(/^(\d{1,3}) of /.exec(step)?.[1] ?? 1);
}

function effect(plan: Plan, view: PlanView): string {
  const gained = wideningWords([...view.starts, ...view.changes]);
  if (gained !== undefined) {
    const lost = view.ends.length > 0 ? `, ${count(view.ends.length, "grant")} end${s(view.ends.length)}` : "";
    return `${gained}${lost}`;
  }
  const narrowed = view.ends.length + view.changes.length;
  if (narrowed > 0) return `access only narrows: ${narrowing(view)}`;
  if (view.rejects.length > 0)
    return `${count(view.rejects.length, "grant")} will never start; nobody's access changes`;
  if (view.configuration.length > 0) return configurationEffect(view);
  return plan.waiting.length > 0 ? "nothing to do yet" : "nothing to do";
}

/** `a critical resource`, `resources of class low`. */
function resourcesOf(one: ResourceClass, resources: number): string {
  if (one === "critical") return resources === 1 ? "a critical resource" : "critical resources";
  return `${resources === 1 ? "a resource" : "resources"} of class ${one}`;
}

function configurationEffect(view: PlanView): string {
  const widening = view.configuration.filter((action) => action.direction === "widens").length;
  const all = view.configuration.length;
  if (widening === 0) return `${count(all, "change")} of configuration, none widening`;
  return `${count(all, "change")} of configuration, ${widening === all ? (all === 1 ? "widening" : "all widening") : `${widening} of them widening`}`;
}

function narrowing(view: PlanView): string {
  const ends = view.ends.length > 0 ? [`${count(view.ends.length, "grant")} end${s(view.ends.length)}`] : [];
  const shorter =
    view.changes.length > 0 ? [`${count(view.changes.length, "lease")} change${s(view.changes.length)}`] : [];
  return listOf([...ends, ...shorter]);
}

/** What a reader must know besides, each a sentence. */
function exceptions(plan: Plan, view: PlanView): readonly string[] {
  return [...standingOut(plan, view), ...(plan.refusals.length > 0 ? [`${plan.refusals.length} refused`] : [])];
}

/** Ways in that nobody approved, safeguards that go and removals that are held back, each a sentence. */
export function standingOut(plan: Plan, view: PlanView): readonly string[] {
  const lost = view.configuration.filter(losesSafeguard).length;
  return [
    ...(view.openWays.length > 0 ? [`${count(view.openWays.length, "way")} in that nobody approved`] : []),
    ...(lost > 0 ? [`${count(lost, "safeguard change")} that protect${s(lost)} less`] : []),
    ...(plan.heldRemovals > 0 ? [`${count(plan.heldRemovals, "removal")} held back by the breaker`] : []),
  ];
}

/** The ending of a verb in the third person. */
function s(number: number): string {
  return number === 1 ? "s" : "";
}
