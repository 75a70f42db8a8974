import { decidePull } from "../../../lib/approval";
import type { ReviewVerdict } from "../../../lib/approval";
import type { PullReview } from "../../../lib/model/snapshot";
import { connection, hours, manifest, request, rule } from "../../support/core";
import {
  accepted,
  account,
  added,
  commit,
  content,
  email,
  pins,
  review,
  rules,
  sha,
  snapshot,
  tree,
  type SnapshotParts,
} from "../support/snapshots";

/** What becomes of the last review. */
function verdictOf(parts: SnapshotParts): ReviewVerdict {
  return decidePull(snapshot(parts)).reviews.at(-1)!.verdict;
}

function withReviews(...reviews: readonly PullReview[]): SnapshotParts {
  return { pull: { reviews } };
}

const crew = [...manifest().groups, { name: "crew", members: [], groups: [], githubTeam: "acme/crew" }];
const byCrew = rules({
  groups: crew,
  rules: [rule("orders-read", { approval: { steps: [{ approvals: 1, from: { kind: "groups", groups: ["crew"] } }] } })],
});
const zoe = { team: "acme/crew", members: [account("zoe")] };

describe("who counts", () => {
  it("is whoever has the pinned id, whatever their login is now", () => {
    expect(verdictOf(withReviews(review("carol", { by: account("carol", { login: "caroline" }) })))).toEqual({
      kind: "counts",
    });
  });

  it.each<[string, string, SnapshotParts]>([
    ["a bot", "is a bot", withReviews(review("carol", { by: account("carol", { kind: "bot" }) }))],
    ["an App by its login", "is a bot", withReviews(review("x", { by: account("helper[bot]") }))],
    [
      "an organization",
      "is an organization",
      withReviews(review("x", { by: account("acme", { kind: "organization" }) })),
    ],
    [
      "a mannequin",
      "is a placeholder for an account",
      withReviews(review("x", { by: account("m", { kind: "mannequin" }) })),
    ],
    ["who may not push", "may not push to the repository", withReviews(review("carol", { mayPush: false }))],
    ["a stranger", "is not known to the rules", withReviews(review("mallory"))],
    ["who is not asked", "is in no group that is asked", withReviews(review("erin"))],
    [
      "who gains access",
      "gains access",
      { ...withReviews(review("alice")), pull: { author: account("bob"), reviews: [review("alice")] } },
    ],
    ["the author", "is the author", { pull: { author: account("carol"), reviews: [review("carol")] } }],
    [
      "an author of its commits",
      "is an author of its commits",
      { pull: { commits: [commit("head", { author: account("carol") })], reviews: [review("carol")] } },
    ],
    [
      "a committer",
      "is a committer",
      { pull: { commits: [commit("head", { committer: account("carol") })], reviews: [review("carol")] } },
    ],
    [
      "a co-author",
      "is a co-author",
      { pull: { commits: [commit("head", { coAuthors: [account("carol")] })], reviews: [review("carol")] } },
    ],
    [
      "the author under a new login",
      "is the author",
      { pull: { author: account("carol", { login: "caz" }), reviews: [review("carol")] } },
    ],
    [
      "whose login made it from another account",
      "is the author",
      { pull: { author: account("x", { login: "Carol" }), reviews: [review("carol")] } },
    ],
    [
      "who is not pinned",
      "is not pinned as carol@example.com",
      { pinned: pins(rules()).filter(({ id }) => id !== 3), ...withReviews(review("carol")) },
    ],
    [
      "who took over a login",
      "took over the login of carol@example.com",
      withReviews(review("x", { by: { id: 77, login: "CAROL", kind: "user" } })),
    ],
    ["whose approval is too old", "approved more than 30 d ago", withReviews(review("carol", { at: hours(-30 * 24) }))],
    ["whose approval has no time", "approved more than 30 d ago", withReviews(review("carol", { at: "yesterday" }))],
  ])("is not %s", (_, why, parts) => {
    expect(verdictOf(parts)).toEqual({ kind: "excluded", why });
    expect(decidePull(snapshot(parts)).verdict).toBe("waiting");
  });

  it("is not a deleted account, whatever it approved", () => {
    const { by: _, ...gone } = review("carol");
    expect(verdictOf(withReviews(gone))).toEqual({ kind: "excluded", why: "is a deleted account" });
  });

  it("is not whoever answers for the machine that gains", () => {
    const house = rules({
      groups: [...manifest().groups, { name: "both", members: [email("erin"), email("carol")], groups: [] }],
      rules: [
        rule("orders-read", {
          who: ["service:ci"],
          approval: { steps: [{ approvals: 1, from: { kind: "groups", groups: ["both"] } }] },
        }),
      ],
    });
    const subject = { requestChanges: [added(request("r1", { for: ["service:ci"] }))] };
    expect(verdictOf({ rules: house, subject, ...withReviews(review("erin")) })).toEqual({
      kind: "excluded",
      why: "answers for service:ci, which gains access",
    });
  });

  it("is not one account that is pinned for two people", () => {
    const pinned = [...pins(rules()), { person: email("dave"), login: "dave", id: 3 }];
    expect(verdictOf({ pinned, ...withReviews(review("carol")) })).toEqual({
      kind: "excluded",
      why: "is the account of carol@example.com and of dave@example.com",
    });
  });

  it("is a pin only as long as person and login are those of the rules", () => {
    const pinned = pins(rules()).map((pin) => (pin.id === 3 ? { ...pin, login: "carol-before" } : pin));
    expect(verdictOf({ pinned, ...withReviews(review("carol")) })).toMatchObject({ kind: "excluded" });
  });
});

