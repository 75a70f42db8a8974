import { decidePull, whatIf } from "../../../lib/approval";
import type { PullRefusal } from "../../../lib/approval";
import { isGoverned, tryParseGlob } from "../../../lib/request";
import { hours, manifest, request, rule } from "../../support/core";
import {
  account,
  added,
  changed,
  commit,
  email,
  merge,
  mergedLog,
  removed,
  review,
  rules,
  snapshot,
  tree,
  type SnapshotParts,
} from "../support/snapshots";

const approved = { pull: { reviews: [review("carol")] } };

describe("a pull request that asks for one grant", () => {
  it("waits for its rule's approvers, by name", () => {
    const decision = decidePull(snapshot());
    expect(decision.verdict).toBe("waiting");
    expect(decision.tree.sentence).toBe(
      "Waiting for 1 more of step 1 of leads (carol@example.com or dave@example.com)",
    );
    expect(decision.grants[0]!.openSteps).toEqual([
      { words: "1 of leads", missing: 1, people: [email("carol"), email("dave")], unreadable: [] },
    ]);
  });

  it("is approved by one of them, as head, merge and in a queue", () => {
    for (const made of [snapshot(approved), merge(approved), { ...merge(approved), kind: "queue" as const }]) {
      const decision = decidePull(made);
      expect(decision).toMatchObject({ verdict: "approved", refused: [], diagnostics: [], refusals: [] });
      expect(decision.grants[0]!.decision).toMatchObject({
        verdict: "approved",
        by: "people",
        approvers: [email("carol")],
      });
    }
  });

  it("has its widening, its file and the people who cannot approve", () => {
    const decision = decidePull(snapshot());
    expect(decision.widening).toMatchObject([{ kind: "grant", request: "r1", person: email("alice") }]);
    expect(decision.files).toEqual([
      { path: "requests/r1.yaml", request: "r1", outcome: "new", sentence: "Request r1 is new." },
    ]);
    expect(decision.cannotApprove).toEqual([{ person: email("alice"), why: "gains access" }]);
    expect(decision.requests.map(({ name }) => name)).toEqual(["r1"]);
  });

  it("records what each approval covers, on which commit and under which policy", () => {
    const made = snapshot(approved);
    expect(decidePull(made).approvals).toEqual([
      {
        request: "r1",
        person: email("carol"),
        by: { id: "carol", githubId: 3, authenticatedBy: "github" },
        at: hours(-1),
        source: "github",
        items: decidePull(made).widening,
        policy: made.policy!.digest,
        commit: made.subject.sha,
      },
    ]);
  });

  it("is decided as a draft like any other", () => {
    expect(decidePull(snapshot({ pull: { isDraft: true, reviews: [review("carol")] } })).verdict).toBe("approved");
  });

  it("is approved while new access is frozen, and says that it is", () => {
    const decision = decidePull(snapshot({ ...approved, log: { isFrozen: true } }));
    expect(decision.verdict).toBe("approved");
    expect(decision.tree.children.map(({ sentence }) => sentence)).toContain(
      "New access is frozen: what is approved starts once it is thawed",
    );
  });
});

describe("a whole commit is refused", () => {
  it.each<[PullRefusal, SnapshotParts]>([
    ["no policy in force", { rules: null }],
    ["base is not the accepted policy", { base: { branch: "main", sha: "b", governed: tree("pushed") } }],
    ["recovering", { log: { isRecovering: true } }],
    ["fork", { pull: { isFork: true, reviews: [review("carol")] } }],
    ["not the default branch", { pull: { targetsDefault: false, reviews: [review("carol")] } }],
    ["direct push", { pull: null }],
  ])("%s: nothing of it is approved, whoever approved it", (why, parts) => {
    const made = snapshot({ ...approved, ...parts });
    const decision = decidePull(made);
    expect(decision.verdict).toBe("refused");
    expect(decision.refused.map((one) => one.why)).toContain(why);
    expect(decision.refused.every(({ sentence, fix }) => sentence.endsWith(".") && fix.length > 0)).toBe(true);
    expect(decision.approvals).toEqual([]);
    expect(decision.grants.filter((one) => one.decision.verdict !== "refused")).toEqual([]);
  });

  it.each<[string, SnapshotParts]>([
    ["a fork", { pull: { isFork: true } }],
    ["a direct push", { pull: null }],
    ["a branch whose rules were pushed", { base: { branch: "main", sha: "b", governed: tree("pushed") } }],
    ["a Log that is recovering", { log: { ...mergedLog(request("old")), isRecovering: true } }],
    ["no policy", { rules: null }],
  ])("but not what only narrows: %s", (_, parts) => {
    const old = request("old");
    const decision = decidePull(
      snapshot({ subject: { requestChanges: [removed(old)] }, log: mergedLog(old), ...parts }),
    );
    expect(decision).toMatchObject({ verdict: "nothing to approve", refused: [] });
    expect(decision.narrowing).toMatchObject([{ request: "old", kind: "removed" }]);
  });

  it("a merge that GitHub does not show as merged is a push without approval", () => {
    const decision = decidePull(merge({ pull: { state: "open", reviews: [review("carol")] } }));
    expect(decision.refused.map(({ why }) => why)).toEqual(["direct push"]);
  });
});

