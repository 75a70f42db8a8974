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
  const { ending: _ending, ...kept } = grant;
  put(state, state.grants, body.grant, {
    ...kept,
    phase: "ended",
    endedAt: body.at,
    endReason: body.reason,
    endedBy: body.by,
    lastSequence: record.sequence,
  });
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
