import { decidePull } from "../../../lib/approval";
import type { PullDecision } from "../../../lib/approval";
import type { RequestChange, SnapshotLog } from "../../../lib/model/snapshot";
import { desiredState } from "../../../lib/policy";
import { writeRequest } from "../../../lib/request";
import { activeGrant, hours, installation, now, request, rule, state } from "../../support/core";
import { added, edited, email, mergedLog, pathOf, removed, review, rules, snapshot } from "../support/snapshots";

const old = request("old", { access: ["orders-db/read", "orders-db/write"], durationSeconds: 7200 });

function decide(requestChanges: readonly RequestChange[], log: Partial<SnapshotLog> = mergedLog(old)): PullDecision {
  return decidePull(snapshot({ subject: { requestChanges }, log, pull: { reviews: [review("carol")] } }));
}

function codes(decision: PullDecision): readonly string[] {
  return decision.diagnostics.map(({ code }) => code);
}

function outcomes(decision: PullDecision): readonly string[] {
  return decision.files.map(({ path, outcome }) => `${path} ${outcome}`);
}

describe("a merged request", () => {
  it("that is removed needs no approval, and says what ends", () => {
    const decision = decide([removed(old)]);
    expect(decision).toMatchObject({ verdict: "nothing to approve", requests: [] });
    expect(decision.narrowing).toEqual([
      {
        request: "old",
        kind: "removed",
        grants: 2,
        sentence:
          "Request old is removed: 2 grants end (alice@example.com on orders-db/write and alice@example.com on orders-db/read).",
      },
    ]);
  });

  it.each([
    ["shorter", { durationSeconds: 3600 }, 2],
    ["for less", { access: ["orders-db/read"] }, 1],
    ["earlier over", { startBefore: hours(2) }, 2],
    ["later open", { startAfter: hours(1) }, 2],
  ])("that gets %s needs no approval", (_, edit, grants) => {
    const decision = decide([edited(old, { ...old, ...edit })]);
    expect(decision).toMatchObject({ verdict: "nothing to approve", diagnostics: [], widening: [] });
    expect(decision.narrowing).toMatchObject([{ request: "old", kind: "narrowed", grants }]);
    expect(decision.requests).toEqual([{ ...old, ...edit }]);
  });

  it.each([
    ["longer", { durationSeconds: 10_800 }, "it got longer", 9],
    ["without a duration of its own", { durationSeconds: 60 }, undefined, 0],
    ["for somebody else", { for: [email("bob")] }, "bob@example.com was added", 7],
    ["for a group with others", { for: ["group:backend"] }, "group:backend was added", 7],
    ["for an unknown group", { for: ["group:nobody"] }, "group:nobody was added", 7],
    ["later over", { startBefore: hours(30) }, "startBefore moved to later", 10],
    ["for another reason", { reason: "INC-9" }, "its reason changed", 11],
    ["with a ticket", { ticket: "INC-9" }, "its ticket changed", 12],
    ["under another rule", { rule: "orders-read" }, "its rule changed", 12],
    ["as an extension", { extends: "other" }, "what it extends changed", 12],
  ])("that is edited %s is E112 at its place, and goes on as it was merged", (_, edit, words, line) => {
    const decision = decide([edited(old, { ...old, ...edit })]);
    if (words === undefined) return expect(codes(decision)).toEqual([]);
    expect(decision.verdict).toBe("refused");
    expect(decision.diagnostics).toMatchObject([
      { code: "E112", detail: `old is merged, but ${words}`, where: { file: "requests/old.yaml", line } },
    ]);
    expect(decision.requests).toEqual([old]);
    expect(decision.widening).toEqual([]);
  });

  it("that says no longer how long is held to the rule's default", () => {
    const { durationSeconds: _, ...unsaid } = old;
    expect(codes(decide([edited(old, unsaid)]))).toEqual([]);
    const short = { ...old, durationSeconds: 600 };
    const { durationSeconds: __, ...longer } = short;
    expect(codes(decide([edited(short, longer)], mergedLog(short)))).toEqual(["E112"]);
  });

  it("that moves to another file is no change", () => {
    const to = "requests/2026/old.yaml";
    const decision = decide([removed(old), added(old, to)]);
    expect(decision).toMatchObject({ verdict: "nothing to approve", narrowing: [], diagnostics: [] });
    expect(outcomes(decision)).toEqual(["requests/old.yaml moved", `${to} moved`]);
  });

  it("whose file becomes unreadable is not removed", () => {
    const decision = decide([{ path: pathOf(old), before: writeRequest(old), after: null, unreadable: "link" }]);
    expect(decision).toMatchObject({ verdict: "invalid", narrowing: [], requests: [old] });
  });

  it("changes nothing else: two files that trade their contents are moves", () => {
    const [a, b] = [request("a"), request("b")];
    const changes = [edited(a, b, pathOf(a)), edited(b, a, pathOf(b))];
    expect(decide(changes, mergedLog(a, b))).toMatchObject({ verdict: "nothing to approve", narrowing: [] });
  });
});

