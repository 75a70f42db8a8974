/** Three clocks can disagree: ours, the Log's last record, the gateway's. */
import { isSessionOpen } from "../../providers/memory/world";
import { thaw } from "../../lib/reconcile";
import { House, operator } from "./support/house";
import { request } from "./support/rules";

const hour = 3_600_000;

test("a clock that jumped back grants nothing, and ends what the Log's own time says is due", async () => {
  const house = await House.open();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"], durationSeconds: 7200 }));
  await house.apply();
  house.clock.advanceSeconds(3599);
  await house.merge(
    request("first"),
    request("second", { for: ["bob@x.test"], durationSeconds: 7200 }),
    request("third", { for: ["dora@x.test"] }),
  );
  house.clock.advanceSeconds(1);
  house.world.skewMs = hour;
  house.clock.jump(-hour);
  const report = await house.pass();
  expect(report.errors.map((one) => one.summary)).toContain("this machine's clock stands before the Log's last record");
  expect(report.exitCodes).toEqual([10]);
  // The gateway's clock did not jump: by it the first is due, and the second is not.
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test"), house.isIn("dora@x.test")]).toEqual([
    false,
    true,
    false,
  ]);
  expect((await house.grant(house.id("first")))?.phase).toBe("ended");
  house.clock.jump(hour);
  house.world.skewMs = 0;
  await house.pass();
  expect(house.isIn("dora@x.test")).toBe(true);
});

test("a clock that jumped ahead may end early, and grants nothing that its gateway's clock does not agree to", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  await house.merge(
    request("first"),
    request("later", { for: ["bob@x.test"], startAfter: "2026-03-01T08:30:00.000Z" }),
  );
  house.clock.jump(hour);
  house.world.skewMs = -hour;
  const report = await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
  expect(report.errors.map((one) => one.summary)).toContain("the gateway's clock and ours disagree");
  expect(house.isIn("bob@x.test")).toBe(false);
});

test.each([
  ["ahead", hour],
  ["back", -hour],
])(
  "a clock that jumps %s after the gateway was asked for its own grants nothing in that pass",
  async (_words, jumpMs) => {
    const house = await House.open();
    await house.apply();
    const later = request("later", { startAfter: "2026-03-01T08:30:00.000Z" });
    await house.merge(later, request("now", { for: ["bob@x.test"] }));
    house.faults = ({ name }) => {
      if (name === "observe") house.clock.jump(jumpMs);
      return undefined;
    };
    const report = await house.pass();
    expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, false]);
    expect(report.errors.map((one) => one.code)).toEqual(["E502"]);
    expect(house.types()).not.toContain("activation.intended");
  },
);

test("nothing starts before its startAfter by our clock, also while that stands a little behind the Log", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first", { startAfter: "2026-03-01T08:00:10.000Z" }));
  house.clock.advanceSeconds(30);
  await house.store.addToSpool({ id: "s", at: house.clock.now(), body: { kind: "freeze", by: operator, note: "x" } });
  await thaw({ ...house.parts(), by: operator });
  house.clock.jump(-25_000);
  await house.pass();
  expect(house.isIn()).toBe(false);
  house.clock.advanceSeconds(5);
  await house.pass();
  expect(house.isIn()).toBe(true);
});

test.each([
  ["in the last moment before its startBefore", 1799, true],
  ["not at its startBefore, however long the gateway takes to say that its id is unknown", 1800, false],
])("a Grant starts %s", async (_words, seconds, isStarted) => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first", { startBefore: "2026-03-01T08:30:00.000Z" }));
  house.faults = ({ name }) => {
    if (name === "findSpent") house.clock.advanceSeconds(seconds);
    return undefined;
  };
  await house.pass();
  expect([house.isIn(), house.types().includes("activation.intended")]).toEqual([isStarted, isStarted]);
  house.faults = undefined;
  await house.pass();
  expect(await house.grant(house.id("first"))).toMatchObject(
    isStarted ? { phase: "active" } : { phase: "rejected", rejectReason: "too late" },
  );
});

test("the Log's times never go back", async () => {
  const house = await House.open();
  await house.withAlice();
  house.clock.jump(-30_000);
  await house.end({ select: { kind: "all" } });
  const times = house.store.lines.map((line) => (JSON.parse(line) as { time: string }).time);
  expect(times).toEqual(times.toSorted());
});

test.each([-hour, hour])("a jump of %i ms between two passes delays no revoke beyond the jump", async (jump) => {
  const house = await House.open();
  house.world.cutsSessions = false;
  await house.withAlice();
  const session = house.session()!;
  house.clock.advanceSeconds(1800);
  house.clock.jump(jump);
  house.clock.advanceSeconds(1800);
  house.clock.advance(Math.max(0, -jump));
  await house.pass();
  expect(isSessionOpen(house.world, session)).toBe(false);
});

test.each([
  ["2028-02-28T23:30:00.000Z", "2028-02-29T00:30:00.000Z"],
  ["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z"],
])("leap days and daylight saving move nothing: an hour from %s ends at %s", async (at, end) => {
  const house = new House();
  house.clock.jump(Date.parse(at) - Date.parse(house.clock.now()));
  await house.accept();
  await house.withAlice({ startBefore: at.replace(/T.*/, "T23:59:59.000Z") });
  expect((await house.grant(house.id("first")))?.end).toBe(end);
});
