import * as fc from "fast-check";
import { LeaseholdError } from "../../lib/errors";
import { harmless } from "../../lib/github/failures";
import { Foreign } from "../../lib/github/foreign";

test("whatever GitHub sends, a reader gives its type or ends with E522", () => {
  const readers: readonly ((value: Foreign) => unknown)[] = [
    (value) => typeof value.string(),
    (value) => typeof value.boolean(),
    (value) => typeof value.count(),
    (value) => typeof value.id(),
    (value) => typeof value.sha(),
    (value) => typeof value.instant(),
    (value) => typeof value.oneOf("a", "b"),
    (value) => value.list(3).length <= 3,
    (value) => value.get("a") instanceof Foreign,
    (value) => value.nullable("a") instanceof Foreign || true,
    (value) => value.at("a", "b") instanceof Foreign,
  ];
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(readers.length - 1), (value, at) => {
      try {
        expect(readers[at]?.(new Foreign(value, "x"))).not.toBe("undefined");
      } catch (error) {
        expect(error).toBeInstanceOf(LeaseholdError);
        expect(error).toMatchObject({ code: "E522" });
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a missing key is no null, and what every object has is no key", () => {
  const value = new Foreign({ nothing: null }, "x");
  expect(value.nullable("nothing")).toBeUndefined();
  expect(() => value.nullable("else")).toThrow("no else");
  expect(() => value.get("constructor")).toThrow("no constructor");
  expect(() => value.get("nothing")).toThrow("nothing is null");
});

test("numbers are whole, safe and not negative, also written as texts", () => {
  const count = (value: unknown) => new Foreign(value, "x").count();
  expect([count(7), count("5000000000")]).toEqual([7, 5_000_000_000]);
  for (const bad of [-1, 1.5, Number.NaN, 2 ** 60, "1e3", "", " 1", 10n, "99999999999999999"]) {
    expect(() => count(bad)).toThrow("E522");
  }
});

test("words of GitHub's are short, on one line and without control characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      expect(harmless(text)).toMatch(/^[\x20-\x7e]{0,203}$/);
    }),
  );
});