describe("a member of a team", () => {
  it("counts without being declared, by numeric id", () => {
    const decision = decidePull(snapshot({ rules: byCrew, teams: [zoe], ...withReviews(review("zoe")) }));
    expect(decision.verdict).toBe("approved");
    expect(decision.grants[0]!.decision.approvers).toEqual([`github:${account("zoe").id}`]);
  });

  it("counts as the User whom they are pinned as", () => {
    const teams = [{ team: "acme/crew", members: [account("carol")] }];
    const decision = decidePull(snapshot({ rules: byCrew, teams, ...withReviews(review("carol")) }));
    expect(decision.grants[0]!.decision.approvers).toEqual([email("carol")]);
  });

  it("does not count undeclared while it is not known who gains: they could be the same", () => {
    const pinned = pins(byCrew).filter(({ id }) => id !== 1);
    const verdict = verdictOf({ rules: byCrew, teams: [zoe], pinned, ...withReviews(review("zoe")) });
    expect(verdict).toEqual({
      kind: "excluded",
      why: "is not declared, and could be alice@example.com, whose account is not pinned",
    });
  });

  it("does not count as the author", () => {
    const parts = { rules: byCrew, teams: [zoe], pull: { author: account("zoe"), reviews: [review("zoe")] } };
    expect(verdictOf(parts)).toEqual({ kind: "excluded", why: "is the author" });
  });

  it("never counts for another team than their own, nor once they left", () => {
    const teams = [
      { team: "acme/crew", members: [] },
      { team: "acme/others", members: [account("zoe")] },
    ];
    expect(decidePull(snapshot({ rules: byCrew, teams, ...withReviews(review("zoe")) })).verdict).toBe("waiting");
  });

  it.each([
    ["gone or not readable", [{ team: "acme/crew", members: null }]],
    ["not read at all", []],
  ])("of a team that is %s: refused, and said", (_, teams) => {
    const decision = decidePull(snapshot({ rules: byCrew, teams, ...withReviews(review("zoe")) }));
    expect(decision).toMatchObject({
      verdict: "refused",
      refused: [{ why: "team unreadable", sentence: "The members of crew could not be read from GitHub." }],
    });
    expect(decision.grants[0]!.openSteps).toMatchObject([{ unreadable: ["crew"] }]);
  });
});

