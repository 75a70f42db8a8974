import type { LeaseAction } from "../../lib/model/action";
import type { Decision } from "../../lib/model/decision";
import type { GrantState } from "../../lib/model/log-state";
import type { Plan } from "../../lib/model/plan";
import { plusSeconds } from "../../lib/model/instant";
import { makePlan } from "../../lib/plan";
import { hours, installation, manifest, now, request, rule } from "../support/core";
import { ToyWorld } from "./toy-world";

const alice = "alice@example.com";
const bob = "bob@example.com";
const byAlice = { id: alice, authenticatedBy: "gateway" } as const;

/** A world where alice reads orders-db by request r1 since `now`, for two hours. */
function running(more: Parameters<typeof request>[1] = {}): ToyWorld {
  const world = new ToyWorld(manifest());
  world.requests = [request("r1", { durationSeconds: 7200, ...more })];
  world.apply();
  return world;
}

function leases(plan: Plan): readonly LeaseAction[] {
  return plan.actions.filter((action): action is LeaseAction => action.family === "lease");
}

/** What a plan does to leases, a line each. */
function told(plan: Plan): readonly string[] {
  return leases(plan).map(({ kind, reason, subject, after }) =>
    [kind, reason, subject.request ?? "?", subject.person.split("@")[0], after?.endsAt].filter(Boolean).join(" "),
  );
}

function grantOf(world: ToyWorld, name: string): GrantState {
  return [...world.grants.values()].find(({ facts }) => facts.request === name)!;
}

