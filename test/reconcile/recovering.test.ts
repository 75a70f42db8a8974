/** Promise 13: a lost or old Log resurrects nothing. */
import { openLog, memoryStore } from "../../lib/log";
import { rebuildLog } from "../../lib/reconcile";
import { putLease } from "../../providers/memory/world";
import { disagreements } from "./support/agreement";
import { House, installation, operator } from "./support/house";
import { request } from "./support/rules";

async function rebuild(house: House, ...requests: ReturnType<typeof request>[]) {
  return rebuildLog({ ...house.parts(), requests: { requests }, by: operator });
}

/** The records of what was there before went with the old Log. */
async function wrongs(house: House): Promise<readonly string[]> {
  return (await disagreements(house)).filter((one) => !one.startsWith("unrecorded"));
}

test("an empty Log beside a gateway with our id is recovering: access only ends, exit 9", async () => {
  const house = await House.open();
  await house.merge(request("first", { durationSeconds: 600 }), request("second", { for: ["bob@x.test"] }));
  await house.apply();
  house.store = memoryStore({ clock: house.clock });
  await house.accept();
  await house.merge(request("first", { durationSeconds: 600 }), request("third", { for: ["dora@x.test"] }));
  const report = await house.apply();
  expect(report.exitCodes).toEqual([9]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test"), house.isIn("dora@x.test")]).toEqual([
    true,
    true,
    false,
  ]);
  house.clock.advanceSeconds(600);
  const later = await house.pass();
  expect(later.exitCodes).toEqual([9]);
  expect(later.outcomes.map((one) => `${one.kind} ${one.person}`)).toEqual(["stray ended alice@x.test"]);
  expect(house.isIn("bob@x.test")).toBe(true);
});

test("a rebuild adopts what a merged request explains, ends the rest, and marks the others spent", async () => {
  const house = await House.open();
  const [first, second, gone] = [
    request("first"),
    request("second", { for: ["bob@x.test"] }),
    request("gone", { for: ["dora@x.test"] }),
  ];
  await house.merge(first, second, gone);
  await house.apply();
  const end = (await house.grant(house.id("first")))?.end;
  await house.end({ select: { kind: "who", person: "bob@x.test" } });
  house.store = memoryStore({ clock: house.clock });
  await house.accept();
  await house.pass();
  const rebuilt = await rebuild(house, first, second);
  expect(rebuilt).toMatchObject({ adopted: [house.id("first")], spent: ["second"], wasRecovering: true });
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "active", end });
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test"), house.isIn("dora@x.test")]).toEqual([
    true,
    false,
    false,
  ]);
  const after = await house.apply();
  expect(after.errors.filter((one) => one.code !== "E310")).toEqual([]);
  expect(await wrongs(house)).toEqual([]);
  expect(house.isIn("bob@x.test")).toBe(false);
  expect((await rebuild(house, first, second)).wasRecovering).toBe(false);
});

test("a lease that carries the grant id of somebody else's request is not adopted, but ended", async () => {
  const house = await House.open();
  await house.apply();
  const correlation = `lh:${installation}:${house.id("first")}:0`;
  putLease(house.world, { person: "dora@x.test", connection: "orders-write", seconds: 9999, correlation });
  house.store = memoryStore({ clock: house.clock });
  await house.accept();
  const rebuilt = await rebuild(house, request("first"));
  expect(rebuilt).toMatchObject({ adopted: [], spent: ["first"] });
  expect(house.isIn("dora@x.test", "orders-write")).toBe(false);
});

test("a rebuild that was cut off at any record is repeated to the same end", async () => {
  const base = await House.open();
  await base.merge(request("first"), request("gone", { for: ["dora@x.test"] }));
  await base.apply();
  base.store = memoryStore({ clock: base.clock });
  await base.accept();
  for (let left = 1; left < 12; left += 1) {
    const house = await base.copy();
    let writes = left;
    const store = { ...house.store, read: house.store.read };
    store.takeEpoch = async (options) => {
      const writer = await house.store.takeEpoch(options);
      const append = writer.append;
      return {
        ...writer,
        append: (head, records) => ((writes -= 1) < 0 ? Promise.reject(new Error("cut off")) : append(head, records)),
      };
    };
    await rebuildLog({ ...house.parts(), store, requests: { requests: [request("first")] }, by: operator }).catch(
      () => undefined,
    );
    await rebuild(house, request("first"));
    await house.apply();
    expect(await wrongs(house)).toEqual([]);
    expect([house.isIn("alice@x.test"), house.isIn("dora@x.test")]).toEqual([true, false]);
  }
});

test("a Log behind an anchor is recovering", async () => {
  const house = await House.open();
  await house.withAlice();
  const lines = [...house.store.lines];
  await house.end({ select: { kind: "all" } });
  const anchor = (await openLog({ store: house.store, installation })).head!;
  house.store.lines.length = 0;
  const old = memoryStore({ clock: house.clock, lines });
  for (const [digest, text] of house.store.blobs) old.blobs.set(digest, text);
  house.store = old;
  const report = await house.pass({ anchor });
  expect(report.exitCodes).toEqual([9]);
});

test("a fresh Log beside a fresh gateway is not recovering", async () => {
  const house = await House.open();
  expect((await house.apply()).exitCodes).toEqual([]);
});
