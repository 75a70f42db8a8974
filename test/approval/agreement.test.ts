import * as fc from "fast-check";
import { decide } from "../../lib/approval";
import type { ApprovalGiven } from "../../lib/model/approval";
import type { DesiredGrant } from "../../lib/model/desired";
import type { Manifest } from "../../lib/model/manifest";
import type { ResourceClass } from "../../lib/model/resource";
import type { ApprovalRule, ApprovalStep } from "../../lib/model/rule";
import type { GrantItem } from "../../lib/model/widening";
import { desiredState, grantItem } from "../../lib/policy";
import { hours, installation, manifest, now, request, resource, rule, state } from "../support/core";
import { referenceVerdict, type Case, type Review, type Step } from "./reference";

const names = ["ann", "ben", "cat", "dan", "eve"];
const groups = ["g1", "g2", "g3"];

const step: fc.Arbitrary<Step> = fc.record(
  {
    count: fc.integer({ min: 1, max: 3 }),
    from: fc.oneof(
      { weight: 5, arbitrary: fc.subarray(groups, { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant("manager" as const) },
    ),
    overHours: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ["count", "from"] },
) as fc.Arbitrary<Step>;

const mostly = fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });

const review: fc.Arbitrary<Review> = fc.record({
  by: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom("service:ci", "zoe") },
  ),
  hoursAgo: fc.integer({ min: 0, max: 12 }),
  hours: fc.integer({ min: 1, max: 4 }),
  sameGrant: mostly,
  sameRule: mostly,
  sameReason: mostly,
  alsoFor: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.subarray(names) }),
  source: fc.oneof(
    { weight: 9, arbitrary: fc.constant("local" as const) },
    { weight: 1, arbitrary: fc.constant("github" as const) },
  ),
});

const anyCase: fc.Arbitrary<Case> = fc.record(
  {
    people: fc.tuple(...names.map((name) => personOf(name))),
    services: fc.constant(["ci"]),
    beneficiary: fc.constantFrom(...names),
    author: fc.constantFrom(...names),
    class: fc.constantFrom("low", "critical"),
    hours: fc.integer({ min: 1, max: 4 }),
    automatic: fc.record(
      {
        memberOf: fc.constantFrom(...groups),
        neverClasses: fc.subarray(["high", "critical"]),
        budget: fc.record({ grants: fc.integer({ min: 1, max: 3 }), hours: fc.integer({ min: 1, max: 5 }) }),
      },
      { requiredKeys: ["memberOf", "neverClasses"] },
    ),
    steps: fc.array(step, { maxLength: 3 }),
    reviews: fc.array(review, { maxLength: 7 }),
    validForHours: fc.integer({ min: 8, max: 12 }),
    usedHoursAgo: fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 4 }),
  },
  {
    requiredKeys: [
      "people",
      "services",
      "beneficiary",
      "class",
      "hours",
      "steps",
      "reviews",
      "validForHours",
      "usedHoursAgo",
    ],
  },
) as fc.Arbitrary<Case>;

function personOf(name: string): fc.Arbitrary<Case["people"][number]> {
  return fc.record(
    {
      name: fc.constant(name),
      groups: fc.subarray(groups),
      manager: fc.constantFrom(...names.filter((other) => other !== name)),
    },
    { requiredKeys: ["name", "groups"] },
  ) as fc.Arbitrary<Case["people"][number]>;
}

const email = (name: string): string => (name.startsWith("service:") ? name : `${name}@example.com`);

/** The same case in the words of Leasehold. */
function decideCase(one: Case): string {
  const approval = approvalOf(one);
  const rules = manifestOf(one, approval);
  const [desired] = desiredState({
    installation,
    manifest: rules,
    requests: { requests: [request("r1", { for: [email(one.beneficiary)], durationSeconds: one.hours * 3600 })] },
    asOf: now,
    state: state(),
  }).grants;
  return decide({
    desired: desired!,
    manifest: rules,
    approvals: one.reviews.map((each) => approvalGiven(each, desired!)),
    usage: one.usedHoursAgo.map((ago) => ({ rule: "orders-read", person: email(one.beneficiary), at: hours(-ago) })),
    asOf: now,
    ...(one.author === undefined ? {} : { author: email(one.author) }),
  }).verdict;
}

function approvalOf(one: Case): ApprovalRule {
  const { automatic } = one;
  return {
    ...(automatic === undefined
      ? {}
      : {
          automatic: {
            when: { kind: "memberOf", groups: [automatic.memberOf] },
            never: automatic.neverClasses as ResourceClass[],
            ...(automatic.budget === undefined
              ? {}
              : { budget: { grants: automatic.budget.grants, perSeconds: automatic.budget.hours * 3600 } }),
          },
        }),
    steps: one.steps.map((each): ApprovalStep => ({
      approvals: each.count,
      from: each.from === "manager" ? { kind: "managerOfBeneficiary" } : { kind: "groups", groups: each.from },
      ...(each.overHours === undefined ? {} : { when: { kind: "longerThan", seconds: each.overHours * 3600 } }),
    })),
  };
}

function manifestOf(one: Case, approval: ApprovalRule): Manifest {
  return manifest({
    users: one.people.map(({ name, manager }) => ({
      email: email(name),
      ...(manager === undefined ? {} : { manager: email(manager) }),
    })),
    groups: groups.map((group) => ({
      name: group,
      members: one.people.filter((person) => person.groups.includes(group)).map((person) => email(person.name)),
      groups: [],
    })),
    serviceAccounts: one.services.map((name) => ({ name })),
    resources: [resource("orders-db", { class: one.class as ResourceClass })],
    rules: [rule("orders-read", { who: one.people.map((person) => email(person.name)), approval })],
    limits: { ...manifest().limits, approvalValidForSeconds: one.validForHours * 3600 },
  });
}

function approvalGiven(each: Review, desired: DesiredGrant): ApprovalGiven {
  const item: GrantItem = {
    ...grantItem(desired),
    durationSeconds: each.hours * 3600,
    ...(each.sameGrant ? {} : { connection: "orders-db/write" }),
    ...(each.sameRule ? {} : { rule: "another" }),
    ...(each.sameReason ? {} : { reason: "another" }),
  };
  return {
    request: "r1",
    person: email(each.by),
    by: { id: email(each.by), authenticatedBy: "unauthenticated" },
    at: hours(-each.hoursAgo),
    source: each.source,
    items: [
      item,
      ...each.alsoFor.map((name): GrantItem => ({ ...item, person: email(name), connection: "orders-db/other" })),
    ],
    policy: each.sameRule ? "" : "older",
  };
}

describe("a decision and the reference", () => {
  it("never disagree", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(anyCase, (one) => {
        const expected = referenceVerdict(one);
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        expect(decideCase(one)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    // A comparison that only ever sees one verdict says nothing.
    expect([...seen.values()].every((count) => count > 100)).toBe(true);
    expect(seen.size).toBe(3);
  });
});
