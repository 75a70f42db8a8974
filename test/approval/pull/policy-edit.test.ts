import { decidePull } from "../../../lib/approval";
import type { PullDecision } from "../../../lib/approval";
import { manifestText, type Manifest } from "../../../lib/model/manifest";
import type { ApprovalStep } from "../../../lib/model/rule";
import type { CommitContent } from "../../../lib/model/snapshot";
import { activeGrant, connection, hours, installation, manifest, now, request, rule, state } from "../../support/core";
import { desiredState } from "../../../lib/policy";
import {
  account,
  added,
  changed,
  commit,
  content,
  email,
  merge,
  mergedLog,
  review,
  sha,
  ruleEdit,
  rules,
  snapshot,
  tree,
  type SnapshotParts,
} from "../support/snapshots";

const by = (...groups: string[]): ApprovalStep => ({ approvals: 1, from: { kind: "groups", groups } });

/** A rule that nobody may ask under but frank, so that everybody else may approve its edit. */
const franks = rule("orders-write", { may: ["orders-db/write"], who: [email("frank")] });
const house = rules({ rules: [rule("orders-read"), franks] });

function edited(more: Partial<Manifest> = {}): Manifest {
  return { ...house, rules: [rule("orders-read"), { ...franks, maxDurationSeconds: 3600 }], ...more };
}

/** A pull request that edits the rules and changes nothing else. */
function edit(to: Manifest = edited(), more: SnapshotParts = {}): SnapshotParts {
  return { rules: house, ...more, subject: { requestChanges: [], ...ruleEdit("head", to), ...more.subject } };
}

const byErin = { pull: { reviews: [review("erin")] } };

function decide(parts: SnapshotParts): PullDecision {
  return decidePull(snapshot(parts));
}

