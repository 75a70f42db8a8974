/** Gateway side door: somebody mints access directly at the gateway. */
import { putLease, putObject } from "../../providers/memory/world";
import { House, installation } from "../reconcile/support/house";
import { request } from "../reconcile/support/rules";

test("a lease that nobody asked for is reported first and recorded as drift; it is foreign, and stays", async () => {
  const house = await House.open();
  await house.withAlice();
  putLease(house.world, { person: "bob@x.test", connection: "orders-write", seconds: 86_400 });
  const report = await house.pass();
  expect(report.plan?.drift[0]).toMatchObject({ kind: "foreign lease", subject: "bob@x.test@orders-write" });
  const drift = house.bodies().findLast((body) => body.type === "drift.seen");
  expect(JSON.stringify(drift)).toContain("bob@x.test");
  const records = house.store.lines.length;
  await house.pass();
  expect(house.store.lines).toHaveLength(records);
  expect(house.isIn("bob@x.test", "orders-write")).toBe(true);
});

test("a lease that claims to be ours and that no record explains is ended", async () => {
  const house = await House.open();
  await house.apply();
  putLease(house.world, {
    person: "bob@x.test",
    connection: "orders-write",
    seconds: 86_400,
    correlation: `lh:${installation}:${"b".repeat(26)}:0`,
  });
  const report = await house.pass();
  expect(report.outcomes.map((one) => one.kind)).toEqual(["stray ended"]);
  expect(house.isIn("bob@x.test", "orders-write")).toBe(false);
});

test("a Connection that somebody took out of the gate is shut again by the next pass, before anything starts on it", async () => {
  const house = await House.open();
  await house.apply();
  const gate = house.world.objects.get("gate:leasehold-gate")!;
  if (gate.value.kind !== "gate") throw new Error("not the gate");
  putObject(house.world, { ...gate, value: { ...gate.value, connections: ["cache-read"] } });
  expect(house.isIn("dora@x.test", "orders-write")).toBe(true);
  await house.merge(request("first"));
  const report = await house.pass();
  expect(report.outcomes.map((one) => one.kind)).toEqual(["configured", "activated"]);
  expect(house.isIn("dora@x.test", "orders-write")).toBe(false);
});

test("a lease whose end somebody moved is brought back to its end", async () => {
  const house = await House.open();
  await house.withAlice();
  house.world.leases.at(-1)!.endsAt += 86_400_000;
  await house.pass();
  house.clock.advanceSeconds(3600);
  expect(house.isIn()).toBe(false);
});
