/** Promise 5: ended stays ended, whoever ended it and wherever. */
import { putObject } from "../../providers/memory/world";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";

test("what somebody ends directly at the gateway is recorded, its sessions are cut, and it never comes back", async () => {
  const house = await House.open();
  house.world.cutsSessions = false;
  const id = await house.withAlice();
  const session = house.session()!;
  house.world.leases.at(-1)!.state = "removed";
  const report = await house.pass();
  expect(report.exitCodes).toEqual([]);
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "ended outside" });
  expect(session.closedAt).toBeDefined();
  for (let run = 0; run < 3; run += 1) await house.apply();
  expect(house.isIn()).toBe(false);
});

test.each([
  ["runs out", async (house: House) => house.clock.advanceSeconds(600)],
  ["is given back", (house: House) => house.end({ select: { kind: "grants", grants: [house.id("short")] } })],
])(
  "a Lease that somebody ended at the gateway is not held anew when another Grant of its pair %s",
  async (_words, end) => {
    const house = await House.open();
    await house.merge(request("long", { durationSeconds: 7200 }));
    await house.apply();
    await house.merge(request("long", { durationSeconds: 7200 }), request("short", { durationSeconds: 600 }));
    await house.apply();
    for (const lease of house.world.leases) lease.state = "removed";
    await end(house);
    await house.pass({ scope: "endings" });
    expect([(await house.grant(house.id("short")))?.phase, house.isIn()]).toEqual(["ended", false]);
    expect(house.types()).not.toContain("change.intended");
    await house.pass();
    expect(await house.grant(house.id("long"))).toMatchObject({ phase: "ended", endReason: "ended outside" });
    expect(house.isIn()).toBe(false);
  },
);

test("while the gateway cannot be looked at, the Lease of a pair stays as it is, and the ending is asked for again", async () => {
  const house = await House.open();
  await house.merge(request("long", { durationSeconds: 7200 }));
  await house.apply();
  await house.merge(request("long", { durationSeconds: 7200 }), request("short", { durationSeconds: 600 }));
  await house.apply();
  house.faults = (call) => (call.name === "observe" ? { kind: "drop" } : undefined);
  house.clock.advanceSeconds(600);
  const report = await house.pass({ scope: "endings" });
  expect(report.overdue.map((one) => one.grant)).toEqual([house.id("short")]);
  house.faults = undefined;
  await house.pass({ scope: "endings" });
  expect((await house.grant(house.id("short")))?.phase).toBe("ended");
  expect([house.isIn(), house.types().includes("change.done")]).toEqual([true, true]);
});

test.each(["removed at the gateway", "still there"])(
  "a request is made shorter while the gateway cannot be looked at: the end holds, and no Lease is asked for that is %s",
  async (words) => {
    const house = await House.open();
    const id = await house.withAlice({ durationSeconds: 7200 });
    const isRemoved = words.startsWith("removed");
    if (isRemoved) for (const lease of house.world.leases) lease.state = "removed";
    const leases = house.world.leases.length;
    house.faults = (call) => (call.name === "observe" ? { kind: "drop" } : undefined);
    await house.merge(request("first", { durationSeconds: 1200 }));
    const report = await house.apply();
    expect(report.outcomes).toMatchObject([{ kind: "changed", grant: id, result: "refused" }]);
    await house.apply();
    expect(house.world.leases).toHaveLength(leases);
    expect(await house.grant(id)).toMatchObject({ phase: "active", end: "2026-03-01T08:20:00.000Z", generation: 0 });
    const seeing = await house.copy();
    seeing.faults = undefined;
    await seeing.pass();
    expect(seeing.isIn()).toBe(!isRemoved);
    expect(await seeing.grant(id)).toMatchObject(isRemoved ? { phase: "ended" } : { phase: "active", generation: 2 });
    house.clock.advanceSeconds(1200);
    await house.pass();
    expect([house.isIn(), (await house.grant(id))?.phase]).toEqual([false, "ended"]);
  },
);

test("an opt-out keeps a grant away until it is lifted, and then a new request is needed for what had started", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const report = await house.optOut("reading");
  expect(house.isIn()).toBe(false);
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "opted out" });
  await house.merge(request("first"), request("second"));
  expect((await house.pass()).waiting.map((one) => one.why)).toEqual(["opted out"]);
  await house.liftOptOut(report.optOut.id);
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
  expect((await house.grant(house.id("second")))?.phase).toBe("active");
});

test("repairs that narrow are part of every pass; repairs that widen wait for an apply", async () => {
  const house = await House.open();
  await house.apply();
  const gate = house.world.objects.get("gate:leasehold-gate")!;
  if (gate.value.kind !== "gate") throw new Error("not the gate");
  putObject(house.world, { ...gate, value: { ...gate.value, connections: [] } });
  house.world.objects.delete("connection:cache-read");
  const pass = await house.pass();
  expect(pass.outcomes.map((one) => one.subject?.name)).toEqual(["leasehold-gate"]);
  expect(house.world.objects.has("connection:cache-read")).toBe(false);
  await house.apply();
  expect(house.world.objects.has("connection:cache-read")).toBe(true);
});

test("what was given back before it began is rejected and never starts", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  const given = await house.end({ select: { kind: "request", request: "first" } });
  expect(given.neverStart).toEqual([house.id("first")]);
  const report = await house.pass();
  expect(report.outcomes.map((one) => one.kind)).toEqual(["rejected"]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "rejected", rejectReason: "given back" });
  expect(await house.store.readSpool()).toEqual([]);
  await house.pass();
  expect([house.isIn(), gateway]).toEqual([false, "gw"]);
});

test("an expired grant whose ending never reached the gateway is not honoured once more", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.faults = (call) => (call.name === "apply" ? { kind: "unanswered" } : undefined);
  house.clock.advanceSeconds(3600);
  const report = await house.pass();
  expect(report.exitCodes).toContain(8);
  house.faults = undefined;
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
});
