import type { ConfigurationAction } from "../../lib/model/action";
import { gateName, objectKey, type GatewayObject } from "../../lib/model/gateway-object";
import type { Manifest } from "../../lib/model/manifest";
import type { ObservedObject } from "../../lib/model/observed";
import type { Plan } from "../../lib/model/plan";
import { connection, installation, manifest, request, resource, rule } from "../support/core";
import { ToyWorld } from "./toy-world";

const read = connection("orders-db", "read", {
  guardrails: ["g"],
  maskingRules: ["m"],
  secrets: { password: "${env:A}" },
  settings: { user: "ro" },
});

/** One guarded and masked way to read, one bare way to write. */
function house(more: Partial<Manifest> = {}): Manifest {
  return manifest({
    connections: [read, connection("orders-db", "write")],
    guardrails: [{ name: "g", input: [{ type: "denyWords", words: ["DROP"] }], output: [] }],
    maskingRules: [{ name: "m", entityTypes: ["EMAIL_ADDRESS", "PHONE_NUMBER"], scoreThresholdPercent: 50 }],
    ...more,
  });
}

function settled(more: Partial<Manifest> = {}): ToyWorld {
  const world = new ToyWorld(house(more));
  world.apply();
  return world;
}

function configuration(plan: Plan): readonly ConfigurationAction[] {
  return plan.actions.filter((action): action is ConfigurationAction => action.family === "configuration");
}

function told(plan: Plan): readonly string[] {
  return configuration(plan).map(
    ({ kind, subject, reason, direction }) => `${kind} ${subject.kind} ${subject.name}: ${reason}, ${direction}`,
  );
}

const key = (kind: GatewayObject["kind"], name: string): string => objectKey("main", { kind, name });

function edit(world: ToyWorld, at: string, change: (object: ObservedObject) => ObservedObject): void {
  world.there.set(at, change(world.there.get(at)!));
}

describe("what is declared and not there", () => {
  it("is made: the gate first, safeguards before what they hang on, then users", () => {
    expect(told(new ToyWorld(house()).plan())).toEqual([
      "create gate leasehold-gate: declared, narrows",
      "create guardrail g: declared, narrows",
      "create maskingRule m: declared, narrows",
      "create connection orders-db-read: declared, neutral",
      "create connection orders-db-write: declared, neutral",
      "create user alice@example.com: declared, neutral",
      "create user bob@example.com: declared, neutral",
    ]);
  });

  it("is nothing once it is there", () => {
    expect(told(settled().plan())).toEqual([]);
  });

  it("was deleted outside when we made it: what narrows is mended at once, what widens by apply only", () => {
    const world = settled();
    for (const at of [key("gate", gateName), key("guardrail", "g"), key("connection", "orders-db-read")])
      world.there.delete(at);
    const gate = "create gate leasehold-gate: deleted outside, narrows";
    const guardrail = "create guardrail g: deleted outside, narrows";
    expect(told(world.plan({ repairs: "narrowing" }))).toEqual([gate, guardrail]);
    expect(told(world.plan())).toEqual([gate, guardrail, "create connection orders-db-read: deleted outside, widens"]);
    expect(world.plan().drift.map((item) => item.kind)).toEqual(["missing object", "missing object", "missing object"]);
  });

  it("lets nothing be given on a Connection that stays deleted", () => {
    const world = settled();
    world.there.delete(key("connection", "orders-db-read"));
    world.requests = [request("r1")];
    const plan = world.plan({ repairs: "narrowing" });
    expect(plan.actions).toEqual([]);
    expect(plan.refusals).toMatchObject([
      { request: "r1", reason: "cannot be held", sentence: "Connection orders-db-read was deleted at gateway main." },
    ]);
  });
});

