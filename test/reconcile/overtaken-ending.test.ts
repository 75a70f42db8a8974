/** Bar 6 where a writer learns that it is not the newest: what it had decided to end is looked at again, as others left it. */
import { memoryStore } from "../../lib/log";
import type { LogStore, Provider } from "../../lib/ports";
import { disagreements } from "./support/agreement";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";
import { heldUpAfterReading, heldUpBefore, withoutEpoch } from "./support/writers";

const short = request("short", { durationSeconds: 600 });
const long = request("long", { durationSeconds: 7200 });

test("a writer that was stopped before it took an ending down spares the newer Grant of the pair", async () => {
  const house = await overdue();
  const store = heldUpBefore(house.store, "ending.intended", async () => {
    await house.merge(long, short);
    await house.apply();
  });
  const report = await house.pass({ store });
  expect(report.outcomes).toEqual([]);
  expect(house.isIn()).toBe(true);
  expect(await house.grant(house.id("short"))).toMatchObject({ phase: "ended", endReason: "expired" });
  expect(await house.grant(house.id("long"))).toMatchObject({ phase: "active" });
  expect(await disagreements(house)).toEqual([]);
});

test("so does one that finds the ending taken down already", async () => {
  const house = await overdue();
  house.faults = (call) => (call.name === "apply" ? { kind: "refuse", because: "passing" } : undefined);
  await house.pass();
  house.faults = undefined;
  const store = heldUpAfterReading(house.store, async () => {
    await house.merge(long, short);
    await house.apply();
  });
  await house.pass({ store });
  expect(house.isIn()).toBe(true);
  expect(await house.grant(house.id("long"))).toMatchObject({ phase: "active" });
  expect(await disagreements(house)).toEqual([]);
});

test("and one that never had the epoch", async () => {
  const house = await overdue();
  const store = withoutEpoch(
    heldUpAfterReading(house.store, async () => {
      await house.merge(long, short);
      await house.apply();
    }),
  );
  await house.pass({ store, scope: "endings" });
  expect(house.isIn()).toBe(true);
  expect(await disagreements(house)).toEqual([]);
});

test("and ends what others have left to do, though it can record nothing any more", async () => {
  const house = await overdue();
  const store = heldUpBefore(house.store, "ending.intended", () => house.merge(long, short));
  const report = await house.pass({ store });
  expect(report.outcomes).toMatchObject([{ kind: "ended", request: "short" }]);
  expect(house.isIn()).toBe(false);
});

test("who gives back what another has ended in the same moment hears that it is out", async () => {
  const house = await overdue();
  const id = house.id("short");
  let isFirst = true;
  const addToSpool: LogStore["addToSpool"] = async (entry) => {
    const isIt = isFirst;
    isFirst = false;
    if (isIt) await house.pass();
    return house.store.addToSpool(entry);
  };
  const given = await house.end({
    select: { kind: "grants", grants: [id] },
    store: { ...house.store, addToSpool },
  });
  expect(given.outcomes).toMatchObject([{ kind: "ended", request: "short", result: "done", reason: "expired" }]);
  expect(house.isIn()).toBe(false);
  expect((await house.grant(id))?.endReason).toBe("expired");
});

test("what another has just made is not taken for ended at its gateway, by a look from before", async () => {
  const house = await shared();
  await house.apply();
  await house.merge(long);
  const others = house.provider();
  let isAsked = false;
  house.faults = (call) => {
    const isFirst = call.name === "apply" && call.effect.kind === "hold" && !isAsked;
    isAsked ||= isFirst;
    return isFirst ? { kind: "drop" } : undefined;
  };
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    findSpent: async (grants) => {
      if (isAsked) await house.pass({ providers: new Map([[gateway, others]]) });
      return inner.findSpent(grants);
    },
  };
  await house.pass({ providers: new Map([[gateway, provider]]) });
  expect(isAsked).toBe(true);
  expect(house.isIn()).toBe(true);
  expect((await house.pass()).exitCodes).toEqual([]);
  expect(await house.grant(house.id("long"))).toMatchObject({ phase: "active" });
  expect(await disagreements(house)).toEqual([]);
});

/** A house with a store for several replicas. */
async function shared(): Promise<House> {
  const house = new House();
  house.store = memoryStore({ clock: house.clock, fencing: "epoch" });
  await house.accept();
  return house;
}

/** The same, where `short` is active and over. */
async function overdue(): Promise<House> {
  const house = await shared();
  await house.merge(short);
  await house.apply();
  house.clock.advanceSeconds(600);
  return house;
}