describe("an edit of the rules", () => {
  it("waits for the people named for it, and is approved by them", () => {
    const waiting = decide(edit());
    expect(waiting).toMatchObject({ verdict: "waiting", policyEdit: { verdict: "waiting", approvers: [] } });
    expect(waiting.tree.sentence).toBe("Waiting for 1 more of step 1 of security (erin@example.com)");
    const approved = decide(edit(edited(), byErin));
    expect(approved).toMatchObject({ verdict: "approved", policyEdit: { approvers: [email("erin")] } });
    expect(decide(edit(edited(), { pull: { reviews: [review("carol")] } })).verdict).toBe("waiting");
  });

  it("has an item per file, for the tree, and for each rule that it changes", () => {
    const { widening } = decide(edit());
    expect(widening.map((item) => ("name" in item ? `${item.kind} ${item.name}` : item.kind))).toEqual([
      "config governed files",
      "file access.ts",
      "file leasehold.out/manifest.json",
      "rule orders-write",
    ]);
  });

  it("of a workflow, a lockfile or leasehold.yaml needs the same, though the rules stay", () => {
    const subject = { ...ruleEdit("head", house), governedChanges: [changed(".github/workflows/apply.yml", "head")] };
    expect(decide(edit(house, { subject })).verdict).toBe("waiting");
    expect(decide(edit(house, { subject, ...byErin })).verdict).toBe("approved");
  });

  it("that only a mode or a link tells from the base is an edit", () => {
    const subject = { ...ruleEdit("head", house), governedChanges: [] };
    expect(decide(edit(house, { subject })).verdict).toBe("waiting");
  });

  it("needs what the old and what the new rules ask", () => {
    const toLeads = edited({ policyApproval: [by("leads")] });
    expect(decide(edit(toLeads, byErin))).toMatchObject({ verdict: "waiting" });
    expect(decide(edit(toLeads, { pull: { reviews: [review("carol")] } })).verdict).toBe("waiting");
    const both = decide(edit(toLeads, { pull: { reviews: [review("erin"), review("carol")] } }));
    expect(both).toMatchObject({ verdict: "approved", policyEdit: { approvers: [email("erin"), email("carol")] } });
    expect(both.policyEdit!.tree.children.map(({ sentence }) => sentence)).toEqual([
      "By the policy in force: approved",
      "By the rules that it brings: approved",
    ]);
  });

  it("asks every step, whatever its condition, and one more where a commit is not verified", () => {
    const strict = rules({
      ...house,
      policyApproval: [{ ...by("security"), when: { kind: "longerThan", seconds: 3600 } }, by("leads")],
    });
    const unverified = [commit("head", { verified: false })];
    const parts = (...who: string[]): SnapshotParts => ({
      ...edit({ ...strict, rules: edited().rules }),
      rules: strict,
      pull: { commits: unverified, reviews: who.map((one) => review(one)) },
    });
    expect(decide(parts("erin", "carol")).verdict).toBe("waiting");
    expect(decide(parts("carol", "dave")).verdict).toBe("waiting");
    expect(decide(parts("erin", "carol", "dave")).verdict).toBe("approved");
  });

  it.each([
    ["nobody is named for it", []],
    ["only a manager is", [{ approvals: 1, from: { kind: "managerOfBeneficiary" } } as const]],
  ])("can be approved by nobody where %s", (_, policyApproval) => {
    const decision = decide({ ...edit(), rules: { ...house, policyApproval }, ...byErin });
    expect(decision).toMatchObject({ verdict: "refused", refused: [], policyEdit: { approvers: [email("erin")] } });
    expect(decision.policyEdit!.tree.children.map(({ verdict }) => verdict)).toEqual(["failed", "met"]);
  });

  it.each<[string, Manifest]>([
    ["who is added to a group that may ask", edited({ groups: withMember("backend", "erin") })],
    [
      "who may ask under the rule that it changes",
      edited({ rules: [rule("orders-read"), { ...franks, who: [email("frank"), email("erin")] }] }),
    ],
    ["whom it makes an approver", edited({ groups: withMember("leads", "erin") })],
    [
      "whose own entry it changes",
      edited({ users: house.users.map((one) => (one.email === email("erin") ? { ...one, name: "E" } : one)) }),
    ],
  ])("is not approved by somebody %s", (_, to) => {
    const decision = decide(edit(to, byErin));
    expect(decision.verdict).not.toBe("approved");
    expect(decision.reviews[0]!.verdict).toEqual({ kind: "excluded", why: "gains access" });
  });

  it("does not make its own approvers: neither a new one nor a login moved to another account", () => {
    const mallory = { email: email("mallory"), github: { login: "mallory" } };
    const adding = edited({
      users: [...house.users, mallory],
      groups: withMember("security", "mallory"),
    });
    expect(decide(edit(adding, { pull: { reviews: [review("mallory")] } })).verdict).toBe("waiting");
    const users = house.users.map((one) =>
      one.email === email("erin") ? { ...one, github: { login: "mallory" } } : one,
    );
    expect(decide(edit(edited({ users }), { pull: { reviews: [review("mallory")] } })).verdict).toBe("waiting");
    expect(decide(edit(edited({ users }), byErin)).verdict).not.toBe("approved");
  });
});

function withMember(group: string, login: string): Manifest["groups"] {
  return manifest().groups.map((one) =>
    one.name === group ? { ...one, members: [...one.members, email(login)].sort() } : one,
  );
}