describe("what is ours and differs", () => {
  it("is written when the rules changed", () => {
    const world = settled();
    world.manifest = house({ resources: [resource("orders-db", { host: "new.internal" })] });
    expect(told(world.plan({ repairs: "narrowing" }))).toEqual([
      "update connection orders-db-read: declared, neutral",
      "update connection orders-db-write: declared, neutral",
    ]);
  });

  it("widens when it loses a safeguard and narrows when it gains one", () => {
    const world = settled();
    world.manifest = house({
      connections: [{ ...read, guardrails: [] }, connection("orders-db", "write", { guardrails: ["g"] })],
    });
    expect(told(world.plan())).toEqual([
      "update connection orders-db-read: declared, widens",
      "update connection orders-db-write: declared, narrows",
    ]);
  });

  it("of a guardrail or masking rule goes by what is still caught", () => {
    const world = settled();
    const guardrails = (...words: string[]) => [
      { name: "g", input: [{ type: "denyWords" as const, words }], output: [] },
    ];
    const masking = (scoreThresholdPercent: number, ...entityTypes: string[]) => [
      { name: "m", entityTypes, scoreThresholdPercent },
    ];
    const both = ["EMAIL_ADDRESS", "PHONE_NUMBER"];
    const directions = (more: Partial<Manifest>): string[] => {
      world.manifest = house(more);
      return configuration(world.plan()).map((action) => action.direction);
    };
    expect(directions({ guardrails: guardrails("DROP", "DELETE") })).toEqual(["narrows"]);
    expect(directions({ guardrails: guardrails("DELETE") })).toEqual(["widens"]);
    expect(directions({ maskingRules: masking(40, ...both) })).toEqual(["narrows"]);
    expect(directions({ maskingRules: masking(60, ...both) })).toEqual(["widens"]);
    expect(directions({ maskingRules: masking(50, "EMAIL_ADDRESS") })).toEqual(["widens"]);
  });

  it("was changed outside when the Log has what is wanted: put back at once only where that narrows", () => {
    const world = settled();
    edit(world, key("connection", "orders-db-read"), (object) => ({
      ...object,
      value: { ...object.value, guardrails: [] } as GatewayObject,
    }));
    edit(world, key("connection", "orders-db-write"), (object) => ({
      ...object,
      value: { ...object.value, settings: { user: "root" } } as GatewayObject,
    }));
    const guarded = "update connection orders-db-read: differs, narrows";
    expect(told(world.plan({ repairs: "narrowing" }))).toEqual([guarded]);
    expect(told(world.plan())).toEqual([guarded, "update connection orders-db-write: differs, neutral"]);
    expect(world.plan().drift.map((item) => `${item.kind} ${item.subject}`)).toEqual([
      "changed object orders-db-read",
      "changed object orders-db-write",
    ]);
  });

  it("is written again for a flaw that its value does not show", () => {
    const world = settled();
    edit(world, key("connection", "orders-db-read"), (object) => ({ ...object, flaw: "its second lock is off" }));
    expect(told(world.plan({ repairs: "narrowing" }))).toEqual(["update connection orders-db-read: differs, narrows"]);
    expect(world.plan().drift[0]!.sentence).toBe(
      "Connection orders-db-read was changed at gateway main, not by us: its second lock is off.",
    );
  });

  it("has another secret when the reference changed, or the time at which it was written", () => {
    const world = settled();
    world.manifest = house({
      connections: [{ ...read, secrets: { password: "${env:B}" } }, connection("orders-db", "write")],
    });
    expect(told(world.plan())).toEqual(["update connection orders-db-read: secret changed, neutral"]);
    const other = settled();
    const at = key("connection", "orders-db-read");
    other.objects.set(at, { ...other.objects.get(at)!, secretsUpdatedAt: "2026-01-01T00:00:00.000Z" });
    edit(other, at, (object) => ({ ...object, secretsUpdatedAt: "2026-01-02T00:00:00.000Z" }));
    expect(told(other.plan())).toEqual(["update connection orders-db-read: secret changed, neutral"]);
  });

  it("does not differ by secrets that the gateway does not store, or settings that the key may not see", () => {
    const world = settled();
    edit(world, key("connection", "orders-db-read"), (object) => ({
      ...object,
      value: { ...object.value, secrets: {} } as GatewayObject,
    }));
    expect(told(world.plan())).toHaveLength(1);
    const without = { ...world.description, storesSecrets: false };
    expect(told(world.plan({ descriptions: new Map([["main", without]]) }))).toEqual([]);
    const hidden = settled();
    edit(hidden, key("connection", "orders-db-read"), (object) => ({
      ...object,
      settingsHidden: true,
      value: { ...object.value, secrets: {}, settings: {} } as GatewayObject,
    }));
    expect(told(hidden.plan())).toEqual([]);
  });
});

