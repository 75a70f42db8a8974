import * as fc from "fast-check";
import type { GrantItem, WideningItem } from "../../lib/model/widening";
import { isIncluded, isItemIncluded } from "../../lib/policy";
import { hours } from "../support/core";

const base: GrantItem = {
  kind: "grant",
  request: "r1",
  person: "alice@example.com",
  connection: "orders-db/read",
  level: "read",
  durationSeconds: 3600,
  startAfter: hours(1),
  startBefore: hours(5),
  reason: "INC-1",
  ticket: "INC-1",
  rule: "rule-digest",
  approval: "approval-digest",
  safeguards: ["guardrail:g"],
  privileges: "privileges-digest",
};

describe("a grant's item is included", () => {
  it.each<[string, Partial<GrantItem>]>([
    ["when it is equal", {}],
    ["when it is shorter", { durationSeconds: 60 }],
    ["when its start window lies inside", { startAfter: hours(2), startBefore: hours(3) }],
    ["when it has more safeguards", { safeguards: ["guardrail:g", "masking:m"] }],
  ])("%s", (_, edit) => {
    expect(isItemIncluded({ ...base, ...edit }, [base])).toBe(true);
  });

  it.each<[string, Partial<GrantItem>]>([
    ["under another request name", { request: "r2" }],
    ["for another person", { person: "bob@example.com" }],
    ["on another Connection", { connection: "orders-db/write" }],
    ["at another level", { level: "write" }],
    ["for longer", { durationSeconds: 3601 }],
    ["with a later latest start", { startBefore: hours(6) }],
    ["with an earlier earliest start", { startAfter: hours(0) }],
    ["for another reason", { reason: "other" }],
    ["with another ticket", { ticket: "INC-2" }],
    ["under another version of the rule", { rule: "other" }],
    ["under another approval", { approval: "other" }],
    ["at a level that carries something else", { privileges: "other" }],
    ["with fewer safeguards", { safeguards: [] }],
    ["with other safeguards", { safeguards: ["masking:m"] }],
  ])("but not %s", (_, edit) => {
    expect(isItemIncluded({ ...base, ...edit }, [base])).toBe(false);
  });

  it("but not without an earliest start where there was one", () => {
    const { startAfter: _, ...anytime } = base;
    expect(isItemIncluded(anytime, [base])).toBe(false);
    expect(isItemIncluded(base, [anytime])).toBe(true);
  });

  it("but not where nobody says any more what the level carries", () => {
    const { privileges: _, ...unsaid } = base;
    expect(isItemIncluded(unsaid, [base])).toBe(false);
    expect(isItemIncluded(base, [unsaid])).toBe(false);
  });

  it("but not without the ticket", () => {
    const { ticket: _, ...bare } = base;
    expect(isItemIncluded(bare, [base])).toBe(false);
  });
});

it("includes items of other kinds only where they are equal", () => {
  const rule: WideningItem = { kind: "rule", name: "r", digest: "d1" };
  const member: WideningItem = { kind: "membership", group: "sre", person: "alice@example.com" };
  expect(isIncluded([rule, member], [member, rule])).toBe(true);
  expect(isItemIncluded({ ...rule, digest: "d2" }, [rule])).toBe(false);
  expect(isItemIncluded({ ...member, person: "bob@example.com" }, [member])).toBe(false);
  expect(isItemIncluded({ ...rule, kind: "approvers" }, [rule])).toBe(false);
});

describe("inclusion", () => {
  const hour = fc.integer({ min: 0, max: 3 }).map((count) => hours(count));
  const safeguard = fc.subarray(["guardrail:g", "masking:m"]);
  const grant: fc.Arbitrary<WideningItem> = fc
    .record(
      {
        kind: fc.constant("grant" as const),
        request: fc.constantFrom("r1", "r2"),
        person: fc.constantFrom("a@x.io", "b@x.io"),
        connection: fc.constant("db/read"),
        level: fc.constant("read"),
        durationSeconds: fc.integer({ min: 1, max: 3 }),
        startAfter: hour,
        startBefore: hour,
        reason: fc.constant("r"),
        ticket: fc.constantFrom("t1", "t2"),
        rule: fc.constantFrom("d1", "d2"),
        approval: fc.constant("a"),
        safeguards: safeguard,
      },
      {
        requiredKeys: [
          "kind",
          "request",
          "person",
          "connection",
          "level",
          "durationSeconds",
          "startBefore",
          "reason",
          "rule",
          "approval",
          "safeguards",
        ],
      },
    )
    .map((item) => item as GrantItem);
  const other: fc.Arbitrary<WideningItem> = fc.oneof(
    fc.record({
      kind: fc.constantFrom("rule" as const, "config" as const),
      name: fc.constantFrom("x", "y"),
      digest: fc.constantFrom("d1", "d2"),
    }),
    fc.record({
      kind: fc.constant("membership" as const),
      group: fc.constantFrom("g", "h"),
      person: fc.constantFrom("a@x.io", "b@x.io"),
    }),
  );
  const items = fc.array(fc.oneof(grant, other), { maxLength: 5 });

  it("is reflexive", () => {
    fc.assert(fc.property(items, (a) => isIncluded(a, a)));
  });

  it("is transitive", () => {
    fc.assert(
      fc.property(items, items, items, (a, b, c) => {
        fc.pre(isIncluded(a, b) && isIncluded(b, c));
        expect(isIncluded(a, c)).toBe(true);
      }),
      { numRuns: 200, maxSkipsPerRun: 10_000 },
    );
  });

  it("grows with what includes and shrinks with what is included", () => {
    fc.assert(
      fc.property(items, items, items, (a, b, more) => {
        expect(isIncluded(a, [...a, ...more])).toBe(true);
        if (isIncluded([...a, ...b], more)) expect(isIncluded(a, more)).toBe(true);
        if (isIncluded(a, b)) expect(isIncluded(a, [...b, ...more])).toBe(true);
      }),
    );
  });

  it("of nothing always holds, and nothing includes only nothing", () => {
    fc.assert(
      fc.property(items, (a) => {
        expect(isIncluded([], a)).toBe(true);
        expect(isIncluded(a, [])).toBe(a.length === 0);
      }),
    );
  });
});