describe("automatic approval", () => {
  const quick = rules({
    rules: [
      rule("orders-read", {
        approval: { automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: ["critical"] }, steps: [] },
      }),
    ],
  });

  it("needs nobody, and says why", () => {
    const decision = decidePull(snapshot({ rules: quick }));
    expect(decision.verdict).toBe("approved");
    expect(decision.grants[0]!.decision).toMatchObject({ by: "automatic", approvers: [] });
    expect(decision.grants[0]!.decision.tree.children[0]!.sentence).toBe("Automatic approval: used, member of backend");
  });

  it.each<[string, SnapshotParts]>([
    ["a direct push", { pull: null }],
    ["a commit that is not verified", { pull: { commits: [commit("head", { verified: false })] } }],
    ["a commit of somebody without an account", { pull: { commits: [commit("head", { unknownPeople: 1 })] } }],
    ["a pull request without commits", { pull: { commits: [] } }],
    [
      "an unverified commit, though the branch asks for the last push",
      {
        lastPushApproved: true,
        pull: { commits: [commit("head", { verified: false })] },
      },
    ],
  ])("never for %s", (_, parts) => {
    expect(decidePull(snapshot({ rules: quick, ...parts })).verdict).toBe("refused");
  });

  it("counts the grants before it in the same commit against a budget", () => {
    const budget = { grants: 1, perSeconds: 3600 };
    const automatic = { when: { kind: "memberOf", groups: ["backend"] }, never: [], budget } as const;
    const decision = decidePull(
      snapshot({
        rules: rules({
          rules: [rule("all", { may: ["orders-db/read", "orders-db/write"], approval: { automatic, steps: [] } })],
        }),
        subject: { requestChanges: [added(request("r1", { access: ["orders-db/read", "orders-db/write"] }))] },
      }),
    );
    expect(decision.grants.map((one) => one.decision.verdict)).toEqual(["approved", "refused"]);
    expect(decision.verdict).toBe("refused");
  });
});

describe("several grants", () => {
  const two = { requestChanges: [added(request("r1")), added(request("r2", { access: ["orders-db/write"] }))] };
  const strict = rules({
    rules: [
      rule("orders-read"),
      rule("orders-write", {
        may: ["orders-db/write"],
        approval: { steps: [{ approvals: 1, from: { kind: "groups", groups: ["security"] } }] },
      }),
    ],
  });

  it("are decided each by its rule: a merge goes on with what was approved", () => {
    const decision = decidePull(merge({ rules: strict, subject: two, ...approved }));
    expect(decision.verdict).toBe("waiting");
    const verdicts = decision.grants.map(({ item, decision: one }) => [item.request, one.verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({ r1: "approved", r2: "waiting" });
    expect(decision.approvals.map((one) => [one.request, one.person])).toEqual([["r1", email("carol")]]);
  });

  it("nobody who gains by one of them approves another", () => {
    const forTwo = {
      requestChanges: [
        added(request("r1")),
        added(request("r2", { for: [email("carol")], access: ["orders-db/read"] })),
      ],
    };
    const house = rules({ rules: [rule("orders-read", { who: ["group:backend", "group:leads"] })] });
    const decision = decidePull(snapshot({ rules: house, subject: forTwo, ...approved }));
    expect(decision.reviews[0]!.verdict).toEqual({ kind: "excluded", why: "gains access" });
    expect(decision.verdict).toBe("waiting");
  });
});

describe("a pull request without anything to widen", () => {
  it("has nothing to approve: other files, or files laid out another way", () => {
    expect(decidePull(snapshot({ subject: { requestChanges: [], changedFiles: 3 } }))).toMatchObject({
      verdict: "nothing to approve",
      widening: [],
    });
    const old = request("old");
    const change = added(old);
    const laidOut = { path: change.path, before: change.after, after: `# a comment\n${change.after!}` };
    const decision = decidePull(snapshot({ subject: { requestChanges: [laidOut] }, log: mergedLog(old) }));
    expect(decision).toMatchObject({ verdict: "nothing to approve", files: [{ outcome: "unchanged" }] });
  });

  it("but a file that the glob does not match is governed, and so never silent", () => {
    expect(isGoverned("requests/new.yml", tryParseGlob("requests/**/*.yaml")!)).toBe(true);
    const edit = { governed: tree("head"), governedChanges: [changed("requests/new.yml", "head")], requestChanges: [] };
    expect(decidePull(snapshot({ subject: edit })).verdict).toBe("refused");
  });
});

describe("what if somebody approved", () => {
  it("counts them as their pin or team says", () => {
    const waiting = snapshot();
    expect(decidePull(whatIf(waiting, "carol")).verdict).toBe("approved");
    expect(decidePull(whatIf(waiting, "CAROL")).verdict).toBe("approved");
    expect(decidePull(whatIf(waiting, "alice")).verdict).toBe("waiting");
    const stranger = decidePull(whatIf(waiting, "mallory"));
    expect(stranger.reviews[0]!.verdict).toEqual({ kind: "excluded", why: "is not known to the rules" });
    const teams = [...manifest().groups, { name: "crew", members: [], groups: [], githubTeam: "acme/crew" }];
    const crew = rules({
      groups: teams,
      rules: [
        rule("orders-read", { approval: { steps: [{ approvals: 1, from: { kind: "groups", groups: ["crew"] } }] } }),
      ],
    });
    const withTeam = snapshot({ rules: crew, teams: [{ team: "acme/crew", members: [account("zoe")] }] });
    expect(decidePull(whatIf(withTeam, "zoe")).verdict).toBe("approved");
  });

  it("changes nothing where there is no pull request, and withdraws an earlier refusal of the same person", () => {
    const push = snapshot({ pull: null });
    expect(whatIf(push, "carol")).toBe(push);
    const no = snapshot({ pull: { reviews: [review("carol", { state: "changes requested" })] } });
    expect(decidePull(no).verdict).toBe("waiting");
    expect(decidePull(whatIf(no, "carol")).verdict).toBe("approved");
  });
});