describe("the reviews of one person", () => {
  it.each<[string, readonly PullReview[], string]>([
    ["an approval that was dismissed", [review("carol", { state: "dismissed" })], "waiting"],
    [
      "changes asked for after an approval",
      [review("carol"), review("carol", { state: "changes requested" })],
      "waiting",
    ],
    ["a dismissal after an approval", [review("carol"), review("carol", { state: "dismissed" })], "waiting"],
    [
      "an approval after changes were asked for",
      [review("carol", { state: "changes requested" }), review("carol")],
      "approved",
    ],
    ["a comment after an approval", [review("carol"), review("carol", { state: "commented" })], "approved"],
    [
      "changes asked for by somebody else",
      [review("carol"), review("dave", { state: "changes requested" })],
      "approved",
    ],
    ["a comment alone", [review("carol", { state: "commented" })], "waiting"],
  ])("%s", (_, reviews, verdict) => {
    expect(decidePull(snapshot(withReviews(...reviews))).verdict).toBe(verdict);
  });

  it("count once: two places need two people", () => {
    const two = rules({
      rules: [
        rule("orders-read", { approval: { steps: [{ approvals: 2, from: { kind: "groups", groups: ["leads"] } }] } }),
      ],
    });
    expect(decidePull(snapshot({ rules: two, ...withReviews(review("carol"), review("carol")) })).verdict).toBe(
      "waiting",
    );
    expect(decidePull(snapshot({ rules: two, ...withReviews(review("carol"), review("dave")) })).verdict).toBe(
      "approved",
    );
  });

  it("are told as withdrawn, with why", () => {
    const { reviews } = decidePull(snapshot(withReviews(review("carol"), review("carol", { state: "dismissed" }))));
    expect(reviews.map(({ verdict }) => verdict)).toEqual([
      { kind: "withdrawn", why: "a later review was dismissed" },
      { kind: "withdrawn", why: "it was dismissed" },
    ]);
  });
});

describe("an approval of another commit", () => {
  const asked = request("r1", { durationSeconds: 3600 });
  const first = content("first", { requestChanges: [added(asked)] });
  const at = (subject: readonly ReturnType<typeof added>[], more: SnapshotParts = {}): SnapshotParts => ({
    subject: { requestChanges: subject },
    reviewed: [first],
    ...withReviews(review("carol", { on: "first" })),
    ...more,
  });

  it("counts where it asked for the same or for more", () => {
    expect(verdictOf(at([added(asked)]))).toEqual({ kind: "counts" });
    expect(verdictOf(at([added({ ...asked, durationSeconds: 60 })]))).toEqual({ kind: "counts" });
    expect(verdictOf(at([added(asked, "requests/elsewhere.yaml")]))).toEqual({ kind: "counts" });
    expect(verdictOf(at([]))).toEqual({ kind: "counts" });
  });

  it.each<[string, readonly ReturnType<typeof added>[], string]>([
    [
      "another grant",
      [added(asked), added(request("r2", { for: [email("bob")] }))],
      "adds 1 grant (bob@example.com on orders-db/read)",
    ],
    [
      "a longer one",
      [added({ ...asked, durationSeconds: 7200 })],
      "changes 1 grant (alice@example.com on orders-db/read)",
    ],
    ["another reason", [added({ ...asked, reason: "INC-2" })], "changes 1 grant (alice@example.com on orders-db/read)"],
    ["another name", [added({ ...asked, name: "r9" })], "adds 1 grant (alice@example.com on orders-db/read)"],
  ])("is void where this one has %s, and says what", (_, changes, words) => {
    const verdict = verdictOf(at(changes));
    expect(verdict).toMatchObject({ kind: "void", why: `this commit ${words}` });
    expect(verdict.kind === "void" && verdict.adds.length).toBe(1);
    const decision = decidePull(snapshot(at(changes)));
    expect(decision.verdict).toBe("waiting");
    expect(decision.approvals).toEqual([]);
  });

  it("is void where its commit is gone, or never told", () => {
    expect(verdictOf(at([added(asked)], { reviewed: [] }))).toMatchObject({
      kind: "void",
      why: "its commit is no longer known",
    });
    const { commit: _, ...nowhere } = review("carol");
    expect(verdictOf(withReviews(nowhere))).toMatchObject({ kind: "void" });
  });

  it("is void where its own files could not be read, or used a name twice", () => {
    const broken = content("first", { requestChanges: [{ path: "requests/r1.yaml", before: null, after: "{" }] });
    expect(verdictOf(at([added(asked)], { reviewed: [broken] }))).toMatchObject({ kind: "void" });
    const both = [added({ ...asked, durationSeconds: 60 }), added(asked, "requests/b.yaml")];
    const twice = content("first", { requestChanges: both });
    expect(verdictOf(at([added(asked)], { reviewed: [twice] }))).toMatchObject({ kind: "void" });
  });

  it("covers nothing that its own base had already", () => {
    const there = content("first", { requestChanges: [{ ...added(asked), before: added(asked).after }] });
    expect(verdictOf(at([added(asked)], { reviewed: [there] }))).toMatchObject({ kind: "void" });
  });
});