describe("a merged request for a group", () => {
  const group = request("old", { for: ["group:backend"] });

  it("may come to name some of its people, and no other group, though all of that were meant", () => {
    const inner = [...rules().groups, { name: "inner", members: [email("alice")], groups: [] }];
    const decideFor = (who: readonly string[]): PullDecision =>
      decidePull(
        snapshot({
          rules: rules({ groups: inner }),
          subject: { requestChanges: [edited(group, { ...group, for: who })] },
          log: mergedLog(group),
        }),
      );
    expect(codes(decideFor([email("alice")]))).toEqual([]);
    expect(codes(decideFor(["group:inner"]))).toEqual(["E112"]);
    expect(codes(decideFor([email("alice"), "group:inner"]))).toEqual(["E112"]);
    expect(codes(decideFor([email("carol")]))).toEqual(["E112"]);
  });
});

describe("a name", () => {
  const fresh = request("r1");

  it("that two files use is E106 in both", () => {
    const decision = decide([added(fresh), added(fresh, "requests/copy.yaml")]);
    expect(decision.verdict).toBe("invalid");
    expect(decision.diagnostics).toMatchObject([
      { code: "E106", where: { file: "requests/r1.yaml", line: 5 } },
      { code: "E106", where: { file: "requests/copy.yaml", line: 5 } },
    ]);
  });

  it("of a merged request in a file that stays cannot be taken by another file", () => {
    expect(codes(decide([added(old, "requests/again.yaml")]))).toEqual(["E106"]);
  });

  it.each([
    ["removed", { removedAt: hours(-2), spent: false }],
    ["refused or spent", { spent: true }],
    ["known and not merged", { spent: false }],
  ])("that was %s cannot be used again", (_, known) => {
    const names = { r1: { digest: "d", mergedAt: hours(-3), ...known } };
    const decision = decide([added(fresh)], { names });
    expect(decision).toMatchObject({ verdict: "refused", widening: [] });
    expect(decision.diagnostics).toMatchObject([{ code: "E113", where: { line: 5 } }]);
  });

  it("that was removed stays used up, even where it is still listed as merged", () => {
    const log = mergedLog(fresh);
    const names = { r1: { ...log.names["r1"]!, removedAt: hours(-2) } };
    expect(codes(decide([edited(fresh, { ...fresh, durationSeconds: 60 })], { ...log, names }))).toEqual(["E113"]);
  });

  it("that is spent may lie where it lay, and move", () => {
    const names = { r1: { digest: "d", mergedAt: hours(-3), spent: true } };
    const decision = decide([removed(fresh), added(fresh, "requests/moved.yaml")], { names });
    expect(decision).toMatchObject({ verdict: "nothing to approve", diagnostics: [] });
  });

  it("may be that of something every object has", () => {
    const strange = request("constructor");
    const decision = decide([added(strange)], {});
    expect(decision).toMatchObject({ verdict: "approved", diagnostics: [] });
  });
});

