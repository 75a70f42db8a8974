/** Promise 12: we touch only what is ours. */
import { canonicalJson } from "../../lib/model/canonical";
import { putLease, putObject } from "../../providers/memory/world";
import { House } from "./support/house";
import { request } from "./support/rules";

test("foreign objects, leases and sessions stay byte-identical through a life of passes, and are reported", async () => {
  const house = await House.open();
  for (let index = 0; index < 200; index += 1) {
    putObject(house.world, {
      value: {
        kind: "connection",
        name: `foreign-${index}`,
        resource: "theirs",
        resourceKind: "tcp",
        settings: {},
        secrets: {},
        command: [],
        guardrails: [],
        maskingRules: [],
      },
      ...(index % 2 === 0 ? {} : { installation: "another-installation" }),
    });
    putLease(house.world, { person: `them${index}@x.test`, connection: `foreign-${index}`, seconds: 9_999_999 });
  }
  putLease(house.world, {
    person: "bob@x.test",
    connection: "orders-read",
    seconds: 9_999_999,
    correlation: "lh:other-house:x:0",
  });
  const theirs = () =>
    canonicalJson([
      [...house.world.objects.values()].filter((row) => row.value.name.startsWith("foreign-")),
      house.world.leases.filter((row) => row.correlation === undefined || row.correlation.startsWith("lh:other")),
    ]);
  const before = theirs();
  await house.withAlice();
  house.clock.advanceSeconds(3600);
  await house.pass();
  await house.merge();
  await house.apply({ confirmRemovals: 0 });
  await house.end({ select: { kind: "all" } });
  const report = await house.apply();
  expect(theirs()).toBe(before);
  expect(report.plan?.drift.filter((item) => item.kind === "foreign lease").length).toBeGreaterThan(0);
});

test("a gateway whose gate carries another installation's id is refused", async () => {
  const house = await House.open();
  putObject(house.world, {
    value: { kind: "gate", name: "leasehold-gate", connections: [] },
    installation: "another-installation",
  });
  await house.merge(request("first"));
  const report = await house.apply();
  expect(report.errors.map((one) => one.code)).toContain("E504");
  expect(report.exitCodes).toContain(5);
  expect(report.effects).toBe(0);
});