describe("a base that moved to other rules", () => {
  const weak = rules({ rules: [rule("orders-read", { maxDurationSeconds: 7 * 3600 })] });
  const stale = { baseGoverned: tree("earlier"), governed: tree("earlier") };

  it("voids an approval whose rule is another now: update the branch", () => {
    const verdict = verdictOf({
      subject: stale,
      earlierPolicies: [accepted("earlier", weak)],
      ...withReviews(review("carol")),
    });
    expect(verdict).toMatchObject({ kind: "void" });
    expect(verdict.kind === "void" && verdict.why).toContain("update the branch");
  });

  it("keeps an approval whose rule is the same", () => {
    const earlier = rules({ connections: [...rules().connections, connection("orders-db", "drop")] });
    const parts = { subject: stale, earlierPolicies: [accepted("earlier", earlier)], ...withReviews(review("carol")) };
    expect(decidePull(snapshot(parts)).verdict).toBe("approved");
  });

  it("voids an approval made on rules that were never accepted", () => {
    const verdict = verdictOf({ subject: stale, ...withReviews(review("carol")) });
    expect(verdict).toMatchObject({ kind: "void" });
    expect(verdict.kind === "void" && verdict.why).toContain("never accepted");
  });

  it("voids an approval where this base lost a safeguard", () => {
    const masked = rules({ connections: [connection("orders-db", "read", { maskingRules: ["pan"] })] });
    const bare = rules({ connections: [connection("orders-db", "read")] });
    const parts = (before: typeof masked, now: typeof masked): SnapshotParts => ({
      rules: now,
      subject: stale,
      earlierPolicies: [accepted("earlier", before)],
      ...withReviews(review("carol")),
    });
    expect(verdictOf(parts(masked, bare))).toMatchObject({ kind: "void" });
    expect(verdictOf(parts(bare, masked))).toEqual({ kind: "counts" });
  });
});

describe("commits that GitHub does not vouch for", () => {
  const unverified = { commits: [commit("first"), commit("head", { verified: false })] };

  it("ask one person more of the last step", () => {
    const one = decidePull(snapshot({ pull: { ...unverified, reviews: [review("carol")] } }));
    expect(one).toMatchObject({ verdict: "waiting", unverified: true });
    expect(one.grants[0]!.decision.tree.children[0]!.sentence).toBe(
      "Step 1, 1 of leads, and one more since a commit is not verified: waiting for 1 more approval",
    );
    const both = { ...unverified, reviews: [review("carol"), review("dave")] };
    expect(decidePull(snapshot({ pull: both })).verdict).toBe("approved");
  });

  it("do not where the branch asks for approval of the last push", () => {
    const pull = { ...unverified, reviews: [review("carol")] };
    expect(decidePull(snapshot({ pull, lastPushApproved: true }))).toMatchObject({
      verdict: "approved",
      unverified: true,
    });
  });

  it.each([
    ["a name without an account", commit("head", { unknownPeople: 1 })],
    ["no known author", withoutKey(commit("head"), "author")],
    ["no known committer", withoutKey(commit("head"), "committer")],
  ])("are those with %s too", (_, made) => {
    expect(decidePull(snapshot({ pull: { commits: [made], reviews: [review("carol")] } })).verdict).toBe("waiting");
  });
});

function withoutKey<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}

it("names everybody who cannot approve, and why", () => {
  const { cannotApprove } = decidePull(
    snapshot({
      pull: {
        author: account("bob"),
        commits: [commit("head", { committer: account("web-flow"), coAuthors: [account("mallory")] })],
      },
    }),
  );
  expect(cannotApprove).toEqual([
    { person: email("alice"), why: "gains access" },
    { login: "bob", person: email("bob"), why: "is the author" },
    { login: "mallory", why: "is a co-author" },
  ]);
  expect(sha("head")).toHaveLength(40);
});