describe("the gate", () => {
  it("is completed as soon as a Connection is missing in it", () => {
    const world = settled();
    edit(world, key("gate", gateName), (object) => ({
      ...object,
      value: { kind: "gate", name: gateName, connections: ["orders-db-read"] },
    }));
    expect(told(world.plan({ repairs: "narrowing" }))).toEqual([
      "update gate leasehold-gate: gate incomplete, narrows",
    ]);
  });

  it("keeps the names of what is still there when it grows, and never shrinks by itself", () => {
    const world = settled();
    world.manifest = house({ connections: [read], rules: [rule("orders-read")] });
    expect(told(world.plan())).toEqual(["delete connection orders-db-write: no longer declared, narrows"]);
    world.manifest = house({ connections: [read, connection("orders-db", "admin")], rules: [rule("orders-read")] });
    const gate = configuration(world.plan()).find((action) => action.subject.kind === "gate");
    expect(gate!.after).toMatchObject({ connections: ["orders-db-admin", "orders-db-read", "orders-db-write"] });
  });

  it("is ours by its mark alone, so that a lost record closes nothing up", () => {
    const world = settled();
    world.objects.delete(key("gate", gateName));
    edit(world, key("gate", gateName), (object) => ({
      ...object,
      value: { kind: "gate", name: gateName, connections: [] },
    }));
    expect(told(world.plan())).toEqual(["update gate leasehold-gate: gate incomplete, narrows"]);
  });
});

describe("what is no longer declared", () => {
  it("is deleted if it is ours; users and what lost our mark stay", () => {
    const world = settled();
    edit(world, key("maskingRule", "m"), ({ installation: _mark, ...object }) => object);
    world.manifest = house({
      connections: [connection("orders-db", "write")],
      guardrails: [],
      maskingRules: [],
      rules: [],
    });
    expect(told(world.plan())).toEqual([
      "delete connection orders-db-read: no longer declared, narrows",
      "delete guardrail g: no longer declared, widens",
    ]);
  });

  it("goes after everything on it has ended", () => {
    const world = settled();
    world.requests = [request("r1")];
    world.apply();
    world.manifest = house({ connections: [connection("orders-db", "write")], rules: [] });
    expect(world.plan().actions.map((action) => `${action.kind} ${action.reason}`)).toEqual([
      "end no longer eligible",
      "delete no longer declared",
      "delete no longer declared",
      "delete no longer declared",
    ]);
  });
});

