import { assertNever } from "../../model/exhaustive";
import type { LogRecord, RecordBody } from "../../model/record";
import { illegal } from "./illegal";
import { markSpent } from "./requests";
import { drop, put, putFolded, type FoldState } from "./state";

/** A record about the house as a whole: waivers, the freeze, drift, recovery. */
export type HouseBody = Extract<
  RecordBody,
  {
    readonly type:
      | `optout.${string}`
      | `freeze.${string}`
      | "removals.confirmed"
      | "drift.seen"
      | "recovery.started"
      | "recovery.completed";
  }
>;

/** Folds a record about the house as a whole. What narrows may be repeated; what widens must have something to lift. */
export function foldHouse(state: FoldState, record: LogRecord, body: HouseBody): void {
  switch (body.type) {
    case "optout.set":
      put(state, state.optOuts, body.optOut.id, body.optOut);
      if (body.spool !== undefined) putFolded(state, body.spool);
      return;
    case "optout.lifted":
      if (!state.optOuts.has(body.id)) throw illegal(record, `there is no opt-out ${body.id}`);
      drop(state, state.optOuts, body.id);
      return;
    case "freeze.set":
      state.frozen ??= { by: body.by, at: record.time, note: body.note };
      if (body.spool !== undefined) putFolded(state, body.spool);
      return;
    case "freeze.lifted":
      if (state.frozen === undefined) throw illegal(record, "nothing is frozen");
      delete state.frozen;
      return;
    case "removals.confirmed":
      return;
    case "drift.seen":
      if (body.sentences.length === 0) drop(state, state.drift, body.gateway);
      else put(state, state.drift, body.gateway, body.sentences);
      return;
    case "recovery.started":
      state.recovering ??= { since: record.time, why: body.why };
      return;
    case "recovery.completed":
      if (state.recovering === undefined) throw illegal(record, "the Log is not recovering");
      delete state.recovering;
      for (const name of body.spent) markSpent(state, record, name);
      return;
    default:
      return assertNever(body);
  }
}
