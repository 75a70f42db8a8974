import * as fc from "fast-check";
import { decideMerged, decidePull, isApproved, mergeFacts } from "../../../lib/approval";
import type { PullDecision } from "../../../lib/approval";
import type { Snapshot } from "../../../lib/model/snapshot";
import { manifest, request, rule } from "../../support/core";
import {
  account,
  added,
  commit,
  content,
  edited,
  email,
  merge,
  mergedLog,
  removed,
  review,
  ruleEdit,
  rules,
  sha,
  type SnapshotParts,
} from "../support/snapshots";
import { anySnapshot } from "../support/arbitrary-snapshots";

const asked = request("r1");
const head = content("head", { requestChanges: [added(asked)] });
const byCarol = { pull: { reviews: [review("carol")] } };

/** A merge whose content differs from the head that carol approved. */
function merged(subject: Partial<Snapshot["subject"]>, more: SnapshotParts = {}): PullDecision {
  return decidePull(merge({ subject, reviewed: [head], ...byCarol, ...more }));
}

describe("a merge", () => {
  it("that was squashed, rebased or queued brings what was approved on the head", () => {
    expect(merged({ requestChanges: [added(asked)] }).verdict).toBe("approved");
    const queued = { ...merge({ reviewed: [head], ...byCarol }), kind: "queue" as const };
    expect(decidePull(queued).verdict).toBe("approved");
  });

  it("that was rebased commit by commit brings each of them, one file at a time", () => {
    const both = content("head", { requestChanges: [added(asked), added(request("r2", { for: [email("bob")] }))] });
    for (const one of both.requestChanges) {
      const part = merge({ subject: { requestChanges: [one] }, reviewed: [both], ...byCarol });
      expect(decidePull(part).verdict).toBe("approved");
    }
  });

  it.each<[string, Partial<Snapshot["subject"]>]>([
    ["a grant that nobody reviewed", { requestChanges: [added(asked), added(request("r2", { for: [email("bob")] }))] }],
    ["a longer one, by the resolution of a conflict", { requestChanges: [added({ ...asked, durationSeconds: 7200 })] }],
    ["other rules", { requestChanges: [added(asked)], ...ruleEdit("merge", rules({ rules: [] })) }],
  ])("with %s is not approved", (_, subject) => {
    const decision = merged(subject);
    expect(["waiting", "refused"]).toContain(decision.verdict);
    expect(decision.reviews[0]!.verdict.kind).toBe("void");
    expect(decision.grants.filter((one) => isApproved(one))).toEqual([]);
  });

  it("without a pull request is approved by nobody, not automatically, and removes all the same", () => {
    const old = request("old");
    const subject = { requestChanges: [added(asked), removed(old)] };
    const decision = decidePull(merge({ subject, pull: null, log: mergedLog(old) }));
    expect(decision).toMatchObject({
      verdict: "refused",
      refused: [{ why: "direct push" }],
      narrowing: [{ request: "old" }],
    });
    expect(mergeFacts(merge({ subject, pull: null, log: mergedLog(old) }), decision)).toMatchObject({
      requests: [],
      authors: [],
    });
  });

  it("with a bad edit of one request goes on with the others", () => {
    const old = request("old");
    const changes = [added(asked), edited(old, { ...old, reason: "INC-9" })];
    const decision = merged(
      { requestChanges: changes },
      { log: mergedLog(old), reviewed: [content("head", { requestChanges: changes })] },
    );
    expect(decision.verdict).toBe("refused");
    expect(decision.grants.map((one) => isApproved(one))).toEqual([true]);
  });
});

