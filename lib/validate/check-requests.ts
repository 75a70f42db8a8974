import { diagnostic, type Diagnostic } from "../errors";
import type { Refusal } from "../model/desired";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import { desiredState } from "../policy";
import { instantText } from "../request/instant-words";
import type { CheckedRequest } from "./checked-request";
import { placeOfField, placeOfRefusal } from "./place";
import { groupRefusals, wordsOfRefusals } from "./refusal-words";

/** What requests are checked against. */
export interface CheckInput {
  readonly requests: readonly CheckedRequest[];
  readonly manifest: Manifest;
  readonly asOf: Instant;
  /** Whether a request is held to today's limits; what is merged already is not. */
  readonly isNew: (name: string) => boolean;
  /** Path of the rules program, for the words `(access.ts, rule orders-read)`. */
  readonly app: string;
}

/**
 * What only requests and rules together can tell: unknown names, no rule, too long, too early, too
 * late, each at its place in the file. Of a request that is not new the same is a note: it has lapsed;
 * those whose latest start has passed, which every repository has many of, share one note.
 * The policy decides; this gives its refusals places and words.
 */
export function checkRequests(input: CheckInput): readonly Diagnostic[] {
  const refusals = refusalsByRequest(input);
  const old: CheckedRequest[] = [];
  const problems = input.requests.flatMap((one) => {
    const isNew = input.isNew(one.request.name);
    if (!isNew && isPast(one, input)) {
      old.push(one);
      return [];
    }
    const found = groupRefusals(refusals.get(one.request.name) ?? []).map((group) => problemOf(one, group, input));
    if (isNew) return [...pastProblems(one, input), ...found];
    return found.filter((problem) => problem.code !== "E105").map(asLapsed);
  });
  return [...problems, ...pastNotes(old)];
}

/** What a state of the Log is that holds nothing: every request is judged as if it was new to it. */
const nothingYet: LogState = {
  epoch: 0,
  names: new Map(),
  grants: new Map(),
  approvals: new Map(),
  objects: new Map(),
  intents: new Map(),
  optOuts: new Map(),
  folded: new Set(),
  drift: new Map(),
};

function refusalsByRequest(input: CheckInput): ReadonlyMap<string, readonly Refusal[]> {
  const requests = input.requests.map((one) => one.request);
  const { refusals } = desiredState({
    // Refusals do not depend on it: only the ids of Grants do.
    installation: "",
    manifest: input.manifest,
    requests: { requests },
    asOf: input.asOf,
    state: nothingYet,
  });
  const byRequest = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const known = byRequest.get(refusal.request);
    if (known === undefined) byRequest.set(refusal.request, [refusal]);
    else known.push(refusal);
  }
  return byRequest;
}

function isPast(one: CheckedRequest, input: CheckInput): boolean {
  return one.request.startBefore <= input.asOf;
}

function pastProblems(one: CheckedRequest, input: CheckInput): readonly Diagnostic[] {
  if (!isPast(one, input)) return [];
  const problem = diagnostic("E105", {
    summary: "startBefore is in the past",
    detail: `${instantText(one.request.startBefore)} has passed, it is ${instantText(input.asOf)}`,
    fix: "set startBefore to the latest time at which access may still begin",
    where: placeOfField(one, ["spec", "startBefore"]),
  });
  return [problem];
}

function problemOf(one: CheckedRequest, group: readonly [Refusal, ...Refusal[]], input: CheckInput): Diagnostic {
  const { code, ...words } = wordsOfRefusals(one.request, group, input);
  return diagnostic(code, { ...words, where: placeOfRefusal(one, group[0]) });
}

const mostNames = 3;

function pastNotes(old: readonly CheckedRequest[]): readonly Diagnostic[] {
  const names = old.map((one) => one.request.name);
  if (names.length === 0) return [];
  const shown = names.slice(0, mostNames).join(", ");
  const more = names.length - mostNames;
  const note = diagnostic("E105", {
    severity: "note",
    summary: `lapsed: startBefore of ${names.length} merged ${names.length === 1 ? "request" : "requests"} has passed`,
    detail: `${shown}${more > 0 ? ` and ${more} more` : ""}`,
    fix: lapsedFix,
  });
  return [note];
}

function asLapsed(problem: Diagnostic): Diagnostic {
  return {
    ...problem,
    severity: "note",
    summary: `lapsed: ${problem.summary}`,
    fix: lapsedFix,
  };
}

const lapsedFix = "nothing to do: it is merged already; access again needs a new request";
