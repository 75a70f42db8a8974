import { assertNever } from "../../model/exhaustive";
import type { GrantState } from "../../model/log-state";
import type { LogRecord, RecordBody } from "../../model/record";
import { grantOf, illegal } from "./illegal";
import { drop, put, putFolded, type FoldState } from "./state";
import { grantIntentKey } from "../intents";
import { foldedEnding } from "../spool-key";

/** A record about the ending of a Grant, or of something that no Grant explains. */
export type EndingBody = Extract<RecordBody, { readonly type: `ending.${string}` | "stray.ended" }>;

/**
 * Folds a record about an ending. Endings are harmless to repeat: what is ended stays as it first ended,
 * and the first reason that was recorded stands. An ending needs no intent before it (it may have been
 * carried out while nothing could be written), but a Grant that the Log has met.
 */
export function foldEnding(state: FoldState, record: LogRecord, body: EndingBody): void {
  switch (body.type) {
    case "ending.intended":
      return intend(state, record, body);
    case "ending.done":
      return end(state, record, body);
    case "ending.refused":
      return refuse(state, record, body);
    case "stray.ended":
      return;
    default:
      return assertNever(body);
  }
}

type BodyOf<T extends RecordBody["type"]> = Extract<RecordBody, { readonly type: T }>;

function intend(state: FoldState, record: LogRecord, body: BodyOf<"ending.intended">): void {
  const grant = grantOf(state, record, body.grant);
  if (grant.phase === "pending") throw illegal(record, `grant ${body.grant} is pending: it is rejected, not ended`);
  if (body.spool !== undefined) putFolded(state, foldedEnding(body.spool, body.grant));
  if (!isOpen(grant) || grant.ending !== undefined) return;
  const ending = { reason: body.reason, by: body.by, since: record.time };
  put(state, state.grants, body.grant, { ...grant, ending, lastSequence: record.sequence });
  put(state, state.intents, grantIntentKey("ending", body.grant), {
    sequence: record.sequence,
    kind: "ending",
    grant: body.grant,
    gateway: grant.facts.gateway,
  });
}

function end(state: FoldState, record: LogRecord, body: BodyOf<"ending.done">): void {
  const grant = grantOf(state, record, body.grant);
  if (grant.phase === "pending") throw illegal(record, `grant ${body.grant} is pending: it is rejected, not ended`);
  if (!isOpen(grant)) return;
  for (const kind of ["activation", "change", "ending"] as const) {
    drop(state, state.intents, grantIntentKey(kind, body.grant));
  }
  put(state, state.grants, body.grant, ended(grant, record, body));
}

/** The Grant as it ended. Written out, with fields that may be undefined: taking `ending` out of a copy is ten times slower. */
function ended(grant: GrantState, record: LogRecord, body: BodyOf<"ending.done">): GrantState {
  return {
    facts: grant.facts,
    phase: "ended",
    generation: grant.generation,
    end: grant.end,
    leaseEnd: grant.leaseEnd,
    intendedAt: grant.intendedAt,
    activatedAt: grant.activatedAt,
    worstCaseEnd: grant.worstCaseEnd,
    endedAt: body.at,
    endReason: body.reason,
    endedBy: body.by,
    approvers: grant.approvers,
    approvedBy: grant.approvedBy,
    firstSequence: grant.firstSequence,
    lastSequence: record.sequence,
  } as GrantState;
}

function refuse(state: FoldState, record: LogRecord, body: BodyOf<"ending.refused">): void {
  const grant = grantOf(state, record, body.grant);
  if (!isOpen(grant) || grant.ending === undefined) {
    throw illegal(record, `no ending of grant ${body.grant} is pending`);
  }
  const ending = { ...grant.ending, refusedOn: body.day };
  put(state, state.grants, body.grant, { ...grant, ending, lastSequence: record.sequence });
}

function isOpen(grant: GrantState): boolean {
  return grant.phase === "activating" || grant.phase === "active";
}