describe("the Manifest that a commit claims", () => {
  const claim = (text: string | undefined): SnapshotParts => {
    const { manifest: _, ...rest } = ruleEdit("head", edited());
    return {
      rules: house,
      subject: { requestChanges: [], ...rest, ...(text === undefined ? {} : { manifest: text }) },
      ...byErin,
    };
  };
  const good = manifestText(edited());

  it("has to be there", () => {
    expect(decide(claim(undefined))).toMatchObject({ verdict: "refused", refused: [{ why: "manifest missing" }] });
  });

  it.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["without its parts", "{}"],
    ["with a part of its own", good.replace("{", '{"__proto__":{"approved":true},')],
    ["with a key twice", good.replace('"manifestVersion": 1', '"manifestVersion": 1,\n  "manifestVersion": 1')],
    ["laid out another way", JSON.stringify(edited())],
    ["without its last line end", good.trimEnd()],
    ["with a fraction", good.replace('"approvals": 1', '"approvals": 0.5')],
    ["with no approvals asked", good.replace('"approvals": 1', '"approvals": 0')],
    ["that nests too deep", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
    ["with a name that is none", good.replace("orders-write", "orders write")],
    [
      "whose rules name an unknown group",
      manifestText(edited({ rules: [rule("orders-read", { who: ["group:ghosts"] })] })),
    ],
    [
      "whose groups hold each other",
      manifestText(
        edited({
          groups: [
            ...house.groups,
            { name: "x", members: [], groups: ["y"] },
            { name: "y", members: [], groups: ["x"] },
          ],
        }),
      ),
    ],
  ])("is refused %s, and nothing throws", (_, text) => {
    const decision = decide(claim(text));
    expect(decision).toMatchObject({ verdict: "refused", refused: [{ why: "manifest invalid" }], approvals: [] });
    expect(decision.diagnostics).toMatchObject([{ code: "E204", where: { file: "leasehold.out/manifest.json" } }]);
    expect(decision.policyEdit!.verdict).toBe("refused");
  });

  it("can only add approvers: with fewer of them the old ones are still needed", () => {
    const open = edited({
      policyApproval: [by("backend")],
      rules: [rule("orders-read", { approval: { steps: [by("backend")] } }), franks],
    });
    const parts = edit(open, { subject: { requestChanges: [added(request("r1"))], ...ruleEdit("head", open) } });
    expect(decide({ ...parts, pull: { reviews: [review("bob")] } }).verdict).not.toBe("approved");
  });
});

describe("a request beside an edit of the rules", () => {
  const asking = (to: Manifest, more: SnapshotParts = {}): SnapshotParts =>
    edit(to, { ...more, subject: { requestChanges: [added(request("r1"))], ...ruleEdit("head", to) } });

  it("that the edit does not touch needs both approvals", () => {
    expect(decide(asking(edited(), { pull: { reviews: [review("carol")] } })).verdict).toBe("waiting");
    expect(decide(asking(edited(), byErin)).verdict).toBe("waiting");
    const both = decide(asking(edited(), { pull: { reviews: [review("carol"), review("erin")] } }));
    expect(both.verdict).toBe("approved");
    expect(both.grants[0]!.underNewRules!.verdict).toBe("approved");
  });

  it("waits for the edit, also where its own people have approved it", () => {
    const decision = decide(asking(edited(), { pull: { reviews: [review("carol")] } }));
    expect(decision.grants[0]!.decision).toMatchObject({ verdict: "waiting", by: "nobody" });
    expect(decision.approvals).toEqual([]);
  });

  it.each<[string, Manifest]>([
    ["is made longer by it", edited({ rules: [rule("orders-read", { maxDurationSeconds: 8 * 3600 }), franks] })],
    [
      "needs fewer approvals by it",
      edited({ rules: [rule("orders-read", { approval: { steps: [by("backend")] } }), franks] }),
    ],
    ["is refused by it", edited({ rules: [franks] })],
    [
      "loses a safeguard by it",
      edited({ connections: [connection("orders-db", "read", { guardrails: [] }), connection("orders-db", "write")] }),
    ],
  ])("that %s is refused: merge the rule first", (name, to) => {
    const guarded = {
      ...house,
      guardrails: [{ name: "g", input: [], output: [] }],
      connections: [connection("orders-db", "read", { guardrails: ["g"] }), connection("orders-db", "write")],
    };
    const base = name.includes("safeguard") ? guarded : house;
    const brought = name.includes("safeguard") ? { ...to, guardrails: guarded.guardrails } : to;
    const decision = decide({
      ...asking(brought, { pull: { reviews: [review("carol"), review("erin")] } }),
      rules: base,
    });
    expect(decision.verdict).toBe("refused");
    expect(decision.refusals).toMatchObject([{ request: "r1", reason: "depends on the edit" }]);
    expect(decision.grants).toEqual([]);
  });

  it("that needs the rule that the edit adds is refused too", () => {
    const later = rule("orders-drop", { may: ["orders-db/drop"], who: [email("frank")] });
    const to = edited({
      connections: [...house.connections, connection("orders-db", "drop")].sort((a, b) => (a.id < b.id ? -1 : 1)),
      rules: [...house.rules, later],
    });
    const subject = {
      requestChanges: [added(request("r1", { for: [email("frank")], access: ["orders-db/drop"] }))],
      ...ruleEdit("head", to),
    };
    expect(decide({ ...edit(to, { subject }), ...byErin }).refusals).toMatchObject([{ reason: "depends on the edit" }]);
  });
});

