/** Promise 4: ending is never forgotten and never waits. */
import { exitCodes, failure } from "../../lib/errors";
import type { LogStore } from "../../lib/ports";
import { House, operator } from "./support/house";
import { group, request, rules } from "./support/rules";

function fullDisk(store: LogStore): LogStore {
  const full = () => Promise.reject(failure("E603", { detail: "no space left on device", fix: "free some space" }));
  return { ...store, read: store.read, takeEpoch: full, addToSpool: full, putBlob: full, removeFromSpool: full };
}

test("while another process holds the Log, what is due ends, is reported as not recorded, and nothing starts", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const writer = await house.store.takeEpoch({ holder: "another", waitMs: 0 });
  await house.store.addToSpool({
    id: "s1",
    at: house.clock.now(),
    body: { kind: "end", grants: [id], reason: "given back", by: operator },
  });
  const report = await house.pass();
  expect(house.isIn()).toBe(false);
  expect(report.unrecorded.map((one) => one.grant)).toEqual([id]);
  expect(report.exitCodes.toSorted()).toEqual([10, 7].toSorted());
  await writer.release();
  const after = await house.pass();
  expect(after.exitCodes).toEqual([]);
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
  expect(await house.store.readSpool()).toEqual([]);
});

test("another writer that lets go while a pass waits: what was due had ended before, and is recorded once", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.clock.advanceSeconds(3600);
  const writer = await house.store.takeEpoch({ holder: "another", waitMs: 0 });
  const order: string[] = [];
  house.faults = (call) => {
    if (call.name === "apply") order.push(call.effect.kind);
    return undefined;
  };
  const sleep = house.clock.sleep.bind(house.clock);
  house.clock.sleep = async (ms) => {
    order.push("wait");
    await writer.release();
    await sleep(ms);
  };
  const report = await house.pass({ lockWaitMs: 5_000 });
  expect(order.slice(0, 2)).toEqual(["end", "wait"]);
  expect(report.exitCodes).toEqual([]);
  expect(report.outcomes).toMatchObject([{ kind: "ended", result: "done", grant: id }]);
  expect((await house.grant(id))?.phase).toBe("ended");
});

test("with a full disk what is due ends, and is recorded once there is room", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.clock.advanceSeconds(3600);
  const report = await house.pass({ store: fullDisk(house.store) });
  expect(house.isIn()).toBe(false);
  expect(report.exitCodes).toContain(7);
  expect((await house.grant(id))?.phase).toBe("active");
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "expired" });
});

test("nothing starts while the Log cannot be written", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  const report = await house.pass({ store: fullDisk(house.store) });
  expect(house.isIn()).toBe(false);
  expect(report.exitCodes).toEqual([10]);
  expect(report.effects).toBe(0);
});

test("a refused ending is asked for on every pass, told aloud, and recorded once a day", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.clock.advanceSeconds(3600);
  house.faults = (call) =>
    call.name === "apply" && call.effect.kind === "end" ? { kind: "refuse", because: "passing" } : undefined;
  for (let run = 0; run < 3; run += 1) {
    const report = await house.pass();
    expect(report.exitCodes).toContain(8);
    expect(report.overdue.map((one) => one.grant)).toEqual([id]);
    house.clock.advanceSeconds(60);
  }
  expect(house.types().filter((type) => type === "ending.refused")).toHaveLength(1);
  house.faults = undefined;
  expect((await house.pass()).exitCodes).toEqual([]);
  expect((await house.grant(id))?.phase).toBe("ended");
});

test("a bulk removal of files waits for its exact number, and no other ending does", async () => {
  const house = await House.open();
  const many = ["a", "b", "c", "d", "e", "f", "g"].map((name) => request(name, { durationSeconds: 7200 }));
  const other = request("other", { for: ["bob@x.test"], durationSeconds: 600 });
  await house.merge(...many, other);
  await house.apply();
  await house.merge(other);
  house.clock.advanceSeconds(600);
  const report = await house.apply();
  expect(report.plan?.heldRemovals).toBe(7);
  expect(report.exitCodes).toContain(5);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([true, false]);
  await house.apply({ confirmRemovals: 6 });
  expect(house.isIn()).toBe(true);
  const confirmed = await house.apply({ confirmRemovals: 7 });
  expect(confirmed.exitCodes).toEqual([]);
  expect(house.isIn()).toBe(false);
});

test("a bulk removal that waits holds up no ending of what the policy does not let any more", async () => {
  const house = await House.open();
  await house.withAlice();
  // No request at all is a bulk removal: it waits for a confirmation.
  await house.merge();
  expect((await house.pass()).exitCodes).toEqual([exitCodes.refused]);
  expect(house.isIn()).toBe(true);
  house.manifest = rules({ groups: [group("devs", ["bob", "dora"]), group("leads", ["carol", "erin"])] });
  await house.accept();
  await house.pass();
  expect(house.isIn()).toBe(false);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "no longer eligible" });
});

test("an ending that was begun and not finished tells the gateway since when, so that what was cut is cut again", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const began = house.clock.now();
  const asked: (string | undefined)[] = [];
  house.faults = (call) => {
    if (call.name !== "apply" || call.effect.kind !== "end") return undefined;
    asked.push(call.effect.since);
    return asked.length === 1 ? { kind: "drop" } : undefined;
  };
  await house.end({ select: { kind: "grants", grants: [id] } });
  house.clock.advanceSeconds(120);
  await house.pass();
  expect(asked).toEqual([undefined, began]);
  expect(house.isIn()).toBe(false);
});
