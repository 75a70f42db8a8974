import { assertNever } from "../../model/exhaustive";
import type { GrantId } from "../../model/grant";
import type { Instant } from "../../model/instant";
import type { GrantState } from "../../model/log-state";
import type { GrantFacts, LogRecord, RecordBody } from "../../model/record";
import { grantOf, illegal } from "./illegal";
import { drop, put, putFolded, type FoldState } from "./state";
import { grantIntentKey } from "../intents";
import { foldedEnding } from "../spool-key";

/** A record about a Grant's way to access and its change. */
export type GrantBody = Extract<
  RecordBody,
  { readonly type: "grant.rejected" | `activation.${string}` | `change.${string}` | "recovery.adopted" }
>;

/**
 * Folds a record about a Grant. Phases go pending, activating, active, ended, or to rejected, and never
 * back; the one exception is a failed activation that may be tried again: nothing was there, so the
 * Grant is pending as before. An activation is intended only for a Grant that is pending, so a Grant
 * that was once active never is again.
 */
export function foldGrant(state: FoldState, record: LogRecord, body: GrantBody): void {
  switch (body.type) {
    case "grant.rejected":
      return reject(state, record, body);
    case "activation.intended":
      return intend(state, record, body);
    case "activation.done":
      return activate(state, record, body);
    case "activation.failed":
      return failActivation(state, record, body);
    case "change.intended":
      return intendChange(state, record, body);
    case "change.done":
    case "change.failed":
      return settleChange(state, record, body);
    case "recovery.adopted":
      return adopt(state, record, body);
    default:
      return assertNever(body);
  }
}

type BodyOf<T extends RecordBody["type"]> = Extract<RecordBody, { readonly type: T }>;

function reject(state: FoldState, record: LogRecord, body: BodyOf<"grant.rejected">): void {
  const { facts, reason } = body;
  const known = state.grants.get(facts.grant);
  // A failed activation that is final has rejected the Grant already, without saying why in our words.
  const mayReject =
    known === undefined ||
    known.phase === "pending" ||
    (known.phase === "rejected" && known.rejectReason === undefined);
  if (!mayReject) throw illegal(record, `grant ${facts.grant} is ${known.phase}`);
  const kept = known ?? { facts: shared(state, facts), generation: 0, firstSequence: record.sequence };
  put(state, state.grants, facts.grant, {
    ...kept,
    ...takeDecision(state, facts.grant),
    phase: "rejected",
    rejectReason: reason,
    lastSequence: record.sequence,
  });
  if (body.spool !== undefined) putFolded(state, foldedEnding(body.spool, facts.grant));
}

function intend(state: FoldState, record: LogRecord, body: BodyOf<"activation.intended">): void {
  const id = body.facts.grant;
  const known = state.grants.get(id);
  if (known !== undefined && known.phase !== "pending") throw illegal(record, `grant ${id} is ${known.phase}`);
  put(state, state.grants, id, {
    facts: shared(state, body.facts),
    phase: "activating",
    generation: 0,
    end: body.end,
    leaseEnd: body.leaseEnd === body.end ? body.end : body.leaseEnd,
    heldSequence: record.sequence,
    intendedAt: record.time,
    ...approvalOf(known),
    ...takeDecision(state, id),
    firstSequence: known?.firstSequence ?? record.sequence,
    lastSequence: record.sequence,
  });
  noteIntent(state, record, "activation", id, body.facts.gateway, 0);
}

function activate(state: FoldState, record: LogRecord, body: BodyOf<"activation.done">): void {
  const grant = grantOf(state, record, body.grant);
  const key = grantIntentKey("activation", body.grant);
  if (!state.intents.has(key)) throw illegal(record, `no activation of grant ${body.grant} is pending`);
  drop(state, state.intents, key);
  put(state, state.grants, body.grant, activated(grant, record, body));
}

/** The Grant as it became active. Written out, with fields that may be undefined: to spread a copy costs as much as reading the record. */
function activated(grant: GrantState, record: LogRecord, body: BodyOf<"activation.done">): GrantState {
  return {
    facts: grant.facts,
    phase: "active",
    generation: grant.generation,
    end: grant.end,
    leaseEnd: grant.leaseEnd,
    heldSequence: grant.heldSequence,
    intendedAt: grant.intendedAt,
    activatedAt: body.activatedAt,
    worstCaseEnd: body.worstCaseEnd === grant.end ? grant.end : body.worstCaseEnd,
    ending: grant.ending,
    approvers: grant.approvers,
    approvedBy: grant.approvedBy,
    firstSequence: grant.firstSequence,
    lastSequence: record.sequence,
  } as GrantState;
}