describe("a merged request beside an edit of the rules", () => {
  const group = request("old", { for: ["group:backend"] });
  const joined = edited({ groups: withMember("backend", "frank") });

  it("gives who joins its group a Grant, which needs the rule's approvers", () => {
    const parts = edit(joined, { log: mergedLog(group) });
    const waiting = decide({ ...parts, ...byErin });
    expect(waiting.verdict).toBe("waiting");
    expect(waiting.grants.map(({ item }) => [item.request, item.person])).toEqual([["old", email("frank")]]);
    const both = decide({ ...parts, pull: { reviews: [review("erin"), review("carol")] } });
    expect(both.verdict).toBe("approved");
    expect(both.approvals.map((one) => [one.request, one.person])).toEqual([["old", email("carol")]]);
  });

  it("never gives it automatically", () => {
    const quick = {
      automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: [] },
      steps: [by("leads")],
    } as const;
    const before = { ...house, rules: [rule("orders-read", { approval: quick }), franks] };
    const to = { ...joined, rules: [rule("orders-read", { approval: quick }), franks] };
    expect(decide({ ...edit(to, { log: mergedLog(group) }), rules: before, ...byErin }).verdict).toBe("waiting");
  });

  it("that only a new rule would approve by itself is not approved by it", () => {
    const quick = {
      automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: [] },
      steps: [by("leads")],
    } as const;
    const asked = request("old", { access: ["orders-db/write"] });
    const to = edited({ rules: [...edited().rules, rule("writing", { may: ["orders-db/write"], approval: quick })] });
    const decision = decide({ ...edit(to, { log: mergedLog(asked) }), ...byErin });
    expect(decision.grants).toMatchObject([
      { decision: { verdict: "waiting" }, underNewRules: { verdict: "waiting" } },
    ]);
  });

  it("ends for who leaves, without anybody's approval for that", () => {
    const left = edited({
      groups: house.groups.map((one) => (one.name === "backend" ? { ...one, members: [email("alice")] } : one)),
    });
    const decision = decide(edit(left, { log: mergedLog(group) }));
    expect(decision.narrowing).toEqual([
      {
        request: "old",
        kind: "narrowed",
        grants: 1,
        sentence: "The new rules no longer let request old be: 1 grant ends (bob@example.com on orders-db/read).",
      },
    ]);
    expect(decision.grants).toEqual([]);
  });

  it("that has begun holds what it holds: a new text of its rule asks nobody again", () => {
    const longer = edited({ rules: [rule("orders-read", { maxDurationSeconds: 8 * 3600 }), franks] });
    const one = request("old");
    const requests = { requests: [one] };
    const [desired] = desiredState({ installation, manifest: house, requests, asOf: now, state: state() }).grants;
    const begun = { ...mergedLog(one), grants: [activeGrant(desired!, hours(-0.5))], activeGrants: 1 };
    expect(decide(edit(longer, { log: begun })).grants).toEqual([]);
    expect(decide(edit(longer, { log: mergedLog(one) })).grants).toHaveLength(1);
  });

  it("that came after the review gives nothing that the review could have seen", () => {
    const reviewed = [content("first", { requestChanges: [], ...ruleEdit("head", joined), base: "another base" })];
    const reviews = [review("erin", { on: "first" }), review("carol", { on: "first" })];
    const decision = decide(edit(joined, { log: mergedLog(group), reviewed, pull: { reviews } }));
    expect(decision.reviews.map(({ verdict }) => verdict.kind)).toEqual(["void", "void"]);
  });

  const requestsOf = (name: string): string => tree(`requests of ${name}`);
  const bothOn = (on: string): SnapshotParts => ({
    pull: { reviews: [review("erin", { on }), review("carol", { on })] },
  });
  const base = (requests: string) => ({ branch: "main", sha: sha("tip"), governed: tree("base"), requests });

  it("gives what was approved also after a merge of something else: the requests at its base are the same", () => {
    const head = {
      requestChanges: [],
      ...ruleEdit("head", joined),
      base: sha("fork"),
      baseRequests: requestsOf("base"),
    };
    const squashed = (tip: string): PullDecision =>
      decidePull(
        merge({
          ...edit(joined, { log: mergedLog(group), reviewed: [content("head", head)], ...bothOn("head") }),
          subject: { ...head, base: sha("tip"), baseRequests: requestsOf(tip) },
          base: base(requestsOf(tip)),
        }),
      );
    expect(squashed("base").verdict).toBe("approved");
    expect(squashed("another base").verdict).toBe("waiting");
  });

  it("is refused on a head while other requests are merged than at its base: update the branch", () => {
    const on = (to: Manifest, tip: string): PullDecision =>
      decide({
        ...edit(to, { log: mergedLog(group), ...bothOn("head") }),
        subject: { requestChanges: [], ...ruleEdit("head", to), baseRequests: requestsOf("base") },
        base: base(requestsOf(tip)),
      });
    expect(on(joined, "base").verdict).toBe("approved");
    expect(on(joined, "another base")).toMatchObject({ verdict: "refused", refused: [{ why: "requests moved" }] });
    // An edit that gives nothing by merged requests does not care.
    expect(on(edited(), "another base").verdict).toBe("approved");
  });
});

