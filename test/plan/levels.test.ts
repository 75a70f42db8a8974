import { connection, installation, manifest, request, resource } from "../support/core";
import type { ObservedObject } from "../../lib/model/observed";
import { ToyWorld } from "./toy-world";

/** What the database of a PostgreSQL gateway says of itself. */
const database = {
  provider: "postgresql",
  kinds: ["postgresql"],
  maxGuardrails: 0,
  maxMaskingRules: 0,
  sealsSecrets: true,
} as const;

function house(over: Parameters<typeof manifest>[0] = {}) {
  const gateways = { main: { provider: "postgresql", users: "existing", keys: { write: "${env:URL}" } } } as const;
  return manifest({
    gateways,
    resources: [resource("orders-db", { kind: "postgresql" })],
    connections: [connection("orders-db", "read"), connection("orders-db", "write")],
    users: [
      { email: "alice@example.com", keys: ["age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"] },
      { email: "bob@example.com" },
    ],
    ...over,
  });
}

function level(name: string, over: Partial<ObservedObject> = {}): ObservedObject {
  const settings = { role: name, database: "orders" };
  const value = { kind: "connection", name, resource: "", resourceKind: "postgresql", settings, secrets: {} } as const;
  return { ref: name, installation, value: { ...value, command: [], guardrails: [], maskingRules: [] }, ...over };
}

function worldWith(levels: readonly ObservedObject[], over: Parameters<typeof house>[0] = {}): ToyWorld {
  const world = new ToyWorld(house(over), database);
  for (const one of levels) world.there.set(`main:connection:${one.value.name}`, one);
  return world;
}

describe("levels of a database that we do not configure", () => {
  it("are looked at, and nothing of them is written, whatever is missing there", () => {
    for (const there of [[], [level("orders-db-read")], [level("orders-db-read"), level("orders-db-write")]]) {
      const plan = worldWith(there).plan();
      expect(plan.actions.filter((action) => action.family === "configuration")).toEqual([]);
      expect(plan.refusals).toEqual([]);
    }
    expect(worldWith([]).plan({ observed: "log" }).actions).toEqual([]);
  });

  it("without a role are told, and nothing is given on them", () => {
    const world = worldWith([level("orders-db-read"), level("orders-db-write", { flaw: "its role x is not there" })]);
    world.requests = [request("look"), request("edit", { access: ["orders-db/write"] })];
    const plan = world.plan();
    expect(plan.drift.map((one) => one.sentence)).toEqual([
      "Level orders-db-write cannot be given at gateway main: its role x is not there.",
    ]);
    expect(plan.refusals).toMatchObject([
      { request: "edit", reason: "cannot be held", fix: expect.stringContaining("terraform apply") },
    ]);
    const given = plan.actions.filter((action) => action.family === "lease");
    expect(given.map((action) => action.subject.request)).toEqual(["look"]);
  });

  it("that the database does not state are told in other words", () => {
    expect(worldWith([level("orders-db-read")]).plan().drift).toMatchObject([
      { kind: "missing object", sentence: expect.stringContaining("does not state it yet") },
    ]);
  });

  it("are given only to who has a key, known at the gateway or not", () => {
    const world = worldWith([level("orders-db-read"), level("orders-db-write")]);
    world.requests = [request("keyless", { for: ["bob@example.com"] }), request("look")];
    const plan = world.plan();
    expect(plan.refusals).toMatchObject([
      { request: "keyless", person: "bob@example.com", fix: expect.stringContaining("age-keygen") },
    ]);
    expect(plan.actions).toHaveLength(1);
  });

  it("with a guardrail are refused, not given without it", () => {
    const guardrails = [{ name: "g", input: [{ type: "denyWords", words: ["DROP"] }], output: [] }] as const;
    const guarded = connection("orders-db", "read", { guardrails: ["g"] });
    const world = worldWith([level("orders-db-read"), level("orders-db-write")], {
      guardrails,
      connections: [guarded, connection("orders-db", "write")],
    });
    world.requests = [request("look")];
    const plan = world.plan();
    expect(plan.actions).toEqual([]);
    expect(plan.refusals.map((one) => one.sentence)).toEqual(
      expect.arrayContaining([expect.stringContaining("Gateway main has no guardrails")]),
    );
  });
});
