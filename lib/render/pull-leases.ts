import type { JudgedGrant, PullDecision } from "../approval/pull/pull-decision";
import type { LeaseAction } from "../model/action";
import type { GrantId } from "../model/grant";
import type { Plan } from "../model/plan";
import { partition } from "./counts";
import { notKnown } from "./plan-sentences";
import { isLease, mostDangerousFirst } from "./plan-view";

/** What a pull request does to people's access, as Actions. */
export interface PullLeases {
  /** What it widens, the most dangerous first: one Action for each Grant, whether the plan has it or not. */
  readonly widening: readonly LeaseAction[];
  /** Grants that it asks for and that were accepted before. */
  readonly same: readonly LeaseAction[];
  /** What its removed and narrowed requests end or shorten, as planned. */
  readonly narrowing: readonly LeaseAction[];
  /** What else the next pass would do, of other requests. */
  readonly elsewhere: readonly LeaseAction[];
}

/** Sorts what a commit asks for and what a pass would do into what is this pull request's and what is not. */
export function pullLeases(decision: PullDecision, plan: Plan | undefined): PullLeases {
  const planned = (plan?.actions ?? []).filter(isLease);
  const byGrant = new Map(planned.map((action) => [action.subject.grant, action]));
  const widened = new Set(decision.widening.map((item) => (item.kind === "grant" ? keyOf(item) : "")));
  const [gained, kept] = partition(decision.grants, ({ item }) => widened.has(keyOf(item)));
  const asked = new Set<GrantId | undefined>(decision.grants.map(({ desired }) => desired.id));
  const narrowed = new Set<string | undefined>(decision.narrowing.map(({ request }) => request));
  const others = planned.filter(({ subject }) => subject.grant === undefined || !asked.has(subject.grant));
  const [narrowing, elsewhere] = partition(others, ({ subject }) => narrowed.has(subject.request));
  const actionOf = (judged: JudgedGrant) => leaseOf(judged, byGrant.get(judged.desired.id));
  return {
    widening: mostDangerousFirst(
      gained.toSorted(byPerson).map((judged) => ({ ...actionOf(judged), direction: "widens" })),
    ),
    same: kept.map(actionOf),
    narrowing,
    elsewhere,
  };
}

/** The identity of what somebody gains. */
function keyOf(item: { readonly request: string; readonly person: string; readonly connection: string }): string {
  return JSON.stringify([item.request, item.person, item.connection]);
}

function byPerson(a: JudgedGrant, b: JudgedGrant): number {
  const [one, other] = [keyOf(a.item), keyOf(b.item)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The planned Action with how it is approved; without one, what is asked, the effect of which nobody knows. */
function leaseOf({ desired, decision }: JudgedGrant, planned: LeaseAction | undefined): LeaseAction {
  // What is approved already waits for nobody any more, like what is approved automatically.
  const approval = decision.verdict === "approved" ? "automatic" : "people";
  if (planned !== undefined) return { ...planned, approval };
  const { id, request, person, connection, gatewayName, resource, level } = desired;
  return {
    family: "lease",
    kind: "activate",
    gateway: desired.gateway,
    subject: { grant: id, request, person, connection, gatewayName, resource, level },
    before: null,
    after: { durationSeconds: desired.durationSeconds },
    reason: "requested",
    rule: desired.rule,
    class: desired.class,
    direction: "neutral",
    observed: null,
    waitsForPolicy: false,
    why: desired.reason,
    ...(desired.ticket === undefined ? {} : { ticket: desired.ticket }),
    ...(desired.startAfter === undefined ? {} : { startAfter: desired.startAfter }),
    startBefore: desired.startBefore,
    guardrails: desired.guardrails,
    maskingRules: desired.maskingRules,
    effective: { before: notKnown, after: `${level} (through ${request})` },
    approval,
  };
}