describe("a file", () => {
  it.each([
    ["link", "E101"],
    ["submodule", "E101"],
    ["not UTF-8", "E101"],
    ["too large", "E109"],
  ] as const)("that is a %s is told, and makes the commit invalid", (unreadable, code) => {
    const decision = decide([{ path: "requests/x.yaml", before: null, after: null, unreadable }, added(request("r1"))]);
    expect(decision.verdict).toBe("invalid");
    expect(decision.diagnostics).toMatchObject([{ code, where: { file: "requests/x.yaml" } }]);
    expect(decision.grants.map((one) => one.decision.verdict)).toEqual(["refused"]);
  });

  it.each([
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["a key twice", (text: string) => `${text}  reason: another\n`],
    ["two documents", (text: string) => `${text}---\n${text}`],
    ["an alias", (text: string) => text.replace('"INC-4711"', "*a")],
    ["nothing", () => ""],
  ])("with %s cannot be read", (_, spoil) => {
    const text = spoil(writeRequest(request("r1")));
    const decision = decide([{ path: "requests/r1.yaml", before: null, after: text }], {});
    expect(decision).toMatchObject({ verdict: "invalid", files: [{ outcome: "invalid" }] });
    expect(decision.diagnostics.length).toBeGreaterThan(0);
  });

  it("with carriage returns says the same", () => {
    const text = writeRequest(request("r1")).replaceAll("\n", "\r\n");
    expect(decide([{ path: "requests/r1.yaml", before: null, after: text }], {}).verdict).toBe("approved");
  });

  it("of which nothing comes is refused, not passed over", () => {
    const nobody = [...rules().groups, { name: "nobody", members: [], groups: [] }];
    const made = snapshot({
      rules: rules({ groups: nobody }),
      subject: { requestChanges: [added(request("r1", { for: ["group:nobody"] }))] },
    });
    expect(decidePull(made)).toMatchObject({
      verdict: "refused",
      refused: [{ why: "nothing planned", sentence: "Nothing comes of requests/r1.yaml." }],
      files: [{ outcome: "nothing" }],
    });
  });

  it("always has its row", () => {
    const changes = [
      added(request("new")),
      removed(old),
      { path: "requests/bad.yaml", before: null, after: "{" },
      { path: "requests/gone.yaml", before: "{", after: null },
    ];
    expect(outcomes(decide(changes))).toEqual([
      "requests/new.yaml new",
      "requests/old.yaml removed",
      "requests/bad.yaml invalid",
      "requests/gone.yaml removed",
    ]);
  });
});

describe("what rules refuse", () => {
  it("is told by pair, and the rest is decided by itself", () => {
    const decision = decide([added(request("r1", { access: ["orders-db/read", "orders-db/drop"] }))], {});
    expect(decision).toMatchObject({
      verdict: "refused",
      refused: [],
      refusals: [{ request: "r1", connection: "orders-db/drop", reason: "unknown connection" }],
    });
    expect(decision.grants.map((one) => one.decision.verdict)).toEqual(["approved"]);
  });

  it("includes what is asked for a team, which may only approve", () => {
    const groups = [...rules().groups, { name: "crew", members: [], groups: [], githubTeam: "acme/crew" }];
    const made = snapshot({
      rules: rules({ groups }),
      subject: { requestChanges: [added(request("r1", { for: ["group:crew"] }))] },
    });
    expect(decidePull(made).refusals).toMatchObject([{ reason: "group may only approve" }]);
  });
});

describe("a request for a group", () => {
  const house = rules({ rules: [rule("orders-read", { who: [email("alice"), email("bob")] })] });

  it("has an item per person and per membership", () => {
    const subject = { requestChanges: [added(request("r1", { for: ["group:backend"] }))] };
    const { widening } = decidePull(snapshot({ rules: house, subject }));
    expect(widening.map(({ kind }) => kind)).toEqual(["grant", "grant", "membership", "membership"]);
  });
});

describe("a commit that removes much", () => {
  const many = Array.from({ length: 7 }, (_, index) => request(`m${index}`));
  const desired = desiredState({
    installation,
    manifest: rules(),
    requests: { requests: many },
    asOf: now,
    state: state(),
  }).grants;
  const grants = desired.map((one) => activeGrant(one, hours(-0.5)));

  it("says so, and that the apply will wait", () => {
    const log = { ...mergedLog(...many), grants, activeGrants: 20 };
    const decision = decide(
      many.map((one) => removed(one)),
      log,
    );
    expect(decision.verdict).toBe("nothing to approve");
    expect(decision.diagnostics).toMatchObject([
      {
        code: "E304",
        severity: "warning",
        detail: "7 active grants of 20 would end because their requests are removed",
      },
    ]);
    expect(decision.diagnostics[0]!.fix).toContain("--confirm-removals 7");
  });

  it("says it of everything that there is, however few", () => {
    const [one] = many;
    const log = { ...mergedLog(one!), grants: grants.slice(0, 1), activeGrants: 1 };
    const ofOne = { ...log, grants: grants.filter(({ facts }) => facts.request === one!.name) };
    expect(codes(decide([removed(one!)], ofOne))).toEqual(["E304"]);
    expect(codes(decide([removed(one!)], { ...ofOne, activeGrants: 20 }))).toEqual([]);
  });
});
