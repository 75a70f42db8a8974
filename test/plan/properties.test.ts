import * as fc from "fast-check";
import type { Action, LeaseAction } from "../../lib/model/action";
import { canonicalJson } from "../../lib/model/canonical";
import { gateName, objectKey } from "../../lib/model/gateway-object";
import { plusSeconds } from "../../lib/model/instant";
import type { Manifest } from "../../lib/model/manifest";
import type { Plan } from "../../lib/model/plan";
import type { AccessRequest } from "../../lib/model/request";
import { manifestIndex } from "../../lib/policy";
import { connection, hours, installation, manifest, request, rule } from "../support/core";
import { ToyWorld } from "./toy-world";

const alice = "alice@example.com";
const people = [alice, "bob@example.com", "group:backend", "service:ci"];
const everybody = ["group:backend", "service:ci"];

const base = manifest({
  connections: [
    connection("orders-db", "read", { guardrails: ["g"] }),
    connection("orders-db", "write", { secrets: { password: "${env:A}" } }),
  ],
  guardrails: [{ name: "g", input: [{ type: "denyWords", words: ["DROP"] }], output: [] }],
  rules: [
    rule("orders-read", { who: everybody, maxDurationSeconds: 24 * 3600 }),
    rule("orders-write", { who: everybody, may: ["orders-db/write"], maxDurationSeconds: 24 * 3600 }),
  ],
  limits: { ...manifest().limits, bulkRemovals: { count: 1000, percent: 100 } },
});

/** Rules that the house may go over to: a person, a rule, a Connection, a guardrail gone, a window. */
const houses: readonly Manifest[] = [
  base,
  { ...base, users: base.users.filter((one) => one.email !== alice) },
  { ...base, rules: base.rules.slice(1) },
  { ...base, connections: base.connections.slice(1), rules: base.rules.slice(1) },
  { ...base, connections: [connection("orders-db", "read"), base.connections[1]!] },
  {
    ...base,
    rules: [
      rule("orders-read", { who: everybody, windows: [{ kind: "between", from: hours(2), to: hours(6) }] }),
      base.rules[1]!,
    ],
  },
];

type Step =
  | { readonly kind: "ask"; readonly request: Omit<AccessRequest, "name" | "reason"> }
  | { readonly kind: "remove"; readonly index: number }
  | { readonly kind: "shorten"; readonly index: number }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "house"; readonly index: number }
  | { readonly kind: "end at the gateway"; readonly index: number }
  | { readonly kind: "prolong at the gateway"; readonly index: number }
  | { readonly kind: "stray"; readonly person: string; readonly minutes: number }
  | { readonly kind: "foreign"; readonly person: string }
  | { readonly kind: "delete an object"; readonly index: number }
  | { readonly kind: "change an object"; readonly index: number }
  | { readonly kind: "opt out" }
  | { readonly kind: "give back"; readonly index: number };

const index = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        for: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 2 }),
        access: fc.uniqueArray(fc.constantFrom("orders-db/read", "orders-db/write"), { minLength: 1 }),
        durationSeconds: fc.integer({ min: 1, max: 9 }).map((count) => count * 1800),
        startBefore: fc.integer({ min: 1, max: 12 }).map((count) => hours(count)),
      })
      .map((asked): Step => ({ kind: "ask", request: asked })),
  },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 180 }).map((minutes): Step => ({ kind: "wait", minutes })) },
  index.map((at): Step => ({ kind: "remove", index: at })),
  index.map((at): Step => ({ kind: "shorten", index: at })),
  fc.nat(houses.length - 1).map((at): Step => ({ kind: "house", index: at })),
  index.map((at): Step => ({ kind: "end at the gateway", index: at })),
  index.map((at): Step => ({ kind: "prolong at the gateway", index: at })),
  fc
    .tuple(fc.constantFrom(alice, "bob@example.com"), fc.integer({ min: 1, max: 600 }))
    .map(([person, minutes]): Step => ({ kind: "stray", person, minutes })),
  fc.constantFrom(alice, "bob@example.com").map((person): Step => ({ kind: "foreign", person })),
  index.map((at): Step => ({ kind: "delete an object", index: at })),
  index.map((at): Step => ({ kind: "change an object", index: at })),
  fc.constant<Step>({ kind: "opt out" }),
  index.map((at): Step => ({ kind: "give back", index: at })),
);

