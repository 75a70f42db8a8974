/** Promise 4 where the Log's store cannot be reached: what was last seen of it is enough to end what is due. */
import { failure } from "../../lib/errors";
import { memoryStore, openLog } from "../../lib/log";
import type { LogStore } from "../../lib/ports";
import { runEvery } from "../../lib/reconcile";
import { House, installation, operator } from "./support/house";
import { request } from "./support/rules";

const outage = failure("E606", { detail: "the remote does not answer", fix: "look at it" });

/** The house's store behind a remote that is gone; what was last seen of it is the chain as it is now. */
function gone(house: House): LogStore {
  const down = () => Promise.reject(outage);
  const seen = memoryStore({ lines: house.store.lines });
  for (const [digest, text] of house.store.blobs) seen.blobs.set(digest, text);
  return {
    kind: "git",
    // oxlint-disable-next-line require-yield -- it fails before its first line
    read: async function* () {
      throw outage;
    },
    notedHead: () => Promise.resolve(undefined),
    takeEpoch: down,
    putBlob: down,
    tryReadBlob: (digest) => house.store.tryReadBlob(digest),
    addToSpool: down,
    readSpool: down,
    removeFromSpool: down,
    close: () => Promise.resolve(),
    lastSeen: (cause) => Promise.resolve({ ...seen, takeEpoch: () => Promise.reject(cause) }),
  };
}

test("what is due ends by what was last seen, nothing starts, and the exit code is 10", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  house.clock.advanceSeconds(3600);
  const report = await house.pass({ store: gone(house) });
  expect(house.isIn()).toBe(false);
  expect(house.isIn("bob@x.test")).toBe(false);
  expect(report.unrecorded.map((one) => one.grant)).toEqual([id]);
  expect(report.exitCodes.toSorted()).toEqual([10, 7]);
  expect(report.outcomes.map((one) => one.kind)).toEqual(["ended"]);
  expect((await house.grant(id))?.phase).toBe("active");
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "expired" });
});

test("what is not due yet stays, and nothing is taken for a stray", async () => {
  const house = await House.open();
  await house.withAlice();
  const before = gone(house);
  await house.merge(request("first"), request("later", { for: ["bob@x.test"], access: ["cache/read"] }));
  await house.apply();
  const report = await house.pass({ store: before });
  expect(house.isIn()).toBe(true);
  expect(house.isIn("bob@x.test", "cache-read")).toBe(true);
  expect(report.exitCodes).toEqual([10]);
  expect(report.effects).toBe(0);
});

test("a pair that is in newer hands by now is left alone: what was seen is older than what stands at the gateway", async () => {
  const house = await House.open();
  await house.withAlice();
  const before = gone(house);
  house.clock.advanceSeconds(3600);
  await house.pass();
  await house.merge(request("first"), request("again"));
  await house.apply();
  expect(house.isIn()).toBe(true);
  const report = await house.pass({ store: before });
  expect(house.isIn()).toBe(true);
  expect(report.effects).toBe(0);
  expect(report.exitCodes).toEqual([10]);
});

test("an ending does not wait for a gateway that cannot be looked at", async () => {
  const house = await House.open();
  await house.withAlice();
  house.clock.advanceSeconds(3600);
  house.faults = (call) => (call.name === "observe" ? { kind: "drop" } : undefined);
  const report = await house.pass({ store: gone(house) });
  expect(report.outcomes.map((one) => one.kind)).toEqual(["ended"]);
});

test("an open Log does with what it read before: endings go on through an outage, and are recorded after it", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const down = { isDown: false };
  const store: LogStore = {
    ...house.store,
    read: (from) => (down.isDown ? gone(house).read(from) : house.store.read(from)),
    takeEpoch: (options) => (down.isDown ? Promise.reject(outage) : house.store.takeEpoch(options)),
    readSpool: () => (down.isDown ? Promise.reject(outage) : house.store.readSpool()),
  };
  const log = await openLog({ store, installation });
  down.isDown = true;
  house.clock.advanceSeconds(3600);
  const report = await house.pass({ store, log });
  expect(house.isIn()).toBe(false);
  expect(report.exitCodes.toSorted()).toEqual([10, 7]);
  down.isDown = false;
  expect((await house.pass({ store, log })).exitCodes).toEqual([]);
  expect((await house.grant(id))?.phase).toBe("ended");
});

