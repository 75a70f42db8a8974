import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { IdTable, wordsOfGrantId, wordsOfText } from "../../../lib/log/fold/id-table";
import { grantId } from "../../../lib/model/grant";

test("remembers what a Map would, of thousands of grants and of any text", () => {
  const table = new IdTable(wordsOfGrantId());
  const texts = new IdTable(wordsOfText());
  const ids = Array.from({ length: 20_000 }, (_, n) => idOf(n));
  ids.forEach((id, n) => table.set(id, 1 + (n % 255)));
  ids.forEach((id, n) => texts.set(id, 1 + (n % 3)));
  expect(ids.filter((id, n) => table.get(id) !== 1 + (n % 255))).toEqual([]);
  expect(ids.filter((id, n) => texts.get(id) !== 1 + (n % 3))).toEqual([]);
  const others = Array.from({ length: 20_000 }, (_, n) => idOf(n + 20_000));
  expect(others.filter((id) => table.get(id) !== 0 || texts.get(id) !== 0)).toEqual([]);
});

test("takes two grants for two, whichever of the characters it keeps differ", () => {
  const base = "abcdefghijklmnopqrstuvwx";
  const bits = (words: ArrayLike<number>): string => Array.from(words).join();
  const words = wordsOfGrantId();
  const seen = new Set<string>();
  for (let at = 0; at < 24; at += 1) {
    for (const digit of "abcdefghijklmnopqrstuvwxyz234567") {
      seen.add(bits(words(`${base.slice(0, at)}${digit}${base.slice(at + 1)}aa`)));
    }
  }
  // Each of 24 places has 31 other digits, and all places share the one they began with.
  expect(seen.size).toBe(24 * 31 + 1);
  expect(new Set(["aa", "ab", "ba", "77"].map((end) => bits(words(base + end)))).size).toBe(4);
});

test("the last value set for an id is its value, in any order of setting", () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 3_000 }), (entries) => {
      const table = new IdTable(wordsOfGrantId());
      const map = new Map<string, number>();
      for (const [n, value] of entries) {
        table.set(idOf(n), value);
        map.set(idOf(n), value);
      }
      for (const [id, value] of map) expect(table.get(id)).toBe(value);
    }),
  );
});

function idOf(n: number): string {
  const installation = createHash("sha256").update("x").digest("hex");
  return grantId({ installation, request: `r${n}`, person: "p", connection: "c" });
}
