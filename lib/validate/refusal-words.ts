import type { ErrorCode } from "../errors";
import type { Refusal } from "../model/desired";
import { durationWords } from "../model/duration";
import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import { manifestIndex, refusalCode } from "../policy";

/** Refusals of one request that one sentence can tell: of one kind, and of one Connection or one rule. */
export function groupRefusals(refusals: readonly Refusal[]): readonly (readonly [Refusal, ...Refusal[]])[] {
  const groups = new Map<string, [Refusal, ...Refusal[]]>();
  for (const refusal of refusals) {
    const key = JSON.stringify([refusal.reason, keyOf(refusal)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  return [...groups.values()];
}

/** Code and words of a group of refusals. */
export interface RefusalWords {
  readonly code: ErrorCode;
  readonly summary: string;
  readonly detail: string;
  readonly fix: string;
}

/** The words for a group of refusals: the first one's, and how many more people it is about. */
export function wordsOfRefusals(
  request: AccessRequest,
  group: readonly [Refusal, ...Refusal[]],
  context: { readonly manifest: Manifest; readonly app: string },
): RefusalWords {
  const [first] = group;
  const code = codeOf(first);
  const people = new Set(group.map((one) => one.person)).size;
  const more = people > 1 ? ` (and ${people - 1} more ${people === 2 ? "person" : "people"})` : "";
  const words = { code, detail: `${withoutStop(first.sentence)}${more}`, fix: first.fix };
  switch (first.reason) {
    case "longer than the rule allows":
      return {
        ...words,
        summary: `duration is longer than rule ${first.rule ?? ""} allows`,
        detail: `${lengthWords(request, first, context)}${more}`,
      };
    case "longer than the organisation allows":
      return {
        ...words,
        summary: "duration is longer than the organisation allows",
        detail: `${askedWords(request)} asked, at most ${durationWords(context.manifest.limits.maxDurationSeconds)} (leasehold.yaml, limits.maxDuration)${more}`,
      };
    default:
      return { ...words, summary: summaries[first.reason] ?? first.reason };
  }
}

/** What a request itself could say better is invalid input here, also where a plan would call it refused. */
function codeOf(refusal: Refusal): ErrorCode {
  if (refusal.reason === "ticket required") return "E102";
  return refusal.reason === "group may only approve" ? "E114" : refusalCode(refusal.reason);
}

const summaries: Partial<Record<Refusal["reason"], string>> = {
  "unknown person": "a person is unknown",
  "unknown group": "a group is unknown",
  "unknown connection": "a connection is unknown",
  "unknown rule": "a rule is unknown",
  "no rule": "no rule lets this person ask for this connection",
  "group may only approve": "this group may only approve",
  "start too far ahead": "startBefore is too far ahead",
  "ticket required": "the rule wants a ticket",
  "too many pairs": "the request is for too many people and connections",
};

function keyOf(refusal: Refusal): string | undefined {
  switch (refusal.reason) {
    case "unknown person":
      return refusal.person;
    case "unknown group":
    case "group may only approve":
      return refusal.sentence;
    case "longer than the rule allows":
    case "ticket required":
      return refusal.rule;
    case "longer than the organisation allows":
    case "unknown rule":
      return undefined;
    default:
      return refusal.connection;
  }
}

function lengthWords(request: AccessRequest, refusal: Refusal, context: { manifest: Manifest; app: string }): string {
  const rule = manifestIndex(context.manifest).rules.get(refusal.rule ?? "");
  const most = rule === undefined ? "less" : durationWords(rule.maxDurationSeconds);
  return `${askedWords(request)} asked, at most ${most} (${context.app}, rule ${refusal.rule ?? ""})`;
}

function askedWords(request: AccessRequest): string {
  return request.durationSeconds === undefined ? "more" : durationWords(request.durationSeconds);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