describe("an activation", () => {
  it("says who, what, why, until when at worst, and who is asked", () => {
    const world = new ToyWorld(manifest(), { holds: { entry: true, sessions: false, overrun: "one duration" } });
    world.requests = [request("r1", { ticket: "INC-1", for: ["group:backend"] })];
    const [action] = leases(world.plan());
    expect(action).toMatchObject({
      kind: "activate",
      reason: "requested",
      direction: "widens",
      before: null,
      after: { durationSeconds: 3600, worstCaseEnd: hours(26) },
      why: "INC-4711",
      ticket: "INC-1",
      rule: "orders-read",
      class: "high",
      approval: "1 of leads",
      effective: { before: "none", after: "read (r1 via backend)" },
      waitsForPolicy: false,
    });
    expect(world.plan().approvals).toEqual([
      { request: "r1", grants: expect.any(Array), rule: "orders-read", steps: ["1 of leads"] },
    ]);
  });

  it("has no worst case where nothing bounds a session", () => {
    const world = new ToyWorld(manifest(), { holds: { entry: true, sessions: false, overrun: "unbounded" } });
    world.requests = [request("r1")];
    expect(leases(world.plan())[0]!.after).toEqual({ durationSeconds: 3600 });
  });

  it("needs an approval once decisions are given", () => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1", { for: ["group:backend"] })];
    const [first, second] = world.desired().grants;
    const decision = (grant: string, verdict: Decision["verdict"]): [string, Decision] => [
      grant,
      {
        grant,
        request: "r1",
        verdict,
        by: "people",
        approvers: [],
        tree: { kind: "rule", verdict: "met", sentence: "", children: [] },
      },
    ];
    const plan = world.plan({ decisions: new Map([decision(first!.id, "approved"), decision(second!.id, "waiting")]) });
    expect(leases(plan).map((action) => action.subject.grant)).toEqual([first!.id]);
    expect(plan.approvals).toMatchObject([{ grants: [second!.id] }]);
    const refused = world.plan({ decisions: new Map([decision(first!.id, "refused")]) });
    expect(leases(refused)).toMatchObject([
      { kind: "reject", reason: "refused by a rule", subject: { grant: first!.id } },
    ]);
  });

  it("is automatic where the rule says so, and its budget counts this plan's earlier ones", () => {
    const automatic = {
      when: { kind: "memberOf", groups: ["backend"] },
      budget: { grants: 1, perSeconds: 86_400 },
      never: [],
    } as const;
    const steps = [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }] as const;
    const world = new ToyWorld(
      manifest({
        rules: [rule("both", { may: ["orders-db/read", "orders-db/write"], approval: { automatic, steps } })],
      }),
    );
    world.requests = [request("r1", { access: ["orders-db/read", "orders-db/write"] })];
    const plan = world.plan();
    expect(
      leases(plan)
        .map((action) => action.approval)
        .sort(),
    ).toEqual(["1 of leads", "automatic"]);
    expect(plan.approvals).toMatchObject([
      { automatic: "Automatic approval: not used, the budget of 1 grant in 1 d is used up (1 used)" },
    ]);
  });

  it("is not called automatic where it was decided otherwise, or where nobody can approve it", () => {
    const automatic = { when: { kind: "memberOf", groups: ["backend"] }, never: [] } as const;
    const approval = { automatic, steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }] } as const;
    const world = new ToyWorld(manifest({ rules: [rule("r", { approval })] }));
    world.requests = [request("r1")];
    const [grant] = world.desired().grants;
    const sentence = "Automatic approval: not used, a commit is not verified";
    const why = { kind: "automatic", verdict: "failed", sentence, children: [] } as const;
    const decided = (children: Decision["tree"]["children"]): ReadonlyMap<string, Decision> => {
      const tree = { kind: "rule", verdict: "open", sentence: "waiting for 1 more", children } as const;
      return new Map([
        [grant!.id, { grant: grant!.id, request: "r1", verdict: "waiting", by: "nobody", approvers: [], tree }],
      ]);
    };
    expect(world.plan({ decisions: decided([why]) }).approvals).toMatchObject([
      { steps: ["1 of leads"], automatic: sentence },
    ]);
    expect(world.plan({ decisions: decided([]) }).approvals).toMatchObject([
      { steps: ["1 of leads"], automatic: "Automatic approval: not used, waiting for 1 more" },
    ]);
    const onGitHub = new ToyWorld(manifest({ rules: [rule("r", { approval })], approvals: "github" }));
    onGitHub.requests = [request("r1")];
    expect(leases(onGitHub.plan()).map((action) => action.approval)).toEqual(["automatic"]);
    const names = new Map([["r1", { digest: "0".repeat(64), mergedAt: hours(-1), spent: false }]]);
    const plan = onGitHub.plan({ state: { ...onGitHub.state, names } });
    expect(leases(plan)).toEqual([]);
    expect(plan.approvals).toEqual([
      { request: "r1", grants: [grant!.id], rule: "r", steps: [expect.stringContaining("nobody can approve it")] },
    ]);
  });

  it("on a pair with a lease is one change of it, and its shorter successor leaves the end alone", () => {
    const world = running();
    world.now = hours(1);
    world.requests.push(request("r2", { durationSeconds: 3 * 3600 }));
    expect(told(world.plan())).toEqual(["change extended r2 alice"]);
    expect(leases(world.plan())[0]).toMatchObject({ before: { endsAt: hours(2) }, after: { durationSeconds: 10_800 } });
    world.apply();
    expect(world.rows).toMatchObject([{ endsAt: hours(4), correlation: { grant: grantOf(world, "r2").facts.grant } }]);
  });

  it("of two requests for one new pair is one activation and one change", () => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1"), request("r2")];
    expect(leases(world.plan()).map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      "activate requested",
      "change extended",
    ]);
  });

  it("is not repeated for what is under way, and is for what never got there", () => {
    const world = running();
    const grant = grantOf(world, "r1");
    world.grants.set(grant.facts.grant, { ...grant, phase: "activating" });
    expect(told(world.plan())).toEqual([]);
    world.rows = [];
    expect(told(world.plan())).toEqual(["activate requested r1 alice"]);
    world.now = hours(3);
    expect(told(world.plan())).toEqual(["end never confirmed r1 alice"]);
  });
});

