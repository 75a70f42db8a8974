import type { ProviderDescription } from "../../lib/model/gateway";
import { connection, hours, manifest, request } from "../support/core";
import { ToyWorld } from "./toy-world";

const hoopHolds = { entry: true, sessions: false, overrun: "one duration" } as const;

/** A world in which so many people ask for the same, on a gateway that is like this. */
function crowd(count: number, gateway: Partial<ProviderDescription>): ToyWorld {
  const people = Array.from({ length: count }, (_, index) => `p${index}@example.com`);
  const world = new ToyWorld(manifest(), gateway);
  world.manifest = manifest({
    connections: [connection("orders-db", "read")],
    users: people.map((email) => ({ email })),
    groups: [{ name: "backend", members: people, groups: [] }],
  });
  world.requests = people.map((person, index) => request(`r${index}`, { for: [person] }));
  return world;
}

function drainOf(world: ToyWorld): readonly string[] {
  return world
    .plan()
    .notes.filter((note) => note.kind === "drain")
    .map((note) => `${note.subject}: ${note.sentence}`);
}

describe("the estimate of a drain", () => {
  it("says how long many endings take on a slow gateway, and what that means for the last", () => {
    const world = crowd(40, { endingsPerSecond: 1 });
    world.apply();
    world.now = hours(1);
    expect(drainOf(world)).toEqual([
      "main: 40 endings on gateway main take about 40 s at 1 per second; the last of them can be used until then.",
    ]);
  });

  it("says it before leases that will end together are given, where the gateway does not cut sessions", () => {
    expect(drainOf(crowd(300, { endingsPerSecond: 8, holds: hoopHolds }))).toMatchInlineSnapshot(`
      [
        "main: 300 leases on gateway main end together (1 h after they start): that takes about 38 s at 8 per second. Nobody new gets in after the end, but the last live session can stay that much longer.",
      ]
    `);
  });

  it("says how long the last can be used where the gateway holds nothing", () => {
    const holds = { entry: false, sessions: false, overrun: "unbounded" } as const;
    expect(drainOf(crowd(60, { endingsPerSecond: 2, holds }))).toMatchInlineSnapshot(`
      [
        "main: 60 leases on gateway main end together (1 h after they start): that takes about 30 s at 2 per second. The last of them can be used that much longer.",
      ]
    `);
  });

  it("counts only what ends together", () => {
    const world = crowd(300, { endingsPerSecond: 8, holds: hoopHolds });
    world.requests = world.requests.map((one, index) => (index < 150 ? one : { ...one, durationSeconds: 900 }));
    expect(drainOf(world)).toEqual([]);
  });

  it.each([
    ["the gateway ends them by itself", 300, { endingsPerSecond: 1 }],
    ["they are few", 200, { endingsPerSecond: 8, holds: hoopHolds }],
    ["nothing is known of its speed", 300, { endingsPerSecond: 0, holds: hoopHolds }],
  ])("says nothing of leases to be given where %s", (_, count, gateway) => {
    expect(drainOf(crowd(count, gateway))).toEqual([]);
  });
});

describe("what a level carries", () => {
  const privileges = {
    role: "orders-read",
    database: "orders",
    privileges: [{ on: "tables", schema: "orders", except: ["cards"], privileges: ["SELECT"] }],
    defaults: [],
    memberOf: [],
  } as const;
  const levels = (world: ToyWorld) => world.plan().notes.filter((note) => note.kind === "level");

  it("stands in the plan once, however many people gain it, and not any more when they have it", () => {
    const world = crowd(3, {});
    world.manifest = { ...world.manifest, connections: [{ ...connection("orders-db", "read"), privileges }] };
    expect(levels(world)).toEqual([
      {
        kind: "level",
        subject: "orders-db/read",
        sentence:
          "orders-db/read may read all tables of schema orders except orders.cards and is the role orders-read in database orders.",
      },
    ]);
    world.apply();
    expect(levels(world)).toEqual([]);
  });

  it("is not said where the rules do not say it", () => {
    expect(levels(crowd(1, {}))).toEqual([]);
  });
});
