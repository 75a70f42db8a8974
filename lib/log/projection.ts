import { hash } from "node:crypto";
import type { EndReason, GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantFacts, LogRecord } from "../model/record";

/** A Grant that may have something at its gateway, as a table shows it. */
export interface LiveGrant {
  readonly facts: GrantFacts;
  readonly phase: "activating" | "active";
  readonly end: Instant;
  readonly ending?: EndReason;
}

/** What of a live Grant moves on; what is absent stays. */
export interface LiveGrantChange {
  readonly grant: GrantId;
  readonly phase?: "active";
  readonly end?: Instant;
  /** Only where no ending is noted yet: the first reason stands. */
  readonly ending?: EndReason;
}

/** What records change of the live Grants, each Grant once. */
export interface ProjectionChanges {
  readonly put: readonly LiveGrant[];
  readonly changed: readonly LiveGrantChange[];
  readonly gone: readonly GrantId[];
}

type Step =
  | { readonly kind: "put"; readonly live: LiveGrant }
  | { readonly kind: "changed"; readonly change: LiveGrantChange }
  | { readonly kind: "gone"; readonly grant: GrantId };

/**
 * What records that can follow one another change of the live Grants. It needs no state: the same rows come out as
 * the fold has Grants in the phases activating and active.
 */
export function projectionOf(records: readonly LogRecord[]): ProjectionChanges {
  const steps = new Map<GrantId, Step>();
  for (const record of records) {
    const step = stepOf(record);
    if (step === undefined) continue;
    const grant = grantOfStep(step);
    steps.set(grant, after(steps.get(grant), step));
  }
  const all = [...steps.values()];
  return {
    put: all.flatMap((step) => (step.kind === "put" ? [step.live] : [])),
    changed: all.flatMap((step) => (step.kind === "changed" ? [step.change] : [])),
    gone: all.flatMap((step) => (step.kind === "gone" ? [step.grant] : [])),
  };
}

/** Which share of the due work a Grant is in: by its pair, so that one pair is never in two hands. */
export function shareOf(facts: Pick<GrantFacts, "gateway" | "person" | "gatewayName">, count: number): number {
  const pair = JSON.stringify([facts.gateway, facts.person, facts.gatewayName]);
  return Number.parseInt(hash("sha256", pair, "hex").slice(0, 8), 16) % count;
}

function stepOf({ body }: LogRecord): Step | undefined {
  switch (body.type) {
    case "activation.intended":
      return { kind: "put", live: { facts: body.facts, phase: "activating", end: body.end } };
    case "recovery.adopted":
      return { kind: "put", live: { facts: body.facts, phase: "active", end: body.end } };
    case "activation.done":
      return { kind: "changed", change: { grant: body.grant, phase: "active" } };
    case "change.intended":
      return { kind: "changed", change: { grant: body.grant, ...(body.end === undefined ? {} : { end: body.end }) } };
    case "ending.intended":
      return { kind: "changed", change: { grant: body.grant, ending: body.reason } };
    case "activation.failed":
    case "ending.done":
      return { kind: "gone", grant: body.grant };
    default:
      return undefined;
  }
}

/** What two steps of one Grant come to. What has ended stays gone, unless it was only on its way and starts anew; the first reason stands. */
function after(before: Step | undefined, step: Step): Step {
  if (before === undefined || step.kind === "gone") return step;
  const known = endingOf(before);
  const ending = known === undefined ? {} : { ending: known };
  if (step.kind === "put") return { kind: "put", live: { ...step.live, ...ending } };
  if (before.kind === "gone") return before;
  const { grant, ...change } = step.change;
  return before.kind === "changed"
    ? { kind: "changed", change: { ...before.change, ...change, ...ending, grant } }
    : { kind: "put", live: { ...before.live, ...change, ...ending } };
}

function endingOf(step: Step): EndReason | undefined {
  switch (step.kind) {
    case "put":
      return step.live.ending;
    case "changed":
      return step.change.ending;
    case "gone":
      return undefined;
  }
}

function grantOfStep(step: Step): GrantId {
  switch (step.kind) {
    case "put":
      return step.live.facts.grant;
    case "changed":
      return step.change.grant;
    case "gone":
      return step.grant;
  }
}
