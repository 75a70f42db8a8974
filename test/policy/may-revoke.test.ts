import { tryFindRightToRevoke } from "../../lib/policy";
import { manifest, rule } from "../support/core";

const groups = [
  ...manifest().groups,
  { name: "on-call", members: ["frank@example.com"], groups: [] },
  { name: "duty", members: [], groups: ["on-call"] },
  { name: "guild", members: [], groups: [], githubTeam: "acme/guild" },
];
const rules = manifest({
  groups,
  rules: [
    rule("orders-read", {
      mayRevoke: ["duty"],
      approval: {
        steps: [
          { approvals: 1, from: { kind: "groups", groups: ["leads", "guild"] } },
          { approvals: 1, from: { kind: "managerOfBeneficiary" } },
        ],
      },
    }),
  ],
});
const alices = { person: "alice@example.com", rule: "orders-read" };
const right = (person: string, facts = alices) =>
  tryFindRightToRevoke(rules, person, facts, new Map([["guild", ["github:7"]]]));

describe("who may end a grant from a comment", () => {
  test.each([
    ["alice@example.com", "holds it"],
    ["dave@example.com", "approves under rule orders-read"],
    ["carol@example.com", "approves under rule orders-read"],
    ["frank@example.com", "may revoke under rule orders-read"],
    ["github:7", "approves under rule orders-read"],
  ])("%s may: %s", (person, why) => expect(right(person)).toBe(why));

  test.each(["bob@example.com", "erin@example.com", "github:8", "nobody@example.com", ""])("%j may not", (person) =>
    expect(right(person)).toBeUndefined(),
  );

  test("the one who answers for a machine ends what the machine holds", () => {
    const facts = { person: "service:ci", rule: "orders-read" };
    expect(right("erin@example.com", facts)).toBe("answers for service:ci");
  });

  test("the manager of another is nobody here", () => {
    const only = manifest({
      rules: [rule("orders-read", { approval: { steps: [{ approvals: 1, from: { kind: "managerOfBeneficiary" } }] } })],
    });
    expect(tryFindRightToRevoke(only, "carol@example.com", alices)).toBe("approves under rule orders-read");
    expect(tryFindRightToRevoke(only, "carol@example.com", { ...alices, person: "bob@example.com" })).toBeUndefined();
  });

  test("under a rule that is gone only the holder may", () => {
    const gone = { ...alices, rule: "old" };
    expect(right("carol@example.com", gone)).toBeUndefined();
    expect(right("alice@example.com", gone)).toBe("holds it");
  });
});
