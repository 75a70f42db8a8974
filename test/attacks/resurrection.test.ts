/**
 * Resurrection: the Log is lost or put back from a copy while the request still lies in Git; somebody
 * ends a grant at the gateway and an enforced state would put it back. Each under a rule that approves
 * automatically, with startBefore in the future: nobody would have to be asked again.
 */
import { memoryStore } from "../../lib/log";
import { rebuildLog } from "../../lib/reconcile";
import { putObject } from "../../providers/memory/world";
import { House, operator } from "../reconcile/support/house";
import { request } from "../reconcile/support/rules";

const first = request("first", { durationSeconds: 7200 });

async function expectNothingReturns(house: House): Promise<void> {
  for (let run = 0; run < 3; run += 1) {
    await house.merge(first);
    await house.apply();
    await house.pass();
    house.clock.advanceSeconds(60);
    expect(house.isIn()).toBe(false);
  }
}

test("the Log is deleted after a giving back: access does not return, before the rebuild and after it", async () => {
  const house = await House.open();
  await house.merge(first);
  await house.apply();
  await house.end({ select: { kind: "request", request: "first" } });
  house.store = memoryStore({ clock: house.clock });
  await house.accept();
  await expectNothingReturns(house);
  expect((await house.apply()).exitCodes).toEqual([9]);
  await rebuildLog({ ...house.parts(), requests: { requests: [first] }, by: operator });
  await expectNothingReturns(house);
});

test("a copy of the Log from before the giving back is put back: access does not return", async () => {
  const house = await House.open();
  await house.merge(first);
  await house.apply();
  const copy = await house.copy();
  await house.end({ select: { kind: "request", request: "first" } });
  house.store = copy.store;
  await expectNothingReturns(house);
  expect((await house.grant(house.id("first")))?.phase).toBe("ended");
});

test("a copy of the Log from before the activation is put back: the grant id is spent at the gateway", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(first);
  const copy = await house.copy();
  await house.apply();
  await house.end({ select: { kind: "request", request: "first" } });
  house.store = copy.store;
  await expectNothingReturns(house);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "rejected", rejectReason: "spent" });
  expect(house.types()).not.toContain("activation.intended");
});

test("somebody ends a grant directly at the gateway: no pass puts it back", async () => {
  const house = await House.open();
  await house.merge(first);
  await house.apply();
  house.world.leases.at(-1)!.state = "removed";
  await expectNothingReturns(house);
  expect((await house.grant(house.id("first")))?.endReason).toBe("ended outside");
});

test("a user who was deleted and made again gets nothing back", async () => {
  const house = await House.open();
  await house.merge(first);
  await house.apply();
  const user = house.world.objects.get("user:alice@x.test")!;
  house.world.objects.delete("user:alice@x.test");
  await house.end({ select: { kind: "who", person: "alice@x.test" } });
  putObject(house.world, user);
  await expectNothingReturns(house);
});

test("a request file that was removed and comes back under its old name starts nothing", async () => {
  const house = await House.open();
  await house.merge(first, request("other", { for: ["bob@x.test"] }));
  await house.apply();
  await house.merge(request("other", { for: ["bob@x.test"] }));
  await house.apply();
  await expectNothingReturns(house);
});