describe("what the Log keeps of a merge", () => {
  const crew = [...manifest().groups, { name: "crew", members: [], groups: [], githubTeam: "acme/crew" }];
  const snapshot = merge({
    rules: rules({ groups: crew }),
    teams: [{ team: "acme/crew", members: [account("zoe"), account("carol"), account("x[bot]")] }],
    pull: {
      author: account("alice"),
      commits: [commit("head", { committer: account("bob"), coAuthors: [account("mallory")] })],
      reviews: [review("carol")],
    },
  });

  it("is who made it, the teams as they were, and the requests that go on", () => {
    const decision = decidePull(snapshot);
    expect(mergeFacts(snapshot, decision)).toEqual({
      commit: sha("merge"),
      pull: 7,
      authors: [email("alice"), email("bob"), `github:${account("mallory").id}`],
      unverified: false,
      widening: decision.wideningDigest,
      policy: snapshot.policy!.digest,
      rosters: [{ group: "crew", people: [email("carol"), `github:${account("zoe").id}`].sort() }],
      requests: ["r1"],
    });
  });

  it("leaves out a request of which nothing may go on", () => {
    const unapproved = merge({ pull: { reviews: [] } });
    expect(mergeFacts(unapproved, decidePull(unapproved)).requests).toEqual([]);
  });

  it("says whether a later pass asks one person more, or only no condition", () => {
    const commits = [commit("head", { verified: false })];
    const reviews = [review("carol"), review("dave")];
    const one = merge({ pull: { commits, reviews } });
    expect(mergeFacts(one, decidePull(one))).toMatchObject({ unverified: true });
    const other = merge({ pull: { commits, reviews }, lastPushApproved: true });
    expect(mergeFacts(other, decidePull(other))).toMatchObject({ unverified: false, noAutomatic: true });
  });
});

/** What a later pass decides of each Grant, one after the other, out of what the Log keeps. */
function decideLater(snapshot: Snapshot, decision: PullDecision): readonly string[] {
  const facts = mergeFacts(snapshot, decision);
  const usage = [...snapshot.log.usage];
  return decision.grants.map(({ desired }) => {
    const input = {
      desired,
      manifest: snapshot.policy!.manifest,
      approvals: decision.approvals,
      usage,
      asOf: snapshot.asOf,
      optOuts: snapshot.log.optOuts,
    };
    const { verdict } = decideMerged(input, facts.requests.includes(desired.request) ? facts : undefined);
    if (verdict === "approved") usage.push({ rule: desired.rule, person: desired.person, at: snapshot.asOf });
    return verdict;
  });
}

describe("a later pass", () => {
  it("decides from the records as the merge was decided", () => {
    const seen = { approved: 0, other: 0 };
    fc.assert(
      fc.property(anySnapshot, (made) => {
        const { pull, ...rest } = made;
        const snapshot: Snapshot = {
          ...rest,
          kind: "merge",
          ...(pull === undefined ? {} : { pull: { ...pull, state: "merged" } }),
        };
        const decision = decidePull(snapshot);
        const later = decideLater(snapshot, decision);
        decision.grants.forEach((one, index) => {
          seen[isApproved(one) ? "approved" : "other"] += 1;
          if (isApproved(one)) expect(later[index]).toBe("approved");
          else if (decision.refused.length > 0 || decision.verdict === "invalid")
            expect(later[index]).not.toBe("approved");
          else if (decision.policyEdit === undefined) expect(later[index]).toBe(laterOf(decision, one));
        });
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.approved, seen.other)).toBeGreaterThan(30);
  });

  it("approves nothing of a request that came with no merge, under a rule that would", () => {
    const quick = rules({
      rules: [
        rule("orders-read", {
          approval: { automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: [] }, steps: [] },
        }),
      ],
    });
    const snapshot = merge({ rules: quick });
    const decision = decidePull(snapshot);
    const input = {
      desired: decision.grants[0]!.desired,
      manifest: quick,
      approvals: [],
      usage: [],
      asOf: snapshot.asOf,
    };
    expect(decideMerged(input, mergeFacts(snapshot, decision)).verdict).toBe("approved");
    expect(decideMerged(input, undefined).verdict).toBe("waiting");
  });
});

/** A request of which nothing goes on has no merge to be decided by; it waits. */
function laterOf(decision: PullDecision, one: PullDecision["grants"][number]): string {
  const goesOn = decision.grants.some((other) => other.item.request === one.item.request && isApproved(other));
  return goesOn ? one.decision.verdict : "waiting";
}
