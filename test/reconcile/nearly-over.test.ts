/** Less than a second is left of a Grant: no gateway can hold that anew, so what stands longer is ended with it, and waited for. */
import { correlationText } from "../../lib/model/lease";
import { putLease } from "../../providers/memory/world";
import { House, installation } from "./support/house";
import { request } from "./support/rules";

const halfAnHour = 1800;

test("a Lease that should be shorter, by a Grant that ends within a second, goes with that end and without an error", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  await house.pass();
  house.clock.advanceSeconds(halfAnHour - 0.5);
  await house.merge(request("first", { durationSeconds: halfAnHour }));
  const report = await house.pass();
  expect([report.errors, report.exitCodes]).toEqual([[], []]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", end: "2026-03-01T08:30:00.000Z" });
  expect([house.isIn(), house.clock.now()]).toEqual([false, "2026-03-01T08:30:00.000Z"]);
});

test("what stands beside such a Grant without a record goes with it", async () => {
  const house = await House.open();
  await house.withAlice({ durationSeconds: halfAnHour });
  house.clock.advanceSeconds(halfAnHour - 0.5);
  const correlation = correlationText({ installation, grant: "a".repeat(26), generation: 0 });
  putLease(house.world, { person: "alice@x.test", connection: "orders-read", seconds: 3600, correlation });
  const report = await house.pass();
  expect([report.errors, report.overdue]).toEqual([[], []]);
  expect([(await house.grant(house.id("first")))?.phase, house.isIn()]).toEqual(["ended", false]);
});

test.each([
  ["before its gateway was asked", 0.5],
  ["while its gateway was asked", 1.4],
])("whoever gives back beside such a Grant is out, and nobody has to end anything later: %s", async (_, left) => {
  const house = await House.open();
  await house.merge(request("first", { durationSeconds: halfAnHour }), request("second"));
  await house.apply();
  house.clock.advanceSeconds(halfAnHour - left);
  house.faults = (call) => {
    if (call.name === "apply" && call.effect.kind === "hold") house.clock.advanceSeconds(0.6);
    return undefined;
  };
  const report = await house.end({ select: { kind: "grants", grants: [house.id("second")] } });
  expect([report.errors, report.overdue]).toEqual([[], []]);
  expect(report.outcomes).toMatchObject([{ kind: "ended", request: "second", result: "done" }]);
  expect(house.isIn()).toBe(false);
  expect((await house.pass()).exitCodes).toEqual([]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "expired" });
});
