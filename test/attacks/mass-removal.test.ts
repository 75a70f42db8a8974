/** Mass removal by accident: a moved folder or a failed read removes everybody. */
import { House } from "../reconcile/support/house";
import { request } from "../reconcile/support/rules";

async function crowded(): Promise<House> {
  const house = await House.open();
  const people = Array.from({ length: 20 }, (_, index) => `p${index}@x.test`);
  house.manifest = {
    ...house.manifest,
    users: [...house.manifest.users, ...people.map((email) => ({ email }))],
    groups: house.manifest.groups.map((one) =>
      one.name === "devs" ? { ...one, members: [...one.members, ...people] } : one,
    ),
  };
  await house.accept();
  await house.merge(...people.map((person, index) => request(`r${index}`, { for: [person] })));
  await house.apply();
  return house;
}

test.each([0, 10])(
  "with %i of 20 files left nobody loses access without the exact confirmation, in apply and in reconcile",
  async (left) => {
    const house = await crowded();
    await house.merge(...house.requests.slice(0, left));
    for (const run of [() => house.apply(), () => house.pass(), () => house.apply({ confirmRemovals: 3 })]) {
      expect((await run()).exitCodes).toContain(5);
      expect(house.isIn("p19@x.test", "orders-read")).toBe(true);
    }
    await house.apply({ confirmRemovals: 20 - left });
    expect(house.isIn("p19@x.test", "orders-read")).toBe(false);
  },
);

test("the breaker stops neither a single revoke, nor a giving back, nor an expiry", async () => {
  const house = await crowded();
  await house.merge();
  await house.end({ select: { kind: "who", person: "p0@x.test" }, reason: "revoked" });
  expect(house.isIn("p0@x.test", "orders-read")).toBe(false);
  house.clock.advanceSeconds(3600);
  await house.pass();
  expect(house.world.leases.filter((row) => row.state === "approved")).toEqual([]);
});