function failActivation(state: FoldState, record: LogRecord, body: BodyOf<"activation.failed">): void {
  const grant = grantOf(state, record, body.grant);
  const key = grantIntentKey("activation", body.grant);
  if (!state.intents.has(key)) throw illegal(record, `no activation of grant ${body.grant} is pending`);
  drop(state, state.intents, key);
  drop(state, state.intents, grantIntentKey("ending", body.grant));
  const { facts, generation, firstSequence } = grant;
  // Asked to end while it was on its way, and never there: it stays away.
  const isFinal = !body.retry || grant.ending !== undefined;
  put(state, state.grants, body.grant, {
    facts,
    generation,
    ...approvalOf(grant),
    phase: isFinal ? "rejected" : "pending",
    firstSequence,
    lastSequence: record.sequence,
  });
}

function intendChange(state: FoldState, record: LogRecord, body: BodyOf<"change.intended">): void {
  const grant = grantOf(state, record, body.grant);
  if (grant.phase !== "active") throw illegal(record, `grant ${body.grant} is ${grant.phase}`);
  if (body.generation <= grant.generation) {
    throw illegal(record, `generation ${body.generation} is not after ${grant.generation}`);
  }
  const end = narrowedEnd(grant, record, body.end);
  put(state, state.grants, body.grant, {
    ...grant,
    end,
    leaseEnd: body.leaseEnd,
    isLeaseUnsure: true,
    heldSequence: record.sequence,
    lastSequence: record.sequence,
  });
  noteIntent(state, record, "change", body.grant, grant.facts.gateway, body.generation);
}

function narrowedEnd(grant: GrantState, record: LogRecord, end: Instant | undefined): Instant {
  const before = grant.end ?? "";
  if (end !== undefined && end > before) throw illegal(record, `its end ${end} is later than ${before}`);
  return end ?? before;
}

function settleChange(state: FoldState, record: LogRecord, body: BodyOf<"change.done" | "change.failed">): void {
  const grant = grantOf(state, record, body.grant);
  const key = grantIntentKey("change", body.grant);
  if (state.intents.get(key)?.generation !== body.generation) {
    throw illegal(record, `no change of grant ${body.grant} to generation ${body.generation} is pending`);
  }
  drop(state, state.intents, key);
  if (body.type === "change.failed") {
    const nextGeneration = body.generation + 1;
    return put(state, state.grants, body.grant, { ...grant, nextGeneration, lastSequence: record.sequence });
  }
  const { isLeaseUnsure: _unsure, nextGeneration: _next, ...done } = grant;
  put(state, state.grants, body.grant, { ...done, generation: body.generation, lastSequence: record.sequence });
}

function adopt(state: FoldState, record: LogRecord, body: BodyOf<"recovery.adopted">): void {
  const id = body.facts.grant;
  const known = state.grants.get(id);
  if (state.recovering === undefined) throw illegal(record, "the Log is not recovering");
  if (known?.phase === "ended" || known?.phase === "rejected") throw illegal(record, `grant ${id} is ${known.phase}`);
  drop(state, state.intents, grantIntentKey("activation", id));
  drop(state, state.intents, grantIntentKey("change", id));
  put(state, state.grants, id, {
    facts: shared(state, body.facts),
    ...approvalOf(known),
    ...(known?.ending === undefined ? {} : { ending: known.ending }),
    phase: "active",
    generation: body.generation,
    end: body.end,
    leaseEnd: body.end,
    heldSequence: record.sequence,
    activatedAt: body.activatedAt,
    firstSequence: known?.firstSequence ?? record.sequence,
    lastSequence: record.sequence,
  });
}

function noteIntent(
  state: FoldState,
  record: LogRecord,
  kind: "activation" | "change",
  grant: GrantId,
  gateway: string,
  generation: number,
): void {
  const intent = { sequence: record.sequence, kind, grant, generation, gateway };
  put(state, state.intents, grantIntentKey(kind, grant), intent);
}

function takeDecision(state: FoldState, grant: GrantId): Pick<GrantState, "approvers" | "approvedBy"> {
  const decision = state.decisions.get(grant);
  drop(state, state.decisions, grant);
  return decision === undefined ? {} : { approvers: decision.approvers, approvedBy: decision.approvedBy };
}

function approvalOf(grant: GrantState | undefined): Pick<GrantState, "approvers" | "approvedBy"> {
  return {
    ...(grant?.approvers === undefined ? {} : { approvers: grant.approvers }),
    ...(grant?.approvedBy === undefined ? {} : { approvedBy: grant.approvedBy }),
  };
}

/** The facts with the words that repeat from Grant to Grant kept once: a hundred thousand Grants stay small. */
function shared(state: FoldState, facts: GrantFacts): GrantFacts {
  const once = (text: string): string => {
    const known = state.words.get(text);
    if (known === undefined) state.words.set(text, text);
    return known ?? text;
  };
  return {
    ...facts,
    request: once(facts.request),
    person: once(facts.person),
    connection: once(facts.connection),
    gateway: once(facts.gateway),
    gatewayName: once(facts.gatewayName),
    level: once(facts.level),
    resource: once(facts.resource),
    class: once(facts.class),
    rule: once(facts.rule),
    ruleDigest: once(facts.ruleDigest),
  };
}
