/** Promise 1: default deny on every managed Connection. */
import { putObject } from "../../providers/memory/world";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";

test("what is not declared is not granted, and removing a request ends it", async () => {
  const house = await House.open();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  await house.apply();
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test"), house.isIn("dora@x.test")]).toEqual([
    true,
    true,
    false,
  ]);
  await house.merge(request("second", { for: ["bob@x.test"] }));
  const report = await house.apply();
  expect(report.exitCodes).toEqual([]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, true]);
  expect((await house.grant(house.id("first")))?.endReason).toBe("request removed");
});

test("nothing is activated on a Connection that the gate does not name, and the next apply shuts it", async () => {
  const house = await House.open();
  await house.apply();
  const gate = house.world.objects.get("gate:leasehold-gate")!;
  if (gate.value.kind !== "gate") throw new Error("not the gate");
  const connections = gate.value.connections.filter((name) => name !== "orders-read");
  putObject(house.world, { ...gate, value: { ...gate.value, connections } });
  await house.merge(request("first"));
  const holes = house.provider();
  const unseen = { ...holes, apply: refusingGate(holes) };
  const report = await house.pass({ providers: new Map([[gateway, unseen]]) });
  expect(report.outcomes.filter((one) => one.kind === "activated")).toEqual([]);
  expect(report.exitCodes).toContain(5);
  const after = await house.pass();
  expect(after.outcomes.map((one) => one.kind)).toEqual(["configured", "activated"]);
});

/** A gateway that refuses to have its gate written. */
function refusingGate(inner: ReturnType<House["provider"]>): typeof inner.apply {
  return async function* apply(effects, options) {
    for (const effect of effects) {
      if (effect.kind === "configure") yield { kind: "refused", effect, because: "passing", why: "not now" };
      else yield* inner.apply([effect], options);
    }
  };
}