function take(world: ToyWorld, one: Step, serial: number): void {
  const rows = world.rows;
  switch (one.kind) {
    case "ask":
      world.requests.push({ ...request(`r${serial}`), ...one.request });
      return;
    case "remove":
      world.requests = world.requests.filter((_, at) => at !== one.index);
      return;
    case "shorten":
      world.requests = world.requests.map((asked, at) =>
        at === one.index ? { ...asked, durationSeconds: Math.ceil(asked.durationSeconds! / 2) } : asked,
      );
      return;
    case "wait":
      world.now = plusSeconds(world.now, one.minutes * 60 + 7);
      return;
    case "house":
      world.manifest = houses[one.index]!;
      return;
    case "end at the gateway":
      world.rows = rows.filter((_, at) => at !== one.index);
      return;
    case "prolong at the gateway":
      world.rows = rows.map((row, at) => (at === one.index ? { ...row, endsAt: hours(48), altered: true } : row));
      return;
    case "stray":
    case "foreign": {
      const minutes = one.kind === "stray" ? one.minutes : 60;
      const correlation = { installation, grant: "a".repeat(26), generation: 0 };
      world.rows.push({
        ref: `${one.kind}-${serial}`,
        ...(one.kind === "stray" ? { correlation } : {}),
        person: one.person,
        connection: "orders-db-read",
        status: "live",
        createdAt: world.now,
        endsAt: plusSeconds(world.now, minutes * 60),
      });
      return;
    }
    case "delete an object":
      world.there.delete([...world.there.keys()][one.index] ?? "");
      return;
    case "change an object": {
      const [key, object] = [...world.there][one.index] ?? [];
      if (key === undefined || object?.value.kind !== "connection") return;
      world.there.set(key, { ...object, value: { ...object.value, guardrails: [], settings: { x: "y" } } });
      return;
    }
    case "opt out": {
      const optOut = { id: "o", person: alice, from: { kind: "rule", rule: "orders-read" } } as const;
      world.optOuts.set("o", { ...optOut, by: { id: alice, authenticatedBy: "gateway" }, at: world.now });
      return;
    }
    case "give back": {
      const grant = [...world.grants.keys()][one.index];
      if (grant === undefined) return;
      const by = { id: alice, authenticatedBy: "gateway" } as const;
      world.spool.push({
        id: `s${serial}`,
        at: world.now,
        body: { kind: "end", grants: [grant], reason: "given back", by },
      });
    }
  }
}

function leases(plan: Plan): readonly LeaseAction[] {
  return plan.actions.filter((action): action is LeaseAction => action.family === "lease");
}

function endings(plan: Plan): string {
  const ends = leases(plan).filter((action) => action.kind === "end" || action.direction === "narrows");
  return canonicalJson(ends.map((action) => ({ ...action, effective: null })));
}

function expectSound(world: ToyWorld, plan: Plan): void {
  const desired = new Map(world.desired().grants.map((grant) => [grant.id, grant]));
  const pairs = new Set<string>();
  for (const action of leases(plan)) {
    if (action.direction !== "widens") continue;
    const wanted = desired.get(action.subject.grant!);
    expect(wanted).toBeDefined();
    expect(world.grants.has(wanted!.id)).toBe(false);
    expect(wanted!.startBefore > world.now).toBe(true);
    if (action.kind !== "activate") continue;
    const pair = `${action.subject.person} ${action.subject.connection}`;
    expect(pairs.has(pair)).toBe(false);
    pairs.add(pair);
  }
  expect(stages(plan.actions)).toEqual(stages(plan.actions).toSorted((a, b) => a - b));
}

/** Endings, then configuration, then what gives. */
function stages(actions: readonly Action[]): readonly number[] {
  return actions.map((action) => (action.family === "configuration" ? 1 : action.direction === "widens" ? 2 : 0));
}

