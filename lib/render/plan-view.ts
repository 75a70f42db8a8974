import type { Action, ConfigurationAction, LeaseAction } from "../model/action";
import { secondsBetween, type Instant } from "../model/instant";
import type { DriftItem, Plan, PlanNote } from "../model/plan";
import { resourceClasses } from "../model/resource";
import { groupBy } from "./counts";

/** Lease Actions sorted for reading. */
export interface LeaseLists {
  readonly ends: readonly LeaseAction[];
  readonly starts: readonly LeaseAction[];
  readonly changes: readonly LeaseAction[];
  readonly rejects: readonly LeaseAction[];
  /** All of them by person, in the order given. */
  readonly byPerson: ReadonlyMap<string, readonly LeaseAction[]>;
}

/** A Plan sorted for reading. */
export interface PlanView extends LeaseLists {
  readonly configuration: readonly ConfigurationAction[];
  /** Open ways in come first, then what else is not ours or not as we left it. */
  readonly openWays: readonly DriftItem[];
  readonly otherDrift: readonly DriftItem[];
  /** Notes that change what the plan does or hides. */
  readonly warnings: readonly PlanNote[];
  readonly remarks: readonly PlanNote[];
  /** What the levels carry that somebody gains. */
  readonly levels: readonly PlanNote[];
  /** Starts and changes of access that end within 24 hours of their start, or of now. */
  readonly endWithinDay: number;
  /** Whether the Plan waits for a first or another policy. */
  readonly waitsForPolicy: boolean;
}

/** Sorts a Plan for reading. */
export function planView(plan: Plan, now: Instant): PlanView {
  const leases = plan.actions.filter(isLease);
  const lasting = leases.filter((action) => action.kind === "activate" || action.kind === "change");
  return {
    ...leaseLists(leases),
    configuration: plan.actions.filter((action) => action.family === "configuration"),
    openWays: plan.drift.filter(isOpenWay),
    otherDrift: plan.drift.filter((item) => !isOpenWay(item)),
    warnings: plan.notes.filter(isWarning),
    remarks: plan.notes.filter((note) => !isWarning(note) && note.kind !== "level"),
    levels: plan.notes.filter((note) => note.kind === "level"),
    endWithinDay: lasting.filter((action) => endsWithinDay(action, now)).length,
    waitsForPolicy: plan.actions.some((action) => action.waitsForPolicy),
  };
}

/** Sorts lease Actions for reading. */
export function leaseLists(leases: readonly LeaseAction[]): LeaseLists {
  const kind = (wanted: LeaseAction["kind"]) => leases.filter((action) => action.kind === wanted);
  return {
    ends: kind("end"),
    starts: mostDangerousFirst(kind("activate")),
    changes: mostDangerousFirst(kind("change")),
    rejects: kind("reject"),
    byPerson: groupBy(leases, (action) => action.subject.person),
  };
}

/** What lets somebody in whom nobody approved. */
export function isOpenWay(item: DriftItem): boolean {
  switch (item.kind) {
    case "open way":
    case "foreign lease":
    case "altered lease":
    case "held without a record":
    case "gate weakness":
      return true;
    case "foreign object":
    case "changed object":
    case "missing object":
    case "ended outside":
      return false;
  }
}

/** Whether a note says that something is held back or not seen. */
export function isWarning(note: PlanNote): boolean {
  switch (note.kind) {
    case "breaker":
    case "recovering":
    case "unreachable":
    case "bound":
      return true;
    case "lapsed":
    case "lint":
    case "limit":
    case "drain":
    case "level":
      return false;
  }
}

/** Lease Actions that are the same but for the person, in order. */
export function sameButPerson(actions: readonly LeaseAction[]): readonly (readonly LeaseAction[])[] {
  return [...groupBy(actions, keyButPerson).values()];
}

/** Whether a Connection has fewer safeguards afterwards, or a safeguard itself goes. */
export function losesSafeguard(action: ConfigurationAction): boolean {
  const { before, after } = action;
  if (before === null) return false;
  if (before.kind === "guardrail" || before.kind === "maskingRule") return action.kind === "delete";
  if (before.kind !== "connection" || after?.kind !== "connection") return false;
  const kept = new Set([...after.guardrails, ...after.maskingRules]);
  return [...before.guardrails, ...before.maskingRules].some((name) => !kept.has(name));
}

/** By class, the highest first; else in order of the Plan. */
export function mostDangerousFirst(actions: readonly LeaseAction[]): readonly LeaseAction[] {
  return actions.toSorted((a, b) => resourceClasses.indexOf(b.class) - resourceClasses.indexOf(a.class));
}

/** All of an Action but person, grant and observed state, as a text; the shape is fixed, so order is. */
function keyButPerson(action: LeaseAction): string {
  const { subject } = action;
  return JSON.stringify([
    [action.kind, action.gateway, action.reason, action.rule, action.class, action.direction, action.waitsForPolicy],
    [subject.request, subject.connection, subject.gatewayName],
    [action.before, action.after, action.grantEnd, action.startAfter, action.startBefore],
    [action.why, action.ticket, action.approval, action.guardrails, action.maskingRules, action.effective],
  ]);
}

/** Whether an Action is about somebody's access. */
export function isLease(action: Action): action is LeaseAction {
  return action.family === "lease";
}

const day = 86_400;

function endsWithinDay(action: LeaseAction, now: Instant): boolean {
  const { after } = action;
  if (after === null) return false;
  if (after.endsAt !== undefined) return secondsBetween(now, after.endsAt) <= day;
  return after.durationSeconds !== undefined && after.durationSeconds <= day;
}
