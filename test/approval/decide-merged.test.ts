import { decideMerged, type DecisionInput } from "../../lib/approval";
import type { MergeFacts } from "../../lib/model/merge";
import type { Manifest } from "../../lib/model/manifest";
import type { ApprovalRule } from "../../lib/model/rule";
import { desiredState, grantItem } from "../../lib/policy";
import { installation, manifest, now, request, rule, state } from "../support/core";

const [carol, dave] = ["carol@example.com", "dave@example.com"] as const;

const merge: MergeFacts = {
  commit: "a".repeat(40),
  pull: 7,
  authors: ["alice@example.com"],
  unverified: false,
  widening: "",
  policy: "",
  rosters: [],
  requests: ["r1"],
};

/** A merged request for alice, with what the Log keeps of approvals that people gave on GitHub. */
function asked(approval: ApprovalRule, approvers: readonly string[], more: Partial<Manifest> = {}): DecisionInput {
  const house = manifest({ rules: [rule("orders-read", { approval })], approvals: "github", ...more });
  const [desired] = desiredState({
    installation,
    manifest: house,
    requests: { requests: [request("r1")] },
    asOf: now,
    state: state(),
  }).grants;
  const approvals = approvers.map((person) => ({
    request: "r1",
    person,
    by: { id: person, authenticatedBy: "github" as const },
    at: now,
    source: "github" as const,
    items: [grantItem(desired!)],
    policy: "",
  }));
  return { desired: desired!, manifest: house, approvals, usage: [], asOf: now };
}

const lead: ApprovalRule = { steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }] };
const automatic: ApprovalRule = { ...lead, automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: [] } };
const verdict = (about: DecisionInput, facts: Partial<MergeFacts> = {}): string =>
  decideMerged(about, { ...merge, ...facts }).verdict;

describe("a merged request", () => {
  it("goes on as its merge was approved", () => {
    expect(verdict(asked(lead, [carol]))).toBe("approved");
    expect(verdict(asked(lead, []))).toBe("waiting");
    expect(verdict(asked(automatic, []))).toBe("approved");
  });

  it("is approved by nobody who made the merge: neither who opened it nor who only committed to it", () => {
    expect(verdict(asked(lead, [carol]), { authors: [carol] })).toBe("waiting");
    expect(verdict(asked(lead, [carol]), { authors: ["alice@example.com", carol] })).toBe("waiting");
    expect(verdict(asked(lead, [carol, dave]), { authors: ["alice@example.com", carol] })).toBe("approved");
  });

  it("asks one person more, and no condition, where a commit of its merge was not verified", () => {
    expect(verdict(asked(lead, [carol]), { unverified: true })).toBe("waiting");
    expect(verdict(asked(lead, [carol, dave]), { unverified: true })).toBe("approved");
    expect(verdict(asked(automatic, []), { unverified: true })).toBe("waiting");
    expect(verdict(asked(automatic, []), { noAutomatic: true })).toBe("waiting");
    expect(verdict(asked(automatic, [carol]), { noAutomatic: true })).toBe("approved");
  });

  it("counts a team's members as they were at its merge", () => {
    const team = { groups: [...manifest().groups, { name: "sre", members: [], groups: [], githubTeam: "acme/sre" }] };
    const sre: ApprovalRule = { steps: [{ approvals: 1, from: { kind: "groups", groups: ["sre"] } }] };
    expect(verdict(asked(sre, ["github:201"], team))).toBe("waiting");
    expect(verdict(asked(sre, ["github:201"], team), { rosters: [{ group: "sre", people: ["github:201"] }] })).toBe(
      "approved",
    );
  });
});