describe("somebody else's object with a wanted name", () => {
  function foreign(more: Partial<Manifest> = {}, mark?: string): ToyWorld {
    const world = new ToyWorld(house(more));
    const there = { kind: "connection", name: "orders-db-write" } as const;
    world.there.set(key("connection", "orders-db-write"), {
      ref: "theirs",
      ...(mark === undefined ? {} : { installation: mark }),
      value: {
        ...there,
        resource: "x",
        resourceKind: "postgresql",
        settings: {},
        secrets: {},
        command: [],
        guardrails: [],
        maskingRules: [],
      },
    });
    return world;
  }

  it("is refused with what to do, is never touched, and nothing is given on it", () => {
    const world = foreign();
    world.requests = [request("r1", { access: ["orders-db/write"] })];
    const plan = world.plan();
    expect(told(plan).join()).not.toContain("orders-db-write");
    expect(plan.refusals).toMatchObject([
      {
        request: "",
        subject: { kind: "connection", name: "orders-db-write" },
        reason: "foreign object",
        sentence: "Connection orders-db-write is there at gateway main, and somebody else made it.",
        fix: "set `adopt: true` on it in the rules to take it over, or choose another name",
      },
      { request: "r1", reason: "foreign object" },
    ]);
    expect(plan.actions.filter((action) => action.family === "lease")).toEqual([]);
    expect(plan.drift).toMatchObject([{ kind: "foreign object", subject: "orders-db-write" }]);
  });

  it("is taken over where the rules adopt it, by apply only, and then is ours", () => {
    const world = foreign({ connections: [read, connection("orders-db", "write", { adopt: true })] });
    expect(told(world.plan({ repairs: "narrowing" })).join()).not.toContain("orders-db-write");
    expect(told(world.plan())).toContain("update connection orders-db-write: adopted, neutral");
    world.apply();
    expect(told(world.plan())).toEqual([]);
  });

  it("is never taken over from another installation", () => {
    const world = foreign({ connections: [read, connection("orders-db", "write", { adopt: true })] }, "inst-other-02");
    expect(world.plan().refusals).toMatchObject([{ reason: "another installation" }]);
    expect(told(world.plan()).join()).not.toContain("orders-db-write");
  });

  it("with our mark is foreign too unless the Log has it, or at least its intent", () => {
    const world = foreign({}, installation);
    expect(world.plan().refusals).toMatchObject([{ reason: "foreign object" }]);
    const { state } = world.input();
    const intent = {
      sequence: 1,
      kind: "configuration",
      gateway: "main",
      subject: { kind: "connection", name: "orders-db-write" },
    } as const;
    const plan = world.plan({ state: { ...state, intents: new Map([["i", intent]]) } });
    expect(plan.refusals).toEqual([]);
    expect(told(plan)).toContain("update connection orders-db-write: declared, neutral");
  });

  it("beside ours of the same name is left out of account", () => {
    const world = settled();
    const observed = world.observed();
    const theirs = { ref: "theirs", value: { kind: "guardrail", name: "g", input: [], output: [] } } as const;
    const both = { ...observed, objects: [...observed.objects, theirs] };
    expect(told(world.plan({ observed: new Map([["main", both]]) }))).toEqual([]);
  });

  it("and a user of that name are left alone: users are only ever made", () => {
    const world = new ToyWorld(house());
    world.there.set(key("user", "alice@example.com"), {
      ref: "theirs",
      value: { kind: "user", name: "alice@example.com", displayName: "Alice", active: false },
    });
    expect(told(world.plan()).join()).not.toContain("alice");
  });
});