test("one that keeps going begins with what was last seen, and goes on with the Log once it is back", async () => {
  const house = await House.open();
  await house.withAlice();
  house.clock.advanceSeconds(3600);
  const stop = new AbortController();
  const codes: (readonly number[])[] = [];
  let store: LogStore = gone(house);
  const { store: _store, ...parts } = house.parts();
  await runEvery({
    ...parts,
    get store() {
      return store;
    },
    intervalMs: 1_000,
    signal: stop.signal,
    onReport: (report) => {
      codes.push(report?.exitCodes.toSorted() ?? [1]);
      store = house.store;
      if (codes.length === 3) stop.abort();
    },
  });
  expect(codes).toEqual([[10, 7], [], []]);
});

test("without anything kept the error is the outage's own, and a dry run never does with an old Log", async () => {
  const house = await House.open();
  await house.withAlice();
  const { lastSeen: _lastSeen, ...bare } = gone(house);
  await expect(house.pass({ store: bare })).rejects.toMatchObject({ code: "E606" });
  await expect(house.pass({ store: gone(house), dryRun: true })).rejects.toMatchObject({ code: "E606" });
});

describe("a revoke while the Log cannot be reached", () => {
  test("ends at the gateway at once by what was last seen, is said to be unrecorded, and is recorded from there", async () => {
    const house = await House.open();
    const id = await house.withAlice();
    const report = await house.end({ store: gone(house), select: { kind: "request", request: "first" } });
    expect(house.isIn()).toBe(false);
    expect(report.exitCodes.toSorted()).toEqual([10, 7]);
    expect(report.errors.map(({ code }) => code)).toEqual(["E606", "E509"]);
    expect(report).toMatchObject({ durable: false, outcomes: [{ grant: id, result: "unrecorded" }] });
    expect((await house.grant(id))?.phase).toBe("active");
    await house.apply();
    expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "ended outside" });
    expect(house.isIn()).toBe(false);
  });

  test("keeps its reason where the spool can still be written, and keeps away what has not begun", async () => {
    const house = await House.open();
    const id = await house.withAlice();
    await house.merge(request("first"), request("later", { access: ["cache/read"] }));
    const store: LogStore = { ...gone(house), addToSpool: (entry) => house.store.addToSpool(entry) };
    const report = await house.end({ store, select: { kind: "who", person: "alice@x.test" } });
    expect(report).toMatchObject({ durable: true, exitCodes: [10], neverStart: [expect.any(String)] });
    expect(house.isIn()).toBe(false);
    await house.apply();
    expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
    expect(house.isIn("alice@x.test", "cache-read")).toBe(false);
  });

  test("says what only the Log can hold: what has not begun, and one of two at a pair", async () => {
    const house = await House.open();
    await house.withAlice();
    await house.merge(request("first"), request("second"));
    await house.apply();
    await house.merge(request("first"), request("second"), request("later", { access: ["cache/read"] }));
    const store = gone(house);
    const pending = await house.end({ store, select: { kind: "request", request: "later" } });
    expect(pending).toMatchObject({ durable: false, neverStart: [], exitCodes: [10] });
    expect(pending.errors.map(({ code, detail }) => [code, detail])).toContainEqual([
      "E603",
      expect.stringContaining("request later"),
    ]);
    const shared = await house.end({ store, select: { kind: "request", request: "first" } });
    expect(shared.stillHeld.map(({ facts }) => facts.request)).toEqual(["second"]);
    expect(shared.errors.map(({ code }) => code)).toEqual(["E606", "E603"]);
    expect(house.isIn()).toBe(true);
  });

  test("of a name leaves alone a pair that is in newer hands by now; of everything ends that too", async () => {
    const house = await House.open();
    await house.withAlice();
    const before = gone(house);
    house.clock.advanceSeconds(3600);
    await house.pass();
    await house.merge(request("first"), request("again"));
    await house.apply();
    const named = await house.end({ store: before, select: { kind: "request", request: "first" } });
    expect(house.isIn()).toBe(true);
    expect(named.errors.map(({ code }) => code)).toEqual(["E606", "E608"]);
    await house.end({ store: before, select: { kind: "all" } });
    expect(house.isIn()).toBe(false);
  });

  test("goes by the gateways alone where nothing of the Log was kept", async () => {
    const house = await House.open();
    await house.withAlice();
    const { lastSeen: _lastSeen, ...bare } = gone(house);
    const report = await house.end({ store: bare, select: { kind: "who", person: "alice@x.test" } });
    expect(house.isIn()).toBe(false);
    expect(report.exitCodes.toSorted()).toEqual([10, 7]);
  });
});
