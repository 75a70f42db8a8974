import * as fc from "fast-check";
import { decide, decideMerged, whoCouldApprove, type DecisionInput } from "../../lib/approval";
import type { ApprovalGiven } from "../../lib/model/approval";
import type { Decision, DecisionNode } from "../../lib/model/decision";
import type { Manifest } from "../../lib/model/manifest";
import type { ApprovalRule, ApprovalStep } from "../../lib/model/rule";
import type { GrantItem } from "../../lib/model/widening";
import { desiredState, grantItem } from "../../lib/policy";
import { hours, installation, manifest, now, request, rule, state } from "../support/core";

const [alice, carol, dave, erin, frank] = ["alice", "carol", "dave", "erin", "frank"].map(
  (one) => `${one}@example.com`,
) as [string, string, string, string, string];

const of = (approvals: number, ...groups: string[]): ApprovalStep => ({ approvals, from: { kind: "groups", groups } });
const manager: ApprovalStep = { approvals: 1, from: { kind: "managerOfBeneficiary" } };

function input(
  approval: ApprovalRule,
  more: Partial<DecisionInput> & { rules?: Partial<Manifest>; for?: string } = {},
): DecisionInput {
  const { rules, for: person = alice, ...rest } = more;
  const house = manifest({
    rules: [rule("orders-read", { who: ["group:backend", "service:ci"], approval })],
    ...rules,
  });
  const [desired] = desiredState({
    installation,
    manifest: house,
    requests: { requests: [request("r1", { for: [person], durationSeconds: 7200 })] },
    asOf: now,
    state: state(),
  }).grants;
  return { desired: desired!, manifest: house, approvals: [], usage: [], asOf: now, ...rest };
}

function given(
  about: DecisionInput,
  person: string,
  more: Partial<ApprovalGiven> & { item?: Partial<GrantItem> } = {},
): ApprovalGiven {
  const { item, ...rest } = more;
  return {
    request: "r1",
    person,
    by: { id: person, authenticatedBy: "unauthenticated" },
    at: now,
    source: "local",
    items: [{ ...grantItem(about.desired), ...item }],
    policy: "another policy",
    ...rest,
  };
}

function sentences(node: DecisionNode): readonly string[] {
  return [`${node.verdict}: ${node.sentence}`, ...node.children.flatMap(sentences)];
}

function withApprovals(about: DecisionInput, ...approvals: ApprovalGiven[]): Decision {
  return decide({ ...about, approvals });
}

describe("steps", () => {
  const two = input({ steps: [of(1, "leads"), { ...of(1, "security"), when: { kind: "longerThan", seconds: 3600 } }] });

  it("wait for people, and say for how many", () => {
    const decision = decide(two);
    expect(decision).toMatchObject({ verdict: "waiting", by: "nobody", approvers: [] });
    expect(sentences(decision.tree)).toEqual([
      "open: Rule orders-read: needs 2 more approvals",
      "open: Step 1, 1 of leads: waiting for 1 more approval",
      "open: Step 2, 1 of security, when longer than 1 h: waiting for 1 more approval",
      "met: 2 h is longer than 1 h",
    ]);
  });

  it("are met by people of their groups, whenever given", () => {
    const decision = withApprovals(two, given(two, erin), given(two, carol));
    expect(decision).toMatchObject({ verdict: "approved", by: "people", approvers: [carol, erin] });
    expect(sentences(decision.tree)).toContain("met: Step 1, 1 of leads: approved by carol@example.com");
  });

  it("are not needed where their condition does not hold", () => {
    const short = { ...two, desired: { ...two.desired, durationSeconds: 600 } };
    const decision = withApprovals(short, given(short, carol));
    expect(decision.verdict).toBe("approved");
    expect(sentences(decision.tree)).toContain(
      "not needed: Step 2, 1 of security, when longer than 1 h: not needed, 10 min is not longer than 1 h",
    );
  });

  it("need distinct people: one person fills one place in the whole rule", () => {
    const twice = input({ steps: [of(1, "leads"), of(1, "leads")] });
    expect(withApprovals(twice, given(twice, carol), given(twice, carol)).verdict).toBe("waiting");
    expect(withApprovals(twice, given(twice, carol), given(twice, dave)).verdict).toBe("approved");
  });

  it("move a reviewer to another step where that fills more places", () => {
    const about = input({ steps: [of(1, "leads", "security"), of(1, "security")] });
    const decision = withApprovals(about, given(about, erin), given(about, carol));
    expect(decision).toMatchObject({ verdict: "approved", approvers: [carol, erin] });
  });

  it("take the manager of the beneficiary, and say so when there is none", () => {
    const about = input({ steps: [manager] });
    expect(withApprovals(about, given(about, carol)).verdict).toBe("approved");
    const without = input({ steps: [manager] }, { for: "bob@example.com" });
    expect(withApprovals(without, given(without, carol)).verdict).toBe("waiting");
    expect(sentences(decide(without).tree)).toContain(
      "failed: Step 1, the manager of the beneficiary: bob@example.com has no manager in the rules",
    );
  });

  it("take members of a team on GitHub as they were read", () => {
    const teams = [...manifest().groups, { name: "team", members: [], groups: [], githubTeam: "acme/team" }];
    const about = input({ steps: [of(1, "team")] }, { rules: { groups: teams } });
    expect(withApprovals(about, given(about, frank)).verdict).toBe("waiting");
    const read = { ...about, rosters: new Map([["team", [frank]]]) };
    expect(withApprovals(read, given(read, frank)).verdict).toBe("approved");
    expect(whoCouldApprove(about)[0]).toMatchObject({ people: [], teams: ["team"] });
    expect(whoCouldApprove(read)[0]).toMatchObject({ people: [frank], teams: [] });
  });
});

