/** What was intended and never reached its gateway: it may start until its `startBefore`, and is over then. */
import { House } from "./support/house";
import { request } from "./support/rules";

async function refusedHouse(): Promise<House> {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first", { startBefore: "2026-03-01T08:30:00.000Z" }));
  house.faults = (call) =>
    call.name === "apply" && call.effect.kind === "hold" ? { kind: "refuse", because: "credential" } : undefined;
  await house.pass();
  expect((await house.grant(house.id("first")))?.phase).toBe("activating");
  return house;
}

test("a Grant whose gateway refused our key is rejected as too late with the first pass past its startBefore, not at its own end", async () => {
  const house = await refusedHouse();
  house.clock.advanceSeconds(1800);
  const report = await house.pass();
  expect((await house.grant(house.id("first")))?.phase).toBe("rejected");
  expect(house.bodies().at(-1)).toMatchObject({ type: "grant.rejected", reason: "too late" });
  expect((await house.state()).intents.size).toBe(0);
  expect(report.outcomes).toMatchObject([{ kind: "rejected", result: "done", reason: "too late" }]);
  house.faults = undefined;
  await house.pass();
  expect(house.isIn()).toBe(false);
});

test("until then it starts as soon as the key is right, under the end fixed by its intent", async () => {
  const house = await refusedHouse();
  house.clock.advanceSeconds(1700);
  house.faults = undefined;
  await house.pass();
  const grant = await house.grant(house.id("first"));
  expect([grant?.phase, grant?.end]).toEqual(["active", "2026-03-01T09:00:00.000Z"]);
});

test("what its gateway did make is no longer too late, whatever it answered", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first", { startBefore: "2026-03-01T08:30:00.000Z" }));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "unanswered" } : undefined);
  await house.pass();
  house.clock.advanceSeconds(1800);
  await house.pass();
  expect((await house.grant(house.id("first")))?.phase).toBe("active");
});