function expectConverged(world: ToyWorld): void {
  const held = new Map<string, string[]>();
  for (const { facts, phase, end } of world.grants.values()) {
    if (phase !== "active") continue;
    const key = `${facts.person} ${facts.gatewayName}`;
    held.set(key, [...(held.get(key) ?? []), end!]);
  }
  const ours = world.rows.filter((row) => row.correlation?.installation === installation);
  expect(ours.map((row) => `${row.person} ${row.connection}`).sort()).toEqual([...held.keys()].sort());
  for (const row of ours) expect(row.endsAt).toBe(held.get(`${row.person} ${row.connection}`)!.sort().at(-1));
  const gate = world.there.get(objectKey("main", { kind: "gate", name: gateName }))?.value;
  for (const { value } of world.there.values()) {
    if (value.kind === "connection") expect(gate).toMatchObject({ connections: expect.arrayContaining([value.name]) });
  }
}

describe("a plan in a world that does what it says", () => {
  it("leaves nothing to do, whatever happened before", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const world = new ToyWorld(base);
        world.apply();
        steps.forEach((one, serial) => {
          take(world, one, serial);
          const { heldRemovals } = world.apply();
          if (heldRemovals > 0) world.apply(world.plan({ confirmRemovals: heldRemovals }));
          expect(world.plan().actions).toEqual([]);
          expectConverged(world);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("gives only what is desired and never started, endings first", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const world = new ToyWorld(base);
        world.apply();
        steps.forEach((one, serial) => {
          take(world, one, serial);
          const plan = world.plan();
          expectSound(world, plan);
          world.apply(plan);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("ends the same whatever was decided, and gives nothing that is not approved", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const world = new ToyWorld(base);
        world.apply();
        steps.forEach((one, serial) => {
          take(world, one, serial);
          const none = world.plan({ decisions: new Map() });
          expect(leases(none).filter((action) => action.direction === "widens")).toEqual([]);
          expect(endings(none)).toBe(endings(world.plan()));
          world.apply();
        });
      }),
      { numRuns: 60 },
    );
  });

  it("is the same bytes in whatever order its inputs come, and holds no clock reading", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const world = new ToyWorld(base);
        world.apply();
        steps.forEach((one, serial) => {
          take(world, one, serial);
          const { observed, state } = world.input();
          const seen = observed === "log" ? undefined : observed.get("main");
          const turned = world.plan({
            requests: { requests: world.requests.toReversed() },
            desired: { ...world.desired(), grants: world.desired().grants.toReversed() },
            state: { ...state, grants: new Map([...state.grants].toReversed()) },
            observed: new Map([
              ["main", { ...seen!, leases: seen!.leases.toReversed(), objects: seen!.objects.toReversed() }],
            ]),
          });
          const plan = canonicalJson(world.plan());
          expect(canonicalJson(turned)).toBe(plan);
          expect(plan).not.toContain(plusSeconds(world.now, 0.013));
          const later = { asOf: plusSeconds(world.now, 0.013) };
          expect(canonicalJson(world.plan(later))).toBe(plan);
          world.apply();
        });
      }),
      { numRuns: 60 },
    );
  });

  it("from the Log alone agrees with one from a gateway that nobody touched", () => {
    const own = step.filter(({ kind }) => ["ask", "remove", "shorten", "wait", "house", "opt out"].includes(kind));
    fc.assert(
      fc.property(fc.array(own, { maxLength: 10 }), (steps) => {
        const world = new ToyWorld(base);
        world.apply();
        steps.forEach((one, serial) => {
          take(world, one, serial);
          const strip = (plan: Plan): string =>
            canonicalJson(plan.actions.map((action) => ({ ...action, observed: null, before: null })));
          expect(strip(world.plan({ observed: "log" }))).toBe(strip(world.plan()));
          world.apply();
        });
      }),
      { numRuns: 60 },
    );
  });

  it("knows the digest of the Manifest that it was made by", () => {
    expect(new ToyWorld(base).plan().base.manifest).toBe(manifestIndex(base).digest);
  });
});
