/** A reconciler that keeps going. */
import { failure } from "../../lib/errors";
import { runEvery } from "../../lib/reconcile";
import type { PassReport, RunEveryInput } from "../../lib/reconcile";
import { epochMsOf } from "../../lib/model/instant";
import { House } from "./support/house";
import { request } from "./support/rules";

interface Run {
  readonly at: number;
  readonly scope: "all" | "endings";
  readonly report: PassReport | undefined;
}

async function keepGoing(
  house: House,
  forSeconds: number,
  parts: Partial<RunEveryInput> = {},
): Promise<readonly Run[]> {
  const stop = new AbortController();
  const began = epochMsOf(house.clock.now());
  const runs: Run[] = [];
  await runEvery({
    ...house.parts(),
    intervalMs: 30_000,
    signal: stop.signal,
    onReport: (report, { scope }) => {
      const at = epochMsOf(house.clock.now()) - began;
      runs.push({ at, scope, report });
      if (at >= forSeconds * 1000) stop.abort();
    },
    ...parts,
  });
  return runs;
}

test("a whole pass every interval, and in between one that only ends what is due, at its deadline", async () => {
  const house = await House.open();
  await house.merge(request("a", { durationSeconds: 95 }), request("b", { for: ["bob@x.test"], durationSeconds: 140 }));
  await house.apply();
  const runs = await keepGoing(house, 150);
  expect(runs.filter((run) => run.scope === "all").map((run) => run.at / 1000)).toEqual([0, 30, 60, 90, 120, 150]);
  expect(runs.filter((run) => run.scope === "endings").map((run) => run.at / 1000)).toEqual([95, 140]);
  expect(house.types().filter((type) => type === "ending.done")).toHaveLength(2);
});

test("what another process grants between two whole passes ends on time, however rare they are", async () => {
  const house = await House.open();
  const clock = { ...house.clock, now: () => house.clock.now(), monotonicMs: () => house.clock.monotonicMs() };
  let isGranted = false;
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await house.clock.sleep(ms, signal);
    if (isGranted) return;
    isGranted = true;
    await house.merge(request("a", { durationSeconds: 95 }));
    await house.apply();
  };
  const runs = await keepGoing(house, 900, { intervalMs: 900_000, clock: { ...clock, sleep } });
  const granted = (await house.state()).grants.values().next().value;
  expect(granted?.phase).toBe("ended");
  expect(runs.map(({ scope, at }) => `${scope} ${at / 1000}`)).toEqual(["all 0", "endings 125", "all 900"]);
});

test("endings that are refused are asked for again at least every five minutes, however long it lasts", async () => {
  const house = await House.open();
  await house.withAlice();
  house.clock.advanceSeconds(3600);
  const asked: number[] = [];
  house.faults = (call) => {
    if (call.name !== "apply" || call.effect.kind !== "end") return undefined;
    asked.push(epochMsOf(house.clock.now()));
    return { kind: "refuse", because: "passing" };
  };
  await keepGoing(house, 4 * 3600);
  const gaps = asked.slice(1).map((at, index) => (at - asked[index]!) / 1000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(300);
  // One try of each probe, three in a minute, and those of the whole passes.
  expect(asked.length).toBeLessThan(4 * 180 + 100);
});

test("when what refused endings takes them again, all are out within a minute; while it refuses, a few calls ask", async () => {
  const house = await House.open();
  const people = ["alice@x.test", "bob@x.test", "dora@x.test"];
  const places = ["cache/read", "orders/read"];
  const asked = people.flatMap((one) =>
    places.map((at) => request(`${one[0]}-${at.slice(0, 1)}`, { for: [one], access: [at] })),
  );
  await house.merge(...asked);
  await house.apply();
  house.clock.advanceSeconds(3600);
  const recoversAt = epochMsOf(house.clock.now()) + 7_000_000;
  const tries: number[] = [];
  house.faults = (call) => {
    if (call.name !== "apply" || call.effect.kind !== "end") return undefined;
    const now = epochMsOf(house.clock.now());
    if (now >= recoversAt) return undefined;
    tries.push(now);
    return { kind: "refuse", because: "passing" };
  };
  const runs = await keepGoing(house, 7_060, { intervalMs: 60_000 });
  const grants = [...(await house.state()).grants.values()];
  expect(grants.map((one) => [one.phase, epochMsOf(one.endedAt ?? "") - recoversAt <= 60_000])).toEqual(
    grants.map(() => ["ended", true]),
  );
  // All of them with a whole pass every five minutes, and in between one pair at a time.
  expect(tries.length).toBeLessThan(6 * 30 + 7_000 / 20);
  // Aloud with each whole pass; a probe that changed nothing is not told.
  const whileRefused = runs.filter((run) => run.at < 7_000_000);
  expect(whileRefused.every((run) => run.scope === "all" && run.report?.overdue.length === 6)).toBe(true);
});

test("a probe tries one pair after the other: one that is refused for ever does not hide that others are taken again", async () => {
  const house = await House.open();
  await house.merge(request("stuck"), request("fine", { for: ["bob@x.test"] }));
  await house.apply();
  house.clock.advanceSeconds(3600);
  const recoversAt = epochMsOf(house.clock.now()) + 1_000_000;
  house.faults = (call) => {
    if (call.name !== "apply" || call.effect.kind !== "end") return undefined;
    const isRefused = call.effect.person === "alice@x.test" || epochMsOf(house.clock.now()) < recoversAt;
    return isRefused ? { kind: "refuse", because: "passing" } : undefined;
  };
  await keepGoing(house, 1_200, { intervalMs: 300_000 });
  const { phase, endedAt = "" } = (await house.grant(house.id("fine", "bob@x.test")))!;
  expect([phase, epochMsOf(endedAt) - recoversAt <= 60_000]).toEqual(["ended", true]);
});

test("an ending on time is not held up by another one that is refused", async () => {
  const house = await House.open();
  await house.merge(request("stuck"), request("fine", { for: ["bob@x.test"], durationSeconds: 4000 }));
  await house.apply();
  house.clock.advanceSeconds(3600);
  house.faults = (call) =>
    call.name === "apply" && call.effect.kind === "end" && call.effect.person === "alice@x.test"
      ? { kind: "refuse", because: "passing" }
      : undefined;
  await keepGoing(house, 500);
  const ended = await house.grant(house.id("fine", "bob@x.test"));
  expect(ended?.endedAt).toBe("2026-03-01T09:06:40.000Z");
});

test("a Log that cannot be read for a while stops nothing for good", async () => {
  const house = await House.open();
  await house.withAlice();
  let reads = 0;
  const store = { ...house.store };
  store.readSpool = () => {
    reads += 1;
    return reads < 4 ? Promise.reject(failure("E606", { detail: "planted", fix: "nothing" })) : house.store.readSpool();
  };
  const runs = await keepGoing(house, 3700, { store });
  expect(runs.filter((run) => run.report === undefined).length).toBeGreaterThan(0);
  expect((await house.grant(house.id("first")))?.phase).toBe("ended");
});