describe("an approval does not count", () => {
  const about = input({ steps: [of(1, "leads", "backend", "security")] });

  it.each<[string, DecisionInput, ApprovalGiven, string]>([
    ["by the one who gains access", about, given(about, alice), "gains access"],
    [
      "by another beneficiary of the same request",
      about,
      given(about, carol, { items: [grantItem(about.desired), { ...grantItem(about.desired), person: carol }] }),
      "gains access",
    ],
    ["by the author", { ...about, author: carol }, given(about, carol), "is the author"],
    ["by a co-author", { ...about, coAuthors: [carol] }, given(about, carol), "is a co-author"],
    ["by a stranger", about, given(about, "zoe@example.com"), "is not known to the rules"],
    ["by a service account", about, given(about, "service:ci"), "is a service account"],
    ["by a bot", about, given(about, carol, { by: { id: "helper[bot]", authenticatedBy: "github" } }), "is a bot"],
    ["by somebody outside the groups", about, given(about, frank), "is in no group that is asked"],
    ["when it is too old", about, given(about, carol, { at: hours(-30 * 24) }), "approved more than 30 d ago"],
    [
      "from a source that the policy does not take",
      about,
      given(about, carol, { source: "github" }),
      "approved in a way that the policy does not take (github)",
    ],
    [
      "for something shorter",
      about,
      given(about, carol, { item: { durationSeconds: 3600 } }),
      "approved something else: 1 h, now 2 h are asked",
    ],
    [
      "for another reason",
      about,
      given(about, carol, { item: { reason: "x" } }),
      "approved something else: the reason changed",
    ],
    [
      "for more safeguards",
      about,
      given(about, carol, { item: { safeguards: ["guardrail:g"] } }),
      "approved something else: guardrail:g is gone",
    ],
    [
      "under another version of the rule",
      about,
      given(about, carol, { item: { rule: "x" } }),
      "approved under another version of rule orders-read",
    ],
    [
      "when it was given before this grant was asked",
      about,
      given(about, carol, { items: [] }),
      "approved before this grant was asked",
    ],
  ])("%s", (_, asked, approval, why) => {
    const decision = withApprovals(asked, approval);
    expect(decision.verdict).toBe("waiting");
    expect(sentences(decision.tree)).toContain(`failed: ${approval.person} cannot count: ${why}`);
  });

  it("by the owner of the service account that gains access", () => {
    const service = input({ steps: [of(1, "security")] }, { for: "service:ci" });
    const decision = withApprovals(service, given(service, erin));
    expect(sentences(decision.tree)).toContain(
      "failed: erin@example.com cannot count: answers for service:ci, which gains access",
    );
  });

  it("for another request", () => {
    expect(withApprovals(about, given(about, carol, { request: "r2" })).verdict).toBe("waiting");
  });

  it("but a later valid one by the same person does", () => {
    const decision = withApprovals(about, given(about, carol, { item: { reason: "x" } }), given(about, carol));
    expect(decision.verdict).toBe("approved");
    expect(sentences(decision.tree).join()).not.toContain("cannot count");
  });

  it("though another policy is in force, where the rule is the same", () => {
    expect(withApprovals(about, given(about, carol, { policy: "older" })).verdict).toBe("approved");
  });
});