describe("what does not start", () => {
  it.each<[string, (world: ToyWorld) => void, string, string | undefined]>([
    [
      "waits for its earliest start",
      (world) => void (world.requests = [request("r1", { startAfter: hours(2) })]),
      "starts later",
      hours(2),
    ],
    [
      "waits for its rule's window, and says when that opens",
      (world) => {
        const windows = [{ kind: "between", from: hours(3), to: hours(5) }] as const;
        world.manifest = manifest({ rules: [rule("orders-read", { windows })] });
      },
      "window is closed",
      hours(3),
    ],
    [
      "waits for a window that opens too late without a time",
      (world) => {
        const windows = [{ kind: "between", from: hours(30), to: hours(31) }] as const;
        world.manifest = manifest({ rules: [rule("orders-read", { windows })] });
      },
      "window is closed",
      undefined,
    ],
    [
      "waits while its person has opted out",
      (world) => {
        const from = { kind: "class", class: "high" } as const;
        world.optOuts.set("o", { id: "o", person: alice, from, by: byAlice, at: now });
      },
      "opted out",
      undefined,
    ],
    [
      "waits while new access is frozen, also by the spool alone",
      (world) => {
        world.spool = [{ id: "f", at: now, body: { kind: "freeze", by: byAlice, note: "incident" } }];
      },
      "frozen",
      undefined,
    ],
  ])("%s", (_, change, why, from) => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1")];
    change(world);
    const plan = world.plan();
    expect(leases(plan)).toEqual([]);
    expect(plan.waiting).toMatchObject([{ request: "r1", why, startBefore: hours(24) }]);
    expect(plan.waiting[0]!.from).toBe(from);
  });

  it("is rejected for good when its latest start has passed", () => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1")];
    world.now = hours(24);
    expect(told(world.plan())).toEqual(["reject too late r1 alice"]);
    world.apply();
    expect(told(world.plan())).toEqual([]);
  });

  it("is rejected for good when its name is spent, or it was given back before it began", () => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1"), request("r2")];
    world.names.set("r1", { digest: "", mergedAt: now, spent: true });
    const grants = world
      .desired()
      .grants.filter((one) => one.request === "r2")
      .map((one) => one.id);
    world.spool = [{ id: "s", at: now, body: { kind: "end", grants, reason: "given back", by: byAlice } }];
    expect(told(world.plan())).toEqual(["reject spent r1 alice", "reject given back r2 alice"]);
  });

  it("is nothing at all while the Log is recovering", () => {
    const world = new ToyWorld(manifest());
    world.requests = [request("r1")];
    const input = world.input();
    const plan = world.plan({ state: { ...input.state, recovering: { since: now, why: "the Log is empty" } } });
    expect(plan.actions).toEqual([]);
    expect(plan.notes).toMatchObject([{ kind: "recovering" }]);
  });
});

