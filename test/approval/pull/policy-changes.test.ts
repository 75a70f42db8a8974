import * as fc from "fast-check";
import { policyChanges } from "../../../lib/approval/pull/policy-changes";
import { manifestDigest, type Manifest } from "../../../lib/model/manifest";
import { connection, manifest, resource, rule } from "../../support/core";

const base = manifest({ policyApproval: [{ approvals: 1, from: { kind: "groups", groups: ["security"] } }] });
const to = (more: Partial<Manifest>) => policyChanges(base, { ...base, ...more });
const group = (name: string, ...members: string[]) => ({ name, members, groups: [] });

describe("what an edit of the rules changes", () => {
  test("is nothing for the same rules", () => {
    expect(policyChanges(base, structuredClone(base))).toEqual([]);
  });

  test.each<[string, Partial<Manifest>, object]>([
    [
      "a rule that allows more",
      {
        rules: [
          { ...base.rules[0]!, maxDurationSeconds: 8 * 3600, may: ["orders-db/read", "orders-db/write"] },
          base.rules[1]!,
        ],
      },
      {
        of: "rule",
        name: "orders-read",
        kind: "changed",
        details: ["for what: + orders-db/write", "at most: 4 h -> 8 h"],
      },
    ],
    [
      "a rule that asks nobody any more",
      {
        rules: [
          {
            ...base.rules[0]!,
            approval: {
              automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: ["critical"] },
              steps: [],
            },
          },
          base.rules[1]!,
        ],
      },
      {
        of: "rule",
        name: "orders-read",
        kind: "changed",
        details: ["approval: 1 of leads -> automatic when member of backend, never for class critical"],
      },
    ],
    [
      "a rule that goes",
      { rules: base.rules.slice(1) },
      { of: "rule", name: "orders-read", kind: "removed", details: [] },
    ],
    [
      "a new rule, with all that it says",
      { rules: [...base.rules, rule("admin", { who: ["alice@example.com"], ticketRequired: true })] },
      {
        of: "rule",
        name: "admin",
        kind: "added",
        details: [
          "approval: 1 of leads",
          "who may ask: alice@example.com",
          "for what: orders-db/read",
          "at most: 4 h",
          "by default: 1 h",
          "ticket: required",
        ],
      },
    ],
    [
      "rules in another order",
      { rules: base.rules.toReversed() },
      { of: "order of rules", details: ["the first that matches decides: orders-write and orders-read"] },
    ],
    [
      "somebody who may approve",
      { groups: [base.groups[0]!, base.groups[1]!, group("security", "erin@example.com", "frank@example.com")] },
      {
        of: "approvers in group",
        name: "security",
        details: ["+ 1 person: frank@example.com"],
        gained: ["frank@example.com"],
      },
    ],
    [
      "somebody who may approve through a nested group",
      { groups: [base.groups[0]!, { ...base.groups[1]!, groups: ["backend"] }, base.groups[2]!] },
      { of: "approvers in group", name: "leads", details: ["+ 2 people: alice@example.com and bob@example.com"] },
    ],
    [
      "a group that becomes a team on GitHub",
      {
        groups: [
          base.groups[0]!,
          base.groups[1]!,
          { name: "security", members: [], groups: [], githubTeam: "acme/security" },
        ],
      },
      {
        of: "approvers in group",
        name: "security",
        details: ["members from GitHub team: none -> acme/security", "- 1 person: erin@example.com"],
      },
    ],
    [
      "somebody who may ask",
      {
        groups: [
          group("backend", "alice@example.com", "bob@example.com", "frank@example.com"),
          ...base.groups.slice(1),
        ],
      },
      {
        of: "group",
        name: "backend",
        details: ["+ 1 person: frank@example.com, who may then ask under orders-read and orders-write"],
      },
    ],
    [
      "who approves such edits",
      { policyApproval: [] },
      { of: "approvers of policy edits", details: ["1 of security -> nobody"] },
    ],
    ["where approvals come from", { approvals: "github" }, { of: "source of approvals", details: ["local -> github"] }],
    [
      "another gateway",
      { gateways: { main: { provider: "hoop", url: "https://gateway.evil.example", users: "existing" } } },
      {
        of: "gateway",
        name: "main",
        kind: "changed",
        details: expect.arrayContaining(["url: none -> https://gateway.evil.example"]) as string[],
      },
    ],
    [
      "a lower class",
      { resources: [resource("orders-db", { class: "low" })] },
      { of: "resource", name: "orders-db", details: ["class: high -> low"] },
    ],
    [
      "a safeguard that is taken off",
      { connections: [connection("orders-db", "read", { guardrails: ["g"] }), base.connections[1]!] },
      { of: "connection", name: "orders-db/read", details: ["guardrails: + g"] },
    ],
    [
      "limits",
      { limits: { ...base.limits, maxDurationSeconds: 86_400 } },
      { of: "limits", details: ["longest grant: 7 d -> 1 d"] },
    ],
    ["nobody protected", { protected: ["group:admins"] }, { of: "protected principals", details: ["+ group:admins"] }],
    [
      "a user with another login",
      { users: [{ ...base.users[0]!, github: { login: "mallory" } }, ...base.users.slice(1)] },
      { of: "user", name: "alice@example.com", details: ['github: none -> {"login":"mallory"}'] },
    ],
  ])("names %s", (_what, more, change) => {
    expect(to(more)).toEqual([expect.objectContaining(change)]);
  });

  test("says the dangerous first: where access goes and who approves before who may ask", () => {
    const changes = to({
      approvals: "github",
      policyApproval: [],
      rules: [],
      users: [],
      groups: [],
    }).map(({ of }) => of);
    expect(changes.indexOf("source of approvals")).toBe(0);
    expect(changes.indexOf("approvers of policy edits")).toBeLessThan(changes.indexOf("rule"));
    expect(changes.indexOf("rule")).toBeLessThan(changes.indexOf("user"));
  });

  test("is never silent about two Manifests that differ", () => {
    const parts = fc.record(
      {
        approvals: fc.constantFrom("local" as const, "github" as const),
        groups: fc.subarray([...base.groups, group("more", "frank@example.com")]),
        rules: fc.shuffledSubarray([...base.rules, rule("third")]),
        resources: fc.subarray([...base.resources, resource("cache")]),
        protected: fc.subarray(["group:admins"]),
        users: fc.subarray([...base.users]),
        limits: fc.record({
          ...Object.fromEntries(Object.entries(base.limits).map(([key, value]) => [key, fc.constant(value)])),
          startWithinSeconds: fc.integer({ min: 1, max: 9 }),
        }) as fc.Arbitrary<Manifest["limits"]>,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [before, after] = [
          { ...base, ...one },
          { ...base, ...other },
        ];
        const isSame = manifestDigest(before) === manifestDigest(after);
        // A group of nobody that nothing refers to gives and takes nothing.
        const isIdle = JSON.stringify({ ...before, groups: [] }) === JSON.stringify({ ...after, groups: [] });
        if (isSame) expect(policyChanges(before, after)).toEqual([]);
        else if (!isIdle) expect(policyChanges(before, after)).not.toEqual([]);
      }),
    );
  });
});

test("a level that carries more is told in words, also one that says so for the first time", () => {
  const level = (privileges: readonly string[]) => ({
    role: "orders-read",
    database: "orders",
    privileges: [{ on: "tables", schema: "orders", privileges }] as const,
    defaults: [],
    memberOf: [],
  });
  const [way, ...others] = base.connections;
  const carrying = (privileges: readonly string[]): Manifest => ({
    ...base,
    connections: [{ ...way!, privileges: level(privileges) }, ...others],
  });
  const details = (from: Manifest, after: Manifest) => policyChanges(from, after).map((change) => change.details);
  expect(details(carrying(["SELECT"]), carrying(["SELECT", "DELETE"]))).toEqual([
    ["carries: + may read and delete from all tables of schema orders, - may read all tables of schema orders"],
  ]);
  expect(details(base, carrying(["SELECT"]))).toEqual([
    ["carries: + may read all tables of schema orders and is the role orders-read in database orders"],
  ]);
});
