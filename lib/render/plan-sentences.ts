import { assertNever } from "../model/exhaustive";
import { durationWords } from "../model/duration";
import { secondsBetween, type Instant } from "../model/instant";
import type { LeaseAction, LeaseView } from "../model/action";
import { count, groupBy, listOf } from "./counts";
import { mostDangerousFirst, type LeaseLists } from "./plan-view";
import { actionReasonWords } from "./reasons";
import { isNever, whenWords } from "./times";
import type { Voice } from "./voice";

/** Up to so many people are each told of in a sentence; above it, resources are. */
export const mostPeopleInSentences = 8;

/** When something is told, and when what it tells begins: with this pass, with the merge of a pull request, or not as it stands. */
export interface Occasion {
  readonly now: Instant;
  readonly begins: "now" | "on merge" | "never";
}

/** What stands for an effect that was not planned; its worst case is not known either. */
export const notKnown = "not known";

/** What happens to whom: a sentence per person, or above 8 people one per resource. */
export function peopleSentences(view: LeaseLists, voice: Voice, occasion: Occasion): readonly string[] {
  if (view.byPerson.size > mostPeopleInSentences) return resourceSentences(view, voice);
  return [...view.byPerson].map(
    ([person, actions]) => `${voice.strong(person)} ${clausesOf(actions, voice, occasion)}.`,
  );
}

/** What one Action does to one person, without the person: `gets write on orders-db for 2 h, …`. */
export function clauseOf(action: LeaseAction, voice: Voice, occasion: Occasion): string {
  const what = `${voice.strong(action.subject.level)} on ${voice.strong(action.subject.resource)}`;
  switch (action.kind) {
    case "activate":
      if (occasion.begins === "never") return `asks for ${what}${lengthOf(action)}`;
      return `gets ${what}${lengthOf(action)}, ${startOf(action, occasion)}`;
    case "end":
      return `loses ${what} ${endMoment(occasion)}: ${actionReasonWords[action.reason]}`;
    case "change":
      return `keeps ${what} ${changeOf(action, occasion)}`;
    case "reject":
      return `does not get ${what}: ${actionReasonWords[action.reason]}`;
    default:
      return assertNever(action.kind);
  }
}

/** The end of a lease: ` for 2 h`, or until when. */
export function leaseWords(lease: LeaseView | null, now: Instant): string {
  if (lease === null) return "none";
  if (lease.endsAt !== undefined) return `until ${whenWords(lease.endsAt, now)}`;
  return lease.durationSeconds === undefined ? "until it is ended" : durationWords(lease.durationSeconds);
}

/** The latest that access can be there, whatever happens to us. */
export function worstCaseWords(action: LeaseAction, now: Instant): string | undefined {
  const lease = action.kind === "end" ? action.before : action.after;
  if (lease === null || action.effective.before === notKnown) return undefined;
  if (lease.worstCaseEnd === undefined) return "not bounded by the gateway alone";
  if (isNever(lease.worstCaseEnd)) return "never by itself: the gateway holds no end of its own";
  return whenWords(lease.worstCaseEnd, now);
}

/** What the person can do on the Resource before and after, all grants together. */
export function effectiveWords(action: LeaseAction, voice: Voice): string {
  const { before, after } = action.effective;
  if (before === after) return `${voice.text(after)}, unchanged`;
  return `${voice.text(before)} -> ${voice.text(after)}`;
}

const mostClauses = 3;

function clausesOf(actions: readonly LeaseAction[], voice: Voice, occasion: Occasion): string {
  const clauses = actions.slice(0, mostClauses).map((action) => clauseOf(action, voice, occasion));
  const rest = actions.length - clauses.length;
  return listJoined(rest > 0 ? [...clauses, `${count(rest, "more change")} below`] : clauses);
}

function listJoined(clauses: readonly string[]): string {
  return clauses.length <= 1 ? (clauses[0] ?? "") : `${clauses.slice(0, -1).join("; ")}; and ${clauses.at(-1)}`;
}

function lengthOf(action: LeaseAction): string {
  const seconds = action.after?.durationSeconds;
  return seconds === undefined ? "" : ` for ${durationWords(seconds)}`;
}

/** When it begins: what it waits for, and the latest. */
function startOf(action: LeaseAction, { now, begins }: Occasion): string {
  const approval =
    beginnings[begins === "now" ? "now" : "on merge"][action.approval === "automatic" ? "automatic" : "people"];
  const earliest = action.startAfter !== undefined && action.startAfter > now;
  const from = earliest ? `${approval}, not before ${whenWords(action.startAfter ?? now, now)}` : approval;
  return action.startBefore === undefined ? from : `${from}, at the latest ${whenWords(action.startBefore, now)}`;
}

/** What narrows needs no approval, so that it is there with the merge whatever is refused. */
export function endMoment({ begins }: Occasion): "now" | "on merge" {
  return begins === "now" ? "now" : "on merge";
}

const beginnings = {
  now: { automatic: "approved automatically", people: "when approved" },
  "on merge": { automatic: "starting when merged", people: "starting when merged and approved" },
} as const;

/** Until when it lasts; a lease with a second grant on it has no end yet. */
function changeOf(action: LeaseAction, occasion: Occasion): string {
  const { now } = occasion;
  const before = action.before?.endsAt;
  const after = action.after?.endsAt;
  if (after === undefined) {
    const stands = before === undefined ? "" : `; what is there ends ${whenWords(before, now)}`;
    return `for ${leaseWords(action.after, now)} from a new start, ${startOf(action, occasion)}${stands}`;
  }
  const difference = before === undefined ? 0 : secondsBetween(before, after);
  const how = difference === 0 ? "" : ` (${durationWords(Math.abs(difference))} ${difference > 0 ? "longer" : "less"})`;
  return `until ${whenWords(after, now)}${how}: ${reasonOf(action)}`;
}

function reasonOf(action: LeaseAction): string {
  return actionReasonWords[action.reason];
}

/** One sentence per resource, the most critical first. */
function resourceSentences(view: LeaseLists, voice: Voice): readonly string[] {
  const actions = mostDangerousFirst([...view.starts, ...view.changes, ...view.ends, ...view.rejects]);
  const byResource = groupBy(actions, (action) => JSON.stringify([action.subject.resource, action.class]));
  return [...byResource.values()].map((group) => {
    const [first] = group;
    if (first === undefined) return "";
    const verbs = [...groupBy(group, (action) => JSON.stringify([action.kind, action.subject.level])).values()];
    const clauses = verbs.map((same) => crowdClause(same, voice));
    return `${voice.strong(first.subject.resource)} (${first.class}): ${listOf(clauses)}.`;
  });
}

function crowdClause(same: readonly LeaseAction[], voice: Voice): string {
  const [first] = same;
  if (first === undefined) return "";
  const people = new Set(same.map((action) => action.subject.person)).size;
  const lengths = [...new Set(same.map((action) => action.after?.durationSeconds ?? 0))];
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const length = longest > 0 ? ` for ${lengths.length > 1 ? "up to " : ""}${durationWords(longest)}` : "";
  const one = people === 1;
  const verb = {
    activate: one ? "gets" : "get",
    end: one ? "loses" : "lose",
    change: one ? "keeps" : "keep",
    reject: one ? "does not get" : "do not get",
  };
  return `${count(people, "person", "people")} ${verb[first.kind]} ${voice.strong(first.subject.level)}${first.kind === "activate" ? length : ""}`;
}