describe("an ending", () => {
  it.each<[string, (world: ToyWorld) => void, string]>([
    ["comes with its end", (world) => void (world.now = hours(2)), "expired"],
    [
      "comes with its file's removal",
      (world) => void (world.requests = [request("r2", { startAfter: hours(20) })]),
      "request removed",
    ],
    [
      "comes with the pair's removal from its request",
      (world) =>
        void (world.requests = [
          { ...world.requests[0]!, access: ["orders-db/write"], startAfter: hours(20) },
          request("r2", { startAfter: hours(20) }),
        ]),
      "request removed",
    ],
    ["comes with its rule's", (world) => void (world.manifest = manifest({ rules: [] })), "no longer eligible"],
    ["comes with its person's", (world) => void (world.manifest = manifest({ users: [] })), "no longer eligible"],
    [
      "comes with an opt-out",
      (world) => {
        const from = { kind: "rule", rule: "orders-read" } as const;
        world.spool = [
          {
            id: "o",
            at: now,
            body: { kind: "opt-out", optOut: { id: "o", person: alice, from, by: byAlice, at: now } },
          },
        ];
      },
      "opted out",
    ],
    [
      "comes with the spool",
      (world) => {
        const grants = [...world.grants.keys()];
        world.spool = [{ id: "s", at: now, body: { kind: "end", grants, reason: "given back", by: byAlice } }];
      },
      "given back",
    ],
  ])("%s", (_, change, reason) => {
    const world = running();
    change(world);
    const ends = leases(world.plan()).filter((action) => action.kind === "end");
    expect(ends).toMatchObject([
      { reason, direction: "narrows", before: { endsAt: hours(2), worstCaseEnd: hours(2) }, after: null },
    ]);
    expect(ends[0]!.effective).toEqual({ before: "read (r1)", after: "none" });
    expect(ends[0]!.observed).toMatch(/^[0-9a-f]{64}$/);
  });

  it("comes with somebody's leaving a group that the request names", () => {
    const world = running({ for: ["group:backend"] });
    world.manifest = manifest({
      groups: manifest().groups.map((one) => (one.name === "backend" ? { ...one, members: [bob] } : one)),
      rules: [rule("orders-read", { who: [alice, bob] })],
    });
    expect(told(world.plan())).toEqual(["end no longer eligible r1 alice"]);
  });

  it("that was intended goes on under its own reason", () => {
    const world = running();
    const grant = grantOf(world, "r1");
    const ending = { reason: "revoked", by: byAlice, since: now } as const;
    world.grants.set(grant.facts.grant, { ...grant, ending });
    world.now = hours(9);
    expect(told(world.plan())).toEqual(["end revoked r1 alice"]);
  });

  it("of one of two grants leaves the lease, and shortens it where the latest end was its own", () => {
    const world = running();
    world.requests.push(request("r2", { durationSeconds: 4 * 3600 }));
    world.apply();
    expect(world.rows).toMatchObject([{ endsAt: hours(4) }]);
    const both = world.requests;
    world.requests = [both[1]!];
    expect(told(world.plan())).toEqual([`end request removed r1 alice ${hours(4)}`]);
    world.requests = [both[0]!];
    expect(told(world.plan())).toEqual([
      `end request removed r2 alice ${hours(2)}`,
      `change shortened r1 alice ${hours(2)}`,
    ]);
    world.apply();
    expect(world.rows).toMatchObject([{ endsAt: hours(2), correlation: { generation: 1 } }]);
    expect(told(world.plan())).toEqual([]);
  });

  it("happens outside when the gateway no longer holds it, and nothing is given again", () => {
    const world = running();
    world.rows = [];
    const plan = world.plan();
    expect(told(plan)).toEqual(["end ended outside r1 alice"]);
    expect(leases(plan)[0]!.observed).toBe(null);
    expect(plan.drift).toMatchObject([{ kind: "ended outside", subject: `${alice}@orders-db-read` }]);
    world.apply();
    expect(told(world.plan())).toEqual([]);
  });

  it("happens outside when somebody else's newer lease stands before ours", () => {
    const world = running();
    const { correlation: _correlation, ...row } = world.rows[0]!;
    world.rows.push({ ...row, ref: "foreign", createdAt: plusSeconds(now, 1) });
    const plan = world.plan();
    expect(told(plan)).toEqual(["end ended outside r1 alice"]);
    expect(leases(plan)[0]!.observed).not.toBe(null);
    expect(plan.drift.map((item) => item.kind)).toEqual(["foreign lease", "ended outside"]);
  });

  it("does not happen outside when a lease ran out that was asked for by a clock ahead of the gateway's, and set right since", () => {
    const world = running();
    const row = world.rows[0]!;
    world.rows = [{ ...row, createdAt: plusSeconds(now, -12), endsAt: plusSeconds(hours(2), -12) }];
    world.now = plusSeconds(hours(2), -10);
    expect(world.observed().leases).toMatchObject([{ status: "lapsed" }]);
    const plan = world.plan();
    expect(told(plan)).toEqual([]);
    expect(plan.drift).toEqual([]);
    world.now = hours(2);
    expect(told(world.plan())).toEqual(["end expired r1 alice"]);
  });

  it("happens outside when somebody moved its end to one that has passed, or left only an earlier lease that has", () => {
    const world = running();
    const row = world.rows[0]!;
    const earlier = { ...row, endsAt: hours(1) };
    world.now = hours(1.5);
    world.rows = [{ ...earlier, altered: true }];
    expect(told(world.plan())).toEqual(["end ended outside r1 alice"]);
    const grant = grantOf(world, "r1");
    world.grants.set(grant.facts.grant, { ...grant, generation: 1 });
    world.rows = [earlier];
    expect(told(world.plan())).toEqual(["end ended outside r1 alice"]);
  });

  it("happens outside when its connection was deleted there, also while a session of it lives on", () => {
    const world = running();
    const [row] = world.rows;
    world.now = hours(1);
    const seen = { ...world.observed(), leases: [{ ...row!, status: "lapsed" as const }] };
    expect(told(world.plan({ observed: new Map([[seen.gateway, seen]]) }))).toEqual(["end ended outside r1 alice"]);
  });

  it("waits for nobody: neither a frozen house, nor a recovering Log, nor a gateway that does not answer", () => {
    const world = running();
    world.now = hours(2);
    const { state } = world.input();
    expect(told(world.plan({ observed: new Map() }))).toEqual(["end expired r1 alice"]);
    expect(told(world.plan({ state: { ...state, recovering: { since: now, why: "" } } }))).toEqual([
      "end expired r1 alice",
    ]);
    world.spool = [{ id: "f", at: now, body: { kind: "freeze", by: byAlice, note: "" } }];
    expect(told(world.plan())).toEqual(["end expired r1 alice"]);
  });

  it("by a Manifest that is not accepted waits for it; one by the clock does not", () => {
    const world = running();
    world.requests.push(request("r2", { for: [bob], durationSeconds: 3600 }));
    world.apply();
    world.now = hours(1);
    world.manifest = manifest({ rules: [rule("orders-read", { who: [bob] })] });
    const plan = world.plan({ policyInForce: "another" });
    expect(leases(plan).map(({ reason, waitsForPolicy }) => [reason, waitsForPolicy])).toEqual([
      ["no longer eligible", true],
      ["expired", false],
    ]);
  });
});

