/** Promise 11: one writer, and what a stopped one left is swept. */
import * as fc from "fast-check";
import { memoryStore } from "../../lib/log";
import type { Provider } from "../../lib/ports";
import { isLetIn, putLease } from "../../providers/memory/world";
import { disagreements } from "./support/agreement";
import { House, installation } from "./support/house";
import { gateway, request } from "./support/rules";

test("two passes at once: one waits for the other or grants nothing, and the world is right", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  const reports = await Promise.all([house.pass(), house.pass()]);
  expect(reports.flatMap((one) => one.outcomes).filter((one) => one.kind === "activated")).toHaveLength(2);
  expect(reports.filter((one) => one.exitCodes.length === 0)).toHaveLength(1);
  expect(await disagreements(house)).toEqual([]);
});

test("a writer that stopped in mid-flight and lands its effect later leaves a lease that the next pass sweeps", async () => {
  const house = await houseWithEpochs();
  await house.merge(request("first"));
  await house.apply();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"], durationSeconds: 600 }));
  const gate = stopper(house.provider());
  const stopped = house.pass({ providers: new Map([[gateway, gate.provider]]) });
  await gate.reached;
  // Meanwhile another writer takes over, and the beneficiary gives it back.
  await house.end({ select: { kind: "grants", grants: [house.id("second", "bob@x.test")] } });
  await house.pass();
  const records = house.store.lines.length;
  gate.go();
  const report = await stopped;
  expect(report.exitCodes).not.toEqual([]);
  await house.pass();
  await house.pass();
  expect(house.isIn("bob@x.test")).toBe(false);
  expect(await disagreements(house)).toEqual([]);
  expect(house.store.lines.length).toBeGreaterThanOrEqual(records);
});

test("a writer that was held up takes nothing of what another one has granted meanwhile for a stray", async () => {
  const house = await houseWithEpochs();
  await house.apply();
  await house.merge(request("first"));
  const inner = house.provider();
  let go = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (go = resolve));
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const provider: Provider = {
    ...inner,
    observe: async () => {
      reach();
      await waiting;
      return await inner.observe();
    },
  };
  const heldUp = house.pass({ providers: new Map([[gateway, provider]]) });
  await reached;
  await house.pass();
  expect(house.isIn()).toBe(true);
  go();
  expect((await heldUp).exitCodes).not.toEqual([]);
  expect(house.isIn()).toBe(true);
  await house.pass();
  expect(await disagreements(house)).toEqual([]);
});

test("without the epoch nothing is swept: it could be another writer's newest lease", async () => {
  const house = await House.open();
  await house.apply();
  const correlation = `lh:${installation}:${"c".repeat(26)}:0`;
  putLease(house.world, { person: "bob@x.test", connection: "orders-read", seconds: 600, correlation });
  const writer = await house.store.takeEpoch({ holder: "another", waitMs: 0 });
  await house.pass();
  expect(house.isIn("bob@x.test")).toBe(true);
  await writer.release();
  await house.pass();
  expect(house.isIn("bob@x.test")).toBe(false);
});

test("whatever two reconcilers with pauses do, no record stands under an old epoch, and two passes later nothing is leaked", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: 3 }), async (scheduler, which) => {
      const house = await houseWithEpochs();
      await house.apply();
      await house.merge(
        request("first"),
        request("second", { for: ["bob@x.test"] }),
        request("third", { for: ["dora@x.test"] }),
      );
      const slow = (inner: Provider): Provider => ({
        ...inner,
        observe: async () => scheduler.schedule(inner.observe(), "observe"),
        async *apply(effects, options) {
          for (const effect of effects) {
            await scheduler.schedule(Promise.resolve(), effect.kind);
            yield* inner.apply([effect], options);
          }
        },
      });
      const providers = () => new Map([[gateway, slow(house.provider())]]);
      const runs = [
        house.pass({ providers: providers() }),
        house.pass({ providers: providers() }),
        house.end({
          providers: providers(),
          select: { kind: "who", person: which < 2 ? "bob@x.test" : "dora@x.test" },
        }),
      ];
      await scheduler.waitFor(Promise.all(runs));
      const epochs = house.store.lines.map((line) => (JSON.parse(line) as { epoch: number }).epoch);
      expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
      await house.pass();
      await house.pass();
      expect(await disagreements(house)).toEqual([]);
      expect(isLetIn(house.world, which < 2 ? "bob@x.test" : "dora@x.test", "orders-read")).toBe(false);
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** A house whose store fences by epoch alone, as git and PostgreSQL do: nobody waits for anybody. */
async function houseWithEpochs(): Promise<House> {
  const house = new House();
  house.store = memoryStore({ clock: house.clock, fencing: "epoch" });
  await house.accept();
  return house;
}

/** A provider whose first hold waits until the test lets it go. */
function stopper(inner: Provider) {
  let go = (): void => undefined;
  let reach = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      if (effects.some((effect) => effect.kind === "hold")) {
        reach();
        await waiting;
      }
      yield* inner.apply(effects, options);
    },
  };
  return { provider, reached, go };
}
