import { assertNever } from "../../model/exhaustive";
import type { LogState } from "../../model/log-state";
import type { LogRecord } from "../../model/record";
import { recordHash } from "../chain";
import { foldConfiguration } from "./configuration";
import { foldEnding } from "./ending";
import { foldGrant } from "./grant";
import { illegal } from "./illegal";
import { foldHouse } from "./house";
import { foldRequests } from "./requests";
import { emptyState, type FoldState } from "./state";
import type { Digest } from "../../model/canonical";

/**
 * Moves the state on by one record. Throws E600 with the record's sequence, and leaves the state as it
 * was, for a record that no right history has; docs/log.md, "What the fold refuses", lists them.
 * `hash` is the record's own, when the caller knows it already.
 */
export function foldRecord(state: FoldState, record: LogRecord, hash?: Digest): void {
  foldBody(state, record);
  state.head = { sequence: record.sequence, hash: hash ?? recordHash(record), epoch: record.epoch };
  if (record.epoch > state.epoch) state.epoch = record.epoch;
  if (state.lastTime === undefined || record.time > state.lastTime) state.lastTime = record.time;
}

/** The state after some records, from an empty Log. Throws E600 like `foldRecord`. */
export function foldAll(records: Iterable<LogRecord>): LogState {
  const state = emptyState();
  for (const record of records) foldRecord(state, record);
  return state;
}

function foldBody(state: FoldState, record: LogRecord): void {
  const { body } = record;
  switch (body.type) {
    case "log.opened":
      if (state.installation !== undefined) throw illegal(record, "the Log is open already");
      state.installation = body.installation;
      return;
    case "epoch.taken":
      return checkEpoch(state, record, body.epoch);
    case "policy.accepted":
    case "requests.merged":
    case "request.refused":
    case "merge.decided":
    case "merge.told":
    case "approval.given":
    case "decision.made":
      return foldRequests(state, record, body);
    case "grant.rejected":
    case "activation.intended":
    case "activation.done":
    case "activation.failed":
    case "change.intended":
    case "change.done":
    case "change.failed":
    case "recovery.adopted":
      return foldGrant(state, record, body);
    case "ending.intended":
    case "ending.done":
    case "ending.refused":
    case "stray.ended":
      return foldEnding(state, record, body);
    case "configuration.intended":
    case "configuration.done":
    case "configuration.failed":
      return foldConfiguration(state, record, body);
    case "optout.set":
    case "optout.lifted":
    case "freeze.set":
    case "freeze.lifted":
    case "removals.confirmed":
    case "drift.seen":
    case "recovery.started":
    case "recovery.completed":
      return foldHouse(state, record, body);
    default:
      return assertNever(body);
  }
}

/** The opening record carries the first epoch before it is taken; from then on each taken epoch is a new one. */
function checkEpoch(state: FoldState, record: LogRecord, epoch: number): void {
  const isFirst = state.head?.sequence === 1;
  if (epoch !== record.epoch) throw illegal(record, `epoch ${epoch} is taken in a record of epoch ${record.epoch}`);
  if (epoch <= state.epoch && !isFirst) throw illegal(record, `epoch ${epoch} was there before`);
}