it("gives nothing by a Manifest that is not accepted", () => {
  const world = new ToyWorld(manifest());
  world.requests = [request("r1")];
  const plan = world.plan({ policyInForce: "another" });
  expect(plan.actions.every((action) => action.waitsForPolicy)).toBe(true);
  expect(leases(plan)).toHaveLength(1);
});

describe("a change", () => {
  it("shortens a grant whose request was narrowed", () => {
    const world = running();
    world.now = hours(0.5);
    world.requests = [{ ...world.requests[0]!, durationSeconds: 3600 }];
    const plan = world.plan();
    expect(told(plan)).toEqual([`change shortened r1 alice ${hours(1)}`]);
    expect(leases(plan)[0]).toMatchObject({ grantEnd: hours(1), before: { endsAt: hours(2) }, direction: "narrows" });
    world.apply();
    expect(grantOf(world, "r1")).toMatchObject({ end: hours(1), generation: 1 });
  });

  it("is none for a difference below a second, which a clock makes", () => {
    const world = running();
    const grant = grantOf(world, "r1");
    world.grants.set(grant.facts.grant, { ...grant, intendedAt: plusSeconds(now, -0.9) });
    expect(told(world.plan())).toEqual([]);
  });

  it("takes back an end that somebody moved to later, and only reports one moved to earlier", () => {
    const world = running();
    const row = world.rows[0]!;
    world.rows = [{ ...row, endsAt: hours(9), altered: true }];
    const later = world.plan();
    expect(told(later)).toEqual([`change shortened r1 alice ${hours(2)}`]);
    expect(later.drift).toMatchObject([{ kind: "altered lease" }]);
    world.rows = [{ ...row, endsAt: hours(1), altered: true }];
    const earlier = world.plan();
    expect(told(earlier)).toEqual([]);
    expect(earlier.drift).toMatchObject([{ kind: "altered lease" }]);
  });

  it("allows for whole seconds and for a gateway's other clock", () => {
    const world = running();
    world.rows = [{ ...world.rows[0]!, endsAt: plusSeconds(hours(2), 60) }];
    expect(told(world.plan())).toHaveLength(1);
    const skewed = { ...world.description, skewMs: 60_000 };
    expect(told(world.plan({ descriptions: new Map([["main", skewed]]) }))).toEqual([]);
  });

  it("renews a slice once half of it has passed, also when it has lapsed meanwhile", () => {
    const world = new ToyWorld(manifest({ rules: [rule("orders-read", { maxDurationSeconds: 7 * 86_400 })] }));
    world.requests = [request("r1", { durationSeconds: 6 * 86_400 })];
    world.apply();
    expect(world.rows).toMatchObject([{ endsAt: hours(48) }]);
    world.now = hours(23.9);
    expect(told(world.plan())).toEqual([]);
    world.now = hours(24.1);
    expect(told(world.plan())).toEqual([`change renewed r1 alice ${hours(144)}`]);
    world.now = hours(50);
    expect(told(world.plan())).toEqual([`change renewed r1 alice ${hours(144)}`]);
    world.apply();
    expect(world.rows).toMatchObject([{ endsAt: hours(98), correlation: { generation: 1 } }]);
    expect(told(world.plan())).toEqual([]);
  });

  it("takes away a row of ours that the Log does not explain, without ending the grant", () => {
    const world = running();
    const row = world.rows[0]!;
    world.rows.push({
      ...row,
      ref: "late",
      correlation: { ...row.correlation!, generation: 7 },
      createdAt: plusSeconds(now, 1),
    });
    const plan = world.plan();
    expect(told(plan)).toEqual([`change renewed r1 alice ${hours(2)}`]);
    expect(plan.drift).toMatchObject([{ kind: "held without a record" }]);
    world.apply();
    expect(world.rows).toHaveLength(1);
  });
});

