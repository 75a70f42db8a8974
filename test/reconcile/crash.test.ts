import { endGrants, runPass } from "../../lib/reconcile";
import { putLease } from "../../providers/memory/world";
import { disagreements } from "./support/agreement";
import { Crash } from "./support/crash";
import { House, installation, operator } from "./support/house";
import { connection, gateway, request, resource, rule, rules, automatic, oneLead } from "./support/rules";

/** A pass with everything in it: what is due, given back, removed, shortened, shared, stray, new, approved, declared. */
async function eventfulHouse(): Promise<House> {
  const house = await House.open();
  const kept = [
    request("expires", { durationSeconds: 600 }),
    request("given-back", { for: ["bob@x.test"], durationSeconds: 7200 }),
    request("removed", { for: ["dora@x.test"], durationSeconds: 7200 }),
    request("shortened", { access: ["cache/read"], durationSeconds: 9000 }),
    request("shared-short", { for: ["bob@x.test"], access: ["cache/read"], durationSeconds: 600 }),
    request("shared-long", { for: ["bob@x.test"], access: ["cache/read"], durationSeconds: 7200 }),
  ];
  await house.merge(...kept);
  await house.apply();
  house.clock.advanceSeconds(300);
  await house.merge(
    ...kept
      .filter((one) => one.name !== "removed")
      .map((one) => (one.name === "shortened" ? { ...one, durationSeconds: 1800 } : one)),
    request("new", { for: ["dora@x.test"], access: ["cache/read"] }),
    request("longer", { access: ["cache/read"], durationSeconds: 5000 }),
    request("approved", { for: ["dora@x.test"], access: ["orders/write"] }),
    request("too-late", { startBefore: "2026-03-01T08:06:00.000Z", for: ["bob@x.test"], access: ["orders/write"] }),
    request("later", { startAfter: "2026-03-01T12:00:00.000Z", for: ["dora@x.test"] }),
  );
  await house.approve("approved");
  house.clock.advanceSeconds(300);
  await house.store.addToSpool({
    id: "spooled",
    at: house.clock.now(),
    body: {
      kind: "end",
      grants: [house.id("given-back", "bob@x.test")],
      reason: "given back",
      by: { id: "bob@x.test", authenticatedBy: "gateway" },
    },
  });
  house.manifest = rules({
    resources: [resource("cache"), resource("ledger"), resource("orders")],
    connections: [...rules().connections, connection("ledger", "read")],
    rules: [
      rule("reading", ["cache/read", "orders/read", "ledger/read"], automatic),
      rule("writing", ["orders/write"], oneLead),
    ],
  });
  await house.accept();
  putLease(house.world, {
    person: "dora@x.test",
    connection: "orders-write",
    seconds: 9999,
    correlation: `lh:${installation}:${"a".repeat(26)}:0`,
  });
  putLease(house.world, {
    person: "erin@x.test",
    connection: "cache-read",
    seconds: 9999,
    correlation: "somebody-else",
  });
  return house;
}

async function killedAt(base: House, point: number): Promise<{ readonly house: House; readonly crash: Crash }> {
  const house = await base.copy();
  const crash = new Crash(point);
  const parts = house.parts();
  await runPass({
    ...parts,
    store: crash.store(house.store),
    providers: new Map([[gateway, crash.provider(house.provider())]]),
    mode: "apply",
  }).catch(() => undefined);
  await crash.bury();
  return { house, crash };
}

function phases(house: House): Promise<Readonly<Record<string, string>>> {
  return house
    .state()
    .then((state) =>
      Object.fromEntries(
        [...state.grants.values()].map((grant) => [
          grant.facts.request,
          `${grant.phase} ${grant.endReason ?? grant.rejectReason ?? ""} ${grant.phase === "active" ? (grant.end ?? "") : ""}`,
        ]),
      ),
    );
}

test("the eventful pass, undisturbed, comes to what it should, and a second one writes nothing", async () => {
  const house = await eventfulHouse();
  const report = await house.apply();
  expect(report.errors).toEqual([]);
  expect(await disagreements(house)).toEqual([]);
  expect(await phases(house)).toEqual({
    approved: "active  2026-03-01T09:10:00.000Z",
    expires: "ended expired ",
    "given-back": "ended given back ",
    longer: "active  2026-03-01T09:33:20.000Z",
    new: "active  2026-03-01T09:10:00.000Z",
    removed: "ended request removed ",
    "shared-long": "active  2026-03-01T10:00:00.000Z",
    "shared-short": "ended expired ",
    shortened: "active  2026-03-01T08:30:00.000Z",
    "too-late": "rejected too late ",
  });
  const records = house.store.lines.length;
  const second = await house.apply();
  expect({ recorded: second.recorded, effects: second.effects }).toEqual({ recorded: 0, effects: 0 });
  expect(house.store.lines).toHaveLength(records);
});

