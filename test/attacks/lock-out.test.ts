/** Lock-out: the rules lose their last people, and nobody is left who could put them back. */
import { House } from "../reconcile/support/house";
import { group, request, rules } from "../reconcile/support/rules";

test("rules that lose all their people take no user away from a gateway, and end only what those people held", async () => {
  const house = await House.open();
  await house.withAlice();
  const users = () => [...house.world.objects.values()].filter((row) => row.value.kind === "user");
  const before = users();
  house.manifest = rules({ users: [], groups: [group("devs", []), group("leads", [])] });
  await house.accept();
  const report = await house.apply();
  expect(users()).toEqual(before);
  expect(report.outcomes.map((one) => `${one.kind} ${one.reason}`)).toEqual(["ended no longer eligible"]);
});

test("with nobody left who may approve, endings still need nobody, and rules can still be accepted", async () => {
  const house = await House.open();
  await house.withAlice();
  house.manifest = rules({ groups: [group("devs", ["alice"]), group("leads", [])] });
  await house.accept();
  await house.merge(request("first"), request("second", { access: ["orders/write"] }));
  const report = await house.apply();
  expect(report.approvals.map((one) => one.request)).toEqual(["second"]);
  await house.end({ select: { kind: "all" } });
  expect(house.isIn()).toBe(false);
  house.manifest = rules();
  await house.accept();
  await house.approve("second");
  await house.apply();
  expect(house.isIn("alice@x.test", "orders-write")).toBe(true);
});
