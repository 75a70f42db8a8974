import * as fc from "fast-check";
import { didYouMean, trySuggest } from "../../lib/model/suggest";

test.each([
  ["durration", ["duration", "rule"], "duration"],
  ["fro", ["for", "rule"], "for"],
  ["Orders-db/read", ["orders-db/read"], "orders-db/read"],
  ["orders-migraton", ["orders-readonly", "orders-migration"], "orders-migration"],
  ["ab", ["xy"], undefined],
  ["completely", ["different"], undefined],
  ["", ["a"], "a"],
  ["abc", ["abd", "abe"], "abd"],
])("%p of %p means %p", (seen, candidates, expected) => {
  expect(trySuggest(seen, candidates)).toBe(expected);
});

test("the words are for the end of a sentence", () => {
  expect(didYouMean("fro", ["for"])).toBe(", did you mean for?");
  expect(didYouMean("x", [])).toBe("");
});

test("one edit in a longer name is always found again", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(11), fc.constantFrom(..."xyz"), (name, at, letter) => {
      const index = at % name.length;
      const seen = `${name.slice(0, index)}${letter}${name.slice(index + 1)}`;
      expect(trySuggest(seen, [name])).toBe(name);
      expect(trySuggest(name.slice(0, index) + name.slice(index + 1), [name])).toBe(name);
    }),
  );
});

test("long texts are not compared", () => {
  expect(trySuggest("x".repeat(100_000), ["x"])).toBeUndefined();
  expect(trySuggest("xxx", ["x".repeat(100_000)])).toBeUndefined();
});
