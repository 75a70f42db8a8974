import * as fc from "fast-check";
import { projectionOf, shareOf, type LiveGrant, type ProjectionChanges } from "../../lib/log/projection";
import type { LogRecord } from "../../lib/model/record";
import { facts } from "./bodies";
import { anyHistory, liveOf, liveRow } from "./histories";

it("comes to what the fold holds, however a history is cut into appends", () => {
  fc.assert(
    fc.property(anyHistory, fc.integer({ min: 1, max: 9 }), (history, size) => {
      const table = new Map<string, LiveGrant>();
      for (const batch of batches(history, size)) carryOut(table, projectionOf(batch));
      const rows = [...table.values()].map(({ ending, ...live }) =>
        liveRow({ ...live, ending: ending === undefined ? undefined : { reason: ending } }),
      );
      expect(rows.toSorted()).toEqual(liveOf(history));
    }),
    { numRuns: 500 },
  );
});

it("names each grant once, as a statement with several parts needs it", () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const { put, changed, gone } = projectionOf(history);
      const named = [...put.map((live) => live.facts.grant), ...changed.map((change) => change.grant), ...gone];
      expect(new Set(named).size).toBe(named.length);
    }),
  );
});

it("puts all grants of a pair into one share, and pairs into many", () => {
  const shares = Array.from({ length: 500 }, (_, n) => shareOf(facts(n, { person: `p${n}@example.com` }), 256));
  expect(new Set(shares).size).toBeGreaterThan(150);
  expect(shareOf(facts(1, { request: "one" }), 256)).toBe(shareOf(facts(1, { request: "two" }), 256));
  expect(shares.every((share) => share >= 0 && share < 256)).toBe(true);
});

/** What the statement of an append does to the table. */
function carryOut(table: Map<string, LiveGrant>, { put, changed, gone }: ProjectionChanges): void {
  for (const grant of gone) table.delete(grant);
  for (const { grant, ending, ...change } of changed) {
    const live = table.get(grant);
    if (live === undefined) continue;
    const first = live.ending ?? ending;
    table.set(grant, { ...live, ...change, ...(first === undefined ? {} : { ending: first }) });
  }
  for (const live of put) {
    const ending = table.get(live.facts.grant)?.ending ?? live.ending;
    table.set(live.facts.grant, { ...live, ...(ending === undefined ? {} : { ending }) });
  }
}

function batches(history: readonly LogRecord[], size: number): readonly (readonly LogRecord[])[] {
  return Array.from({ length: Math.ceil(history.length / size) }, (_, n) => history.slice(n * size, (n + 1) * size));
}