describe("automatic approval", () => {
  const automatic = { when: { kind: "memberOf", groups: ["backend"] }, never: ["critical"] } as const;

  it("approves by itself, and nobody is asked", () => {
    const decision = decide(input({ automatic, steps: [of(1, "leads")] }));
    expect(decision).toMatchObject({ verdict: "approved", by: "automatic", approvers: [] });
    expect(sentences(decision.tree)).toEqual([
      "met: Rule orders-read: approved automatically",
      "met: Automatic approval: used, member of backend",
      "met: alice@example.com is a member of backend",
      "not needed: Step 1, 1 of leads: not needed, approved automatically",
    ]);
  });

  it("never for an excluded class: then people are asked", () => {
    const about = input({ automatic, steps: [of(1, "leads")] });
    const critical = { ...about, desired: { ...about.desired, class: "critical" as const } };
    expect(sentences(decide(critical).tree)).toContain(
      "failed: Automatic approval: not used, member of backend matches but class critical is excluded",
    );
    expect(withApprovals(critical, given(critical, carol)).verdict).toBe("approved");
  });

  it("refuses for good when it does not fire and nobody can be asked", () => {
    const decision = decide(
      input({ automatic: { ...automatic, when: { kind: "class", classes: ["low"] } }, steps: [] }),
    );
    expect(decision).toMatchObject({ verdict: "refused", by: "nobody" });
    expect(decision.tree.sentence).toBe(
      "Rule orders-read: refused, automatic approval does not apply and it has nobody to ask",
    );
  });

  it("stops when its budget is used up", () => {
    const about = input({
      automatic: { ...automatic, budget: { grants: 1, perSeconds: 86_400 } },
      steps: [of(1, "leads")],
    });
    const used = { ...about, usage: [{ rule: "orders-read", person: alice, at: hours(-1) }] };
    expect(decide(about).verdict).toBe("approved");
    expect(sentences(decide(used).tree)).toContain(
      "failed: Automatic approval: not used, the budget of 1 grant in 1 d is used up (1 used)",
    );
  });
});

it("gives nothing to somebody who has opted out, also when it is approved", () => {
  const about = input({ steps: [of(1, "leads")] });
  const by = { id: alice, authenticatedBy: "gateway" } as const;
  const optOut = { id: "o", person: alice, from: { kind: "class", class: "high" }, by, at: now } as const;
  const decision = withApprovals({ ...about, optOuts: [optOut] }, given(about, carol));
  expect(decision.verdict).toBe("waiting");
  expect(sentences(decision.tree)).toContain(
    "open: alice@example.com has opted out of this; nothing is granted until they lift it",
  );
});

it("says who could approve, and who in the groups cannot", () => {
  const about = input({ steps: [of(1, "backend", "leads")] }, { author: dave });
  expect(whoCouldApprove(about)).toEqual([
    {
      step: of(1, "backend", "leads"),
      words: "1 of backend or leads",
      people: ["bob@example.com", carol],
      teams: [],
      excluded: [
        { person: alice, why: "gains access" },
        { person: dave, why: "is the author" },
      ],
    },
  ]);
});

it("asks nobody where no step's condition holds", () => {
  const decision = decide(input({ steps: [{ ...of(1, "leads"), when: { kind: "class", classes: ["low"] } }] }));
  expect(decision).toMatchObject({ verdict: "approved", by: "nobody", approvers: [] });
});