describe("an edit of the rules that was reviewed as another commit", () => {
  const first = (to: Manifest, name = "head"): CommitContent =>
    content("first", { requestChanges: [], ...ruleEdit(name, to) });
  const onFirst = { pull: { reviews: [review("erin", { on: "first" })] } };

  it("counts where every governed file is the same", () => {
    expect(decide(edit(edited(), { reviewed: [first(edited())], ...onFirst })).verdict).toBe("approved");
    const squashed = merge({ ...edit(edited(), { reviewed: [first(edited())], ...onFirst }) });
    expect(decidePull(squashed).verdict).toBe("approved");
  });

  it("is void where one of them differs, even one of which the Manifest knows nothing", () => {
    const { reviews } = decide(edit(edited(), { reviewed: [first(edited(), "other")], ...onFirst }));
    expect(reviews[0]!.verdict).toMatchObject({ kind: "void", why: "this commit changes 1 governed file (access.ts)" });
  });

  it("is refused while the base has other governed files: update the branch", () => {
    const parts = edit(edited(), { base: { branch: "main", sha: "tip", governed: tree("base") }, ...byErin });
    const stale = { ...parts, subject: { ...parts.subject, baseGoverned: tree("earlier") } };
    expect(decide(stale).refused.map(({ why }) => why)).toEqual(["rules moved"]);
  });

  it("by its author is nobody's approval", () => {
    expect(decide(edit(edited(), { pull: { author: account("erin"), reviews: [review("erin")] } })).verdict).toBe(
      "waiting",
    );
  });
});
