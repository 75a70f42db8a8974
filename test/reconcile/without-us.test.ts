/** Promise 3: it ends without us; and after downtime what is overdue ends before anything else. */
import { isSessionOpen, isLetIn } from "../../providers/memory/world";
import { House } from "./support/house";
import { request } from "./support/rules";

test("the deadline is set at the gateway: while nothing of us runs, entry and sessions end on time", async () => {
  const house = await House.open();
  await house.withAlice();
  const session = house.session()!;
  house.clock.advanceSeconds(3599);
  expect([house.isIn(), isSessionOpen(house.world, session)]).toEqual([true, true]);
  house.clock.advanceSeconds(1);
  expect([house.isIn(), isSessionOpen(house.world, session)]).toEqual([false, false]);
  expect((await house.pass()).exitCodes).toEqual([]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "expired" });
});

test("the worst-case end is recorded by what the provider holds by itself", async () => {
  const worst = async (overrun: "none" | "one duration" | "unbounded") => {
    const house = await House.open();
    house.description = { holds: { entry: true, sessions: overrun === "none", overrun } };
    await house.withAlice();
    return (await house.grant(house.id("first")))?.worstCaseEnd;
  };
  expect(await worst("none")).toBe("2026-03-01T09:00:00.000Z");
  expect(await worst("one duration")).toBe("2026-03-01T10:00:00.000Z");
  expect(await worst("unbounded")).toBe("9999-12-31T23:59:59.999Z");
});

test("after a day of standstill every overdue revoke precedes every grant", async () => {
  const house = await House.open();
  house.world.cutsSessions = false;
  await house.merge(request("a"), request("b", { for: ["bob@x.test"] }));
  await house.apply();
  const session = house.session()!;
  await house.merge(request("a"), request("b", { for: ["bob@x.test"] }), request("c", { for: ["dora@x.test"] }));
  house.clock.advanceSeconds(15 * 3600);
  const order: string[] = [];
  house.faults = (call) => {
    order.push(call.name === "apply" ? call.effect.kind : call.name);
    return undefined;
  };
  await house.pass();
  expect(order.filter((name) => name === "end" || name === "hold" || name === "observe")).toEqual([
    "end",
    "end",
    "observe",
    "hold",
  ]);
  expect(isSessionOpen(house.world, session)).toBe(false);
});

test("a long run of activations holds up no expiry: what falls due in between ends between two batches", async () => {
  const house = await House.open();
  const people = Array.from({ length: 60 }, (_, index) => `p${index}@x.test`);
  house.manifest = {
    ...house.manifest,
    users: [...house.manifest.users, ...people.map((email) => ({ email }))],
    groups: house.manifest.groups.map((one) =>
      one.name === "devs" ? { ...one, members: [...one.members, ...people] } : one,
    ),
  };
  await house.accept();
  await house.merge(request("short", { durationSeconds: 60 }));
  await house.apply();
  await house.merge(request("short", { durationSeconds: 60 }), request("many", { for: people }));
  const order: string[] = [];
  house.faults = (call) => {
    if (call.name !== "apply") return undefined;
    order.push(call.effect.kind);
    // Each grant takes its gateway five seconds.
    if (call.effect.kind === "hold") house.clock.advanceSeconds(5);
    return undefined;
  };
  await house.pass();
  expect(order.indexOf("end")).toBeGreaterThan(0);
  expect(order.indexOf("end")).toBeLessThanOrEqual(24);
  expect(isLetIn(house.world, "p59@x.test", "orders-read")).toBe(true);
});