describe("the sweep", () => {
  const stray = {
    ref: "x",
    correlation: { installation, grant: "b".repeat(26), generation: 0 },
    person: bob,
    connection: "orders-db-read",
    status: "live",
    createdAt: now,
    endsAt: hours(5),
  } as const;

  it("ends what is ours at the gateway and not in the Log, and names it by the rules", () => {
    const world = running();
    world.rows.push(stray);
    const plan = world.plan();
    expect(leases(plan)).toMatchObject([
      {
        kind: "end",
        reason: "held without a record",
        subject: { person: bob, connection: "orders-db/read", grant: stray.correlation.grant },
        after: null,
      },
    ]);
    expect(plan.drift).toMatchObject([{ kind: "held without a record" }]);
  });

  it("ends again what was ended and came back", () => {
    const world = running();
    const row = world.rows[0]!;
    world.now = hours(2);
    world.apply();
    world.rows = [{ ...row, endsAt: hours(9) }];
    expect(leases(world.plan())).toMatchObject([
      { kind: "end", reason: "held without a record", subject: { request: "r1" } },
    ]);
  });

  it("is off while the Log is recovering, and leaves other installations alone", () => {
    const world = running();
    world.rows.push(stray, {
      ...stray,
      ref: "y",
      correlation: { ...stray.correlation, installation: "inst-other-02" },
      person: alice,
      connection: "orders-db-write",
    });
    const { state } = world.input();
    expect(told(world.plan({ state: { ...state, recovering: { since: now, why: "" } } }))).toEqual([]);
    expect(told(world.plan()).filter((line) => line.includes("alice"))).toEqual([]);
  });
});

describe("the breaker", () => {
  function many(count: number): ToyWorld {
    const people = Array.from({ length: count }, (_, index) => `p${index}@example.com`);
    const house = manifest({
      users: people.map((email) => ({ email })),
      groups: [{ name: "backend", members: people, groups: [] }],
      gateways: { main: { provider: "memory", users: "declared" } },
    });
    const world = new ToyWorld(house);
    world.requests = people.map((person, index) => request(`r${index}`, { for: [person], durationSeconds: 7200 }));
    world.apply();
    return world;
  }

  it("lets five removals pass and holds six back, until their exact number is confirmed", () => {
    const world = many(20);
    const all = world.requests;
    world.requests = all.slice(5);
    expect(leases(world.plan())).toHaveLength(5);
    world.requests = all.slice(6);
    const held = world.plan();
    expect(leases(held)).toEqual([]);
    expect(held).toMatchObject({ heldRemovals: 6 });
    expect(held.notes[0]).toMatchObject({
      kind: "breaker",
      sentence:
        "6 active grants would end because their requests were removed; they stay until `--confirm-removals 6` says so.",
    });
    for (const not of [5, 7]) expect(leases(world.plan({ confirmRemovals: not }))).toEqual([]);
    expect(leases(world.plan({ confirmRemovals: 6 }))).toHaveLength(6);
  });

  it("goes by a tenth where that is more", () => {
    const world = many(80);
    const all = world.requests;
    world.requests = all.slice(8);
    expect(world.plan().heldRemovals).toBe(0);
    world.requests = all.slice(9);
    expect(world.plan().heldRemovals).toBe(9);
  });

  it("stops an empty input even for one grant", () => {
    const world = running();
    world.requests = [];
    expect(world.plan()).toMatchObject({ heldRemovals: 1 });
    expect(told(world.plan())).toEqual([]);
    expect(told(world.plan({ confirmRemovals: 1 }))).toEqual(["end request removed r1 alice"]);
  });

  it("does not stop an ending that was intended before", () => {
    const world = running();
    const grant = grantOf(world, "r1");
    const ending = { reason: "request removed", by: byAlice, since: now } as const;
    world.grants.set(grant.facts.grant, { ...grant, ending });
    world.requests = [];
    expect(world.plan().heldRemovals).toBe(0);
    expect(told(world.plan())).toEqual(["end request removed r1 alice"]);
  });

  it("stops no other ending", () => {
    const world = many(20);
    const given = [...world.grants.keys()].slice(0, 7);
    world.requests = [];
    world.spool = [{ id: "s", at: now, body: { kind: "end", grants: given, reason: "revoked", by: byAlice } }];
    const plan = world.plan();
    expect(leases(plan)).toHaveLength(7);
    expect(plan.heldRemovals).toBe(13);
    world.now = hours(2);
    expect(leases(world.plan())).toHaveLength(20);
  });
});

it("marks every action to wait while no policy is in force", () => {
  const world = new ToyWorld(manifest());
  world.requests = [request("r1")];
  const { policyInForce: _policy, ...input } = world.input();
  const plan = makePlan(input);
  expect(plan.base.policy).toBe(null);
  expect(plan.actions.length).toBeGreaterThan(1);
  expect(plan.actions.every((action) => action.waitsForPolicy)).toBe(true);
});