describe("what a gateway cannot hold is refused in words before anything is applied", () => {
  function refused(world: ToyWorld): readonly string[] {
    world.requests = [request("r1")];
    const plan = world.plan();
    expect(plan.actions.filter((action) => action.family === "lease")).toEqual([]);
    return plan.refusals.map((one) => one.sentence);
  }

  it("another installation's gateway", () => {
    expect(refused(new ToyWorld(house(), { installation: "inst-other-02" }))).toEqual([
      `Gateway main belongs to installation inst-other-02, ours is ${installation}.`,
      `Gateway main belongs to installation inst-other-02, ours is ${installation}.`,
    ]);
  });

  it("a kind of resource", () => {
    expect(refused(new ToyWorld(house({ connections: [read] }), { kinds: ["ssh"] }))[0]).toBe(
      "Gateway main (memory) cannot hold orders-db-read: it has no connections of kind postgresql.",
    );
  });

  it("a guardrail on a kind that it breaks", () => {
    const world = new ToyWorld(house({ resources: [resource("orders-db", { kind: "tcp" })], connections: [read] }));
    expect(refused(world)[0]).toBe(
      "Gateway main (memory) cannot hold orders-db-read: a guardrail on a tcp connection breaks it.",
    );
  });

  it("more guardrails than its licence lets it, and what would hang on them", () => {
    const guardrails = ["a", "b", "g"].map((name) => ({ name, input: [], output: [] }));
    const world = new ToyWorld(
      house({ guardrails, connections: [read, connection("orders-db", "write", { guardrails: ["a", "b"] })] }),
      { maxGuardrails: 2 },
    );
    expect(refused(world)).toEqual([
      "orders-db-read needs what the gateway cannot hold. Gateway main holds 2 guardrails without a licence, and the rules want 3: a, b and g.",
      "Gateway main holds 2 guardrails without a licence, and the rules want 3: a, b and g.",
      "orders-db-read needs what the gateway cannot hold. Gateway main holds 2 guardrails without a licence, and the rules want 3: a, b and g.",
    ]);
  });

  it("a kind of principal", () => {
    const world = new ToyWorld(house({ rules: [rule("orders-read", { who: ["service:ci"] })] }), {
      principals: ["user"],
    });
    world.requests = [request("r1", { for: ["service:ci"] })];
    expect(world.plan().refusals[0]!.sentence).toBe(
      "Gateway main (memory) cannot hold a lease for the service account service:ci.",
    );
    expect(told(world.plan()).join()).not.toContain("service:ci");
  });

  it("a user whom it does not know or who is not active", () => {
    const world = new ToyWorld(house({ gateways: { main: { provider: "memory", users: "existing" } } }));
    expect(refused(world)).toEqual(["Gateway main does not know alice@example.com."]);
    world.there.set(key("user", "alice@example.com"), {
      ref: "u",
      value: { kind: "user", name: "alice@example.com", displayName: "Alice", active: false },
    });
    const inactive = { ...world.observed(), activeUsers: [] };
    expect(world.plan({ observed: new Map([["main", inactive]]) }).refusals[0]!.sentence).toBe(
      "Gateway main has alice@example.com, but not as an active user.",
    );
  });

  it("but not a connection of that kind without one", () => {
    const world = new ToyWorld(
      house({ resources: [resource("orders-db", { kind: "tcp" })], connections: [connection("orders-db", "read")] }),
    );
    expect(world.plan().refusals).toEqual([]);
  });

  it("a user who is there and not active, though users are declared", () => {
    const world = new ToyWorld(house());
    world.there.set(key("user", "alice@example.com"), {
      ref: "u",
      value: { kind: "user", name: "alice@example.com", displayName: "Alice", active: false },
    });
    world.requests = [request("r1")];
    const inactive = { ...world.observed(), activeUsers: [] };
    expect(world.plan({ observed: new Map([["main", inactive]]) }).refusals).toMatchObject([
      { request: "r1", reason: "user unknown at the gateway" },
    ]);
  });

  it("but not a user whom this very plan makes", () => {
    const world = new ToyWorld(house());
    world.requests = [request("r1")];
    expect(world.plan().refusals).toEqual([]);
    expect(world.plan().actions.at(-1)).toMatchObject({ kind: "activate" });
  });
});

describe("drift", () => {
  it("tells open ways, foreign leases and weaknesses first, and foreign objects last and together", () => {
    const world = settled();
    const observed = {
      ...world.observed(),
      openWays: [{ connection: "legacy", managed: false, why: "no rule names it" }],
      weaknesses: ["The group leasehold-gate has a member."],
      leases: [
        {
          ref: "f",
          person: "eve@example.com",
          connection: "orders-db-read",
          status: "waiting",
          createdAt: world.now,
        } as const,
      ],
      objects: [
        ...world.there.values(),
        ...Array.from({ length: 30 }, (_, index) => ({
          ref: `o${index}`,
          value: { kind: "guardrail", name: `their-${String(index).padStart(2, "0")}`, input: [], output: [] } as const,
        })),
      ],
    };
    const { drift } = world.plan({ observed: new Map([["main", observed]]) });
    expect(drift.map((item) => item.kind)).toEqual(["open way", "foreign lease", "gate weakness", "foreign object"]);
    expect(drift[0]!.sentence).toBe(
      "legacy, which Leasehold does not manage, is open at gateway main: no rule names it.",
    );
    expect(drift[1]!.sentence).toBe(
      "eve@example.com has a request that somebody at the gateway can approve on orders-db-read at gateway main that is not ours.",
    );
    expect(drift[3]!.sentence).toMatch(/^Gateway main has 30 of kind guardrail .* and 10 more\.$/);
  });
});

it("plans nothing new on a gateway that could not be asked, and says so", () => {
  const world = new ToyWorld(house());
  world.requests = [request("r1")];
  const plan = world.plan({ observed: new Map(), descriptions: new Map() });
  expect(plan.actions).toEqual([]);
  expect(plan.notes).toMatchObject([
    { kind: "unreachable", sentence: "Gateway main could not be asked: nothing new is planned on it, endings are." },
  ]);
});