test.each(["apply", "reconcile"] as const)(
  "killed at any call of a pass, the next one (%s) loses nothing, leaks nothing and leaves nothing unrecorded",
  async (mode) => {
    const base = await eventfulHouse();
    const whole = await killedAt(base, Number.POSITIVE_INFINITY);
    const expected = await phases(whole.house);
    const failures: string[] = [];
    for (let point = 1; point <= whole.crash.calls; point += 1) {
      const { house, crash } = await killedAt(base, point);
      house.clock.advance(10);
      const again = await house.pass({ mode });
      const wrong = [
        ...(await wrongs(house, expected)),
        ...again.errors.map((one) => `${one.code} ${one.detail ?? ""}`),
      ];
      const third = await house.pass({ mode });
      if (third.recorded + third.effects > 0)
        wrong.push(`a third pass recorded ${third.recorded}, did ${third.effects}`);
      if (wrong.length > 0) failures.push(`point ${point}, ${crash.at}: ${wrong.join("; ")}`);
    }
    expect(failures).toEqual([]);
    expect(whole.crash.calls).toBeGreaterThan(60);
  },
  120_000,
);

test("killed in a pass, and again in the one that recovers from it: the third one puts everything right", async () => {
  const base = await eventfulHouse();
  const whole = await killedAt(base, Number.POSITIVE_INFINITY);
  const expected = await phases(whole.house);
  const failures: string[] = [];
  for (let first = 3; first <= whole.crash.calls; first += 5) {
    const once = await killedAt(base, first);
    const recovery = await killedAt(once.house, Number.POSITIVE_INFINITY);
    for (let second = 1 + (first % 7); second <= recovery.crash.calls; second += 7) {
      const { house, crash } = await killedAt(once.house, second);
      await house.apply();
      const wrong = await wrongs(house, expected);
      if (wrong.length > 0)
        failures.push(`points ${first} (${once.crash.at}) and ${second} (${crash.at}): ${wrong.join("; ")}`);
    }
  }
  expect(failures).toEqual([]);
}, 120_000);

test("killed at any call of a giving back: what was in the spool or at the gateway has ended after the next pass", async () => {
  const base = await House.open();
  await base.withAlice();
  const id = base.id("first");
  const run = async (point: number) => {
    const house = await base.copy();
    const crash = new Crash(point);
    await endGrants({
      ...house.parts(),
      store: crash.store(house.store),
      providers: new Map([[gateway, crash.provider(house.provider())]]),
      select: { kind: "grants", grants: [id] },
      by: operator,
      reason: "given back",
    }).catch(() => undefined);
    await crash.bury();
    return { house, crash };
  };
  const whole = await run(Number.POSITIVE_INFINITY);
  for (let point = 1; point <= whole.crash.calls; point += 1) {
    const { house, crash } = await run(point);
    const isPromised = (await house.store.readSpool()).length > 0 || !house.isIn();
    await house.pass();
    expect([crash.at, await disagreements(house)]).toEqual([crash.at, []]);
    expect([crash.at, (await house.grant(id))?.phase]).toEqual([crash.at, isPromised ? "ended" : "active"]);
    expect(await house.store.readSpool()).toEqual([]);
  }
});

test("killed at any call of a first apply, the next one makes the rest", async () => {
  const base = await House.open();
  await base.merge(request("first"));
  const whole = await killedAt(base, Number.POSITIVE_INFINITY);
  for (let point = 1; point <= whole.crash.calls; point += 1) {
    const { house, crash } = await killedAt(base, point);
    const report = await house.apply();
    expect([crash.at, report.errors, await disagreements(house), house.isIn()]).toEqual([crash.at, [], [], true]);
    const again = await house.apply();
    expect([crash.at, again.recorded, again.effects]).toEqual([crash.at, 0, 0]);
  }
});

async function wrongs(house: House, expected: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const wrong = [...(await disagreements(house))];
  const after = await phases(house);
  for (const name of Object.keys({ ...expected, ...after })) {
    if (withoutMs(after[name]) !== withoutMs(expected[name]))
      wrong.push(`${name}: ${after[name]}, not ${expected[name]}`);
  }
  return wrong;
}

function withoutMs(text: string | undefined): string {
  return (text ?? "").replace(/\.\d{3}Z/, "");
}
