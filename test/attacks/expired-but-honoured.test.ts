/** Expired but honoured: cleanup fails, clocks are wrong, a future start outlives eligibility, a pass runs twice. */
import { isActive } from "../../lib/model/grant";
import { House } from "../reconcile/support/house";
import { automatic, request, rule, rules } from "../reconcile/support/rules";

test("cleanup fails: the gateway refuses by itself, the Log says that it is over, and the exit code is loud", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.faults = (call) => (call.name === "apply" ? { kind: "refuse", because: "passing" } : undefined);
  house.clock.advanceSeconds(3600);
  const report = await house.pass();
  expect(house.isIn()).toBe(false);
  expect(report.exitCodes).toContain(8);
  const grant = await house.grant(id);
  expect(isActive(grant!, house.clock.now())).toBe(false);
});

test("a future start does not outlive eligibility: it is looked at again when it starts", async () => {
  const house = await House.open();
  await house.merge(request("later", { startAfter: "2026-03-01T10:00:00.000Z" }));
  await house.apply();
  house.manifest = rules({
    groups: rules().groups.map((one) => (one.name === "devs" ? { ...one, members: ["bob@x.test"] } : one)),
  });
  await house.accept();
  house.clock.advanceSeconds(7200);
  await house.apply();
  expect(house.isIn()).toBe(false);
});

test("an approval that has grown too old starts nothing", async () => {
  const house = await House.open({
    manifest: rules({ limits: { ...rules().limits, approvalValidForSeconds: 3600 } }),
  });
  await house.merge(request("later", { access: ["orders/write"], startAfter: "2026-03-01T10:00:00.000Z" }));
  await house.approve("later");
  await house.apply();
  house.clock.advanceSeconds(7200);
  const report = await house.apply();
  expect(house.isIn("alice@x.test", "orders-write")).toBe(false);
  expect(report.approvals.map((one) => one.request)).toEqual(["later"]);
});

test("a pass that runs twice, at once and after another, gives one lease with one end", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  await Promise.all([house.pass(), house.pass(), house.pass()]);
  house.clock.advanceSeconds(600);
  await house.pass();
  expect(house.world.leases.filter((row) => row.state === "approved")).toHaveLength(1);
  expect((await house.grant(house.id("first")))?.end).toBe("2026-03-01T09:00:00.000Z");
});

test("a clock that is wrong by an hour gives nobody a longer grant", async () => {
  for (const skew of [-3_600_000, 3_600_000]) {
    const house = await House.open({
      manifest: rules({
        rules: [
          {
            ...rule("reading", ["orders/read"], automatic),
            windows: [{ kind: "between", from: "2026-03-01T07:00:00.000Z", to: "2026-03-01T08:30:00.000Z" }],
          },
        ],
      }),
    });
    await house.apply();
    house.world.skewMs = skew;
    await house.merge(request("first"));
    expect((await house.pass()).exitCodes).toEqual([10]);
    expect(house.world.leases).toEqual([]);
  }
});
