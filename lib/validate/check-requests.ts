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
 * late, each at its place in the file. Of a request that is not new the same is a note: it has lapsed.
 * The policy decides; this gives its refusals places and words.
 */
export function checkRequests(input: CheckInput): readonly Diagnostic[] {
  const refusals = refusalsByRequest(input);
  return input.requests.flatMap((one) => {
    const isNew = input.isNew(one.request.name);
    const problems = [
      ...pastProblems(one, input),
      ...groupRefusals(refusals.get(one.request.name) ?? []).map((group) => problemOf(one, group, input)),
    ];
    return isNew ? problems : problems.filter((problem) => problem.code !== "E105" || isPast(one, input)).map(asLapsed);
  });
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

function asLapsed(problem: Diagnostic): Diagnostic {
  return {
    ...problem,
    severity: "note",
    summary: `lapsed: ${problem.summary}`,
    fix: "nothing to do: it is merged already; `leasehold tidy` archives it, and access again needs a new request",
  };
}
