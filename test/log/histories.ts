import * as fc from "fast-check";
import { chainRecords, emptyState, foldRecord } from "../../lib/log";
import { reconcilerActor as by } from "../../lib/model/actor";
import type { GrantState } from "../../lib/model/log-state";
import type { LogRecord, RecordBody } from "../../lib/model/record";
import { at, facts, opened } from "./bodies";

/** Right histories of a few Grants: what is drawn at random and cannot stand where it would is left out. */
export const anyHistory: fc.Arbitrary<readonly LogRecord[]> = fc
  .array(
    fc.record({
      n: fc.integer({ min: 0, max: 5 }),
      seconds: fc.integer({ min: 100, max: 104 }),
      kind: fc.integer({ min: 0, max: 12 }),
      generation: fc.integer({ min: 1, max: 4 }),
      coin: fc.boolean(),
    }),
    { minLength: 5, maxLength: 80 },
  )
  .map((drawn) => rightHistory(drawn.map(bodyOf)));

/** What a table of live Grants has to show of the fold of some records, sorted. */
export function liveOf(records: readonly LogRecord[]): readonly string[] {
  const state = emptyState();
  for (const record of records) foldRecord(state, record);
  return [...state.grants.values()].flatMap((grant) => (isLive(grant) ? [liveRow(grant)] : [])).toSorted();
}

/** One row of it. */
export function liveRow(live: {
  readonly facts: { readonly grant: string; readonly person: string; readonly gatewayName: string };
  readonly phase: string;
  readonly end?: string | undefined;
  readonly ending?: { readonly reason: string } | undefined;
}): string {
  const { grant, person, gatewayName } = live.facts;
  return [grant, person, gatewayName, live.phase, live.end ?? "", live.ending?.reason ?? ""].join(" ");
}

function isLive({ phase }: GrantState): boolean {
  return phase === "active" || phase === "activating";
}

function rightHistory(bodies: readonly RecordBody[]): readonly LogRecord[] {
  const state = emptyState();
  const records: LogRecord[] = [];
  for (const body of [opened, ...bodies]) {
    const [record] = chainRecords(state.head, 1, at(records.length), [body]) as [LogRecord];
    try {
      foldRecord(state, record);
      records.push(record);
    } catch {
      continue;
    }
  }
  return records;
}

function bodyOf(drawn: {
  readonly n: number;
  readonly seconds: number;
  readonly kind: number;
  readonly generation: number;
  readonly coin: boolean;
}): RecordBody {
  const { n, seconds, kind, generation, coin } = drawn;
  const its = facts(n);
  const { grant } = its;
  const end = at(seconds);
  const bodies: readonly RecordBody[] = [
    { type: "activation.intended", facts: its, end, leaseEnd: end },
    { type: "activation.intended", facts: its, end, leaseEnd: end },
    { type: "activation.done", grant, activatedAt: at(0), observedEnd: end, worstCaseEnd: end },
    { type: "activation.done", grant, activatedAt: at(0), observedEnd: end, worstCaseEnd: end },
    { type: "activation.failed", grant, detail: "no", retry: coin },
    { type: "change.intended", grant, generation, leaseEnd: end, ...(coin ? { end } : {}) },
    { type: "change.done", grant, generation, observedEnd: end },
    { type: "ending.intended", grant, reason: coin ? "expired" : "revoked", by },
    { type: "ending.done", grant, reason: "expired", at: end, by, sessionsCut: 0, leaseStays: false },
    { type: "ending.refused", grant, day: "2026-11-25", detail: "no" },
    { type: "grant.rejected", facts: its, reason: "too late", detail: "no" },
    coin ? { type: "recovery.started", why: "lost" } : { type: "recovery.completed", by, spent: [] },
    { type: "recovery.adopted", facts: its, end, activatedAt: at(1), generation },
  ];
  return bodies[kind] as RecordBody;
}