it("never takes back an approval when another one is added", () => {
  const about = input({ steps: [of(2, "leads", "security"), of(1, "backend", "security")] });
  const everybody = [carol, dave, erin, "bob@example.com", alice, frank];
  fc.assert(
    fc.property(fc.shuffledSubarray(everybody), fc.constantFrom(...everybody), (people, one) => {
      const before = withApprovals(about, ...people.map((person) => given(about, person)));
      const after = withApprovals(about, ...[...people, one].map((person) => given(about, person)));
      expect(before.verdict === "approved" && after.verdict !== "approved").toBe(false);
    }),
  );
});

describe("what came with a commit that is not verified", () => {
  const automatic = { when: { kind: "memberOf", groups: ["backend"] }, never: [] } as const;
  const short = { kind: "longerThan", seconds: 86_400 } as const;

  it("asks one person more of the last step that is asked", () => {
    const steps = [of(1, "leads"), of(1, "security", "leads"), { ...of(1, "security"), when: short }];
    const about = input({ steps }, { unverified: true });
    expect(withApprovals(about, given(about, carol), given(about, erin)).verdict).toBe("waiting");
    const all = withApprovals(about, given(about, carol), given(about, erin), given(about, dave));
    expect(all).toMatchObject({ verdict: "approved" });
    expect(sentences(decide(about).tree)).toContain(
      "open: Step 2, 1 of security or leads, and one more since a commit is not verified: waiting for 2 more approvals",
    );
  });

  it("is never approved automatically, and refused where nobody else is asked", () => {
    for (const how of [{ unverified: true }, { noAutomatic: true }]) {
      const about = input({ automatic, steps: [] }, how);
      expect(decide(about)).toMatchObject({ verdict: "refused", by: "nobody" });
      expect(sentences(decide(about).tree)).toContain("failed: Automatic approval: not used, a commit is not verified");
    }
    const people = input({ automatic, steps: [of(1, "leads")] }, { noAutomatic: true });
    expect(withApprovals(people, given(people, carol))).toMatchObject({ verdict: "approved", by: "people" });
  });

  it("is refused where no step is asked that one more person could approve", () => {
    const about = input({ steps: [{ ...of(1, "leads"), when: short }] }, { unverified: true });
    expect(withApprovals(about, given(about, carol))).toMatchObject({ verdict: "refused", by: "nobody" });
    expect(decide(about).tree.sentence).toBe(
      "Rule orders-read: refused, a commit is not verified and no step is asked that one more person could approve",
    );
  });

  it("cannot be approved where the last step asks the one manager", () => {
    const about = input({ steps: [of(1, "leads"), manager] }, { unverified: true });
    const decision = withApprovals(about, given(about, carol), given(about, dave));
    expect(decision.verdict).toBe("waiting");
    expect(sentences(decision.tree)).toContain(
      "failed: Step 2, the manager of the beneficiary, and one more since a commit is not verified: waiting for 1 more approval, and there is only one manager: verify the commits",
    );
  });
});

it("counts a member of a team whom the rules do not declare, and nobody who only says so", () => {
  const teams = [...manifest().groups, { name: "team", members: [], groups: [], githubTeam: "acme/team" }];
  const about = input(
    { steps: [of(1, "team")] },
    { rules: { groups: teams }, rosters: new Map([["team", ["github:9"]]]) },
  );
  expect(withApprovals(about, given(about, "github:9")).verdict).toBe("approved");
  expect(withApprovals(about, given(about, "github:8")).verdict).toBe("waiting");
  const made = { ...about, author: "github:9" };
  expect(withApprovals(made, given(made, "github:9")).verdict).toBe("waiting");
});

it("says of a request that came with no merge why nobody can approve it", () => {
  const about = input({ steps: [of(1, "leads")] }, { rules: { approvals: "github" } });
  const decision = decideMerged({ ...about, approvals: [given(about, carol, { source: "github" })] }, undefined);
  expect(decision).toMatchObject({ verdict: "waiting", by: "nobody", approvers: [] });
  expect(decision.tree.sentence).toContain("request r1 came with no merge that was decided on GitHub");
  const local = input({ steps: [of(1, "leads")] });
  expect(decideMerged({ ...local, approvals: [given(local, carol)] }, undefined).verdict).toBe("approved");
});
