/** A Lease that comes to its gateway after an ending has looked there: what another writer had on its way is ended too. */
import { failure } from "../../lib/errors";
import type { EffectOutcome, LogStore, Provider } from "../../lib/ports";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";

test("a Grant given back while another writer brings it in, and dies with that recorded, is out before it is called ended", async () => {
  const house = await House.open();
  await house.merge(request("first"));
  const late = arrivingLate(house.provider());
  const writing = house.apply({
    providers: new Map([[gateway, late.provider]]),
    store: dyingAfterActivation(house.store),
  });
  await late.reached;
  const given = await house.end({
    select: { kind: "grants", grants: [house.id("first")] },
    providers: new Map([
      [
        gateway,
        afterEnding(house.provider(), async () => {
          late.go();
          await writing;
          expect(house.isIn()).toBe(true);
        }),
      ],
    ]),
  });
  expect(house.isIn()).toBe(false);
  expect(given.outcomes).toMatchObject([{ kind: "ended", request: "first", result: "done" }]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "given back" });
});

/** The provider of a process whose holds reach the gateway when the test lets them, and which does not live to end anything. */
function arrivingLate(inner: Provider) {
  let go = (): void => undefined;
  let reach = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (go = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      if (effects.some((effect) => effect.kind === "end")) return;
      if (effects.some((effect) => effect.kind === "hold")) {
        reach();
        await waiting;
      }
      yield* inner.apply(effects, options);
    },
  };
  return { provider, reached, go };
}

/** A provider where something happens between the first ending and its answer. */
function afterEnding(inner: Provider, happens: () => Promise<void>): Provider {
  let isFirst = true;
  return {
    ...inner,
    async *apply(effects, options) {
      const outcomes: EffectOutcome[] = [];
      for await (const outcome of inner.apply(effects, options)) outcomes.push(outcome);
      if (isFirst) {
        isFirst = false;
        await happens();
      }
      yield* outcomes;
    },
  };
}

/** The store of a process that dies right after it has recorded an activation. */
function dyingAfterActivation(store: LogStore): LogStore {
  let isDead = false;
  const refuseDead = (): void => {
    if (isDead) throw failure("E603", { fix: "start it again" });
  };
  return {
    ...store,
    readSpool: async () => {
      refuseDead();
      return store.readSpool();
    },
    takeEpoch: async (options) => {
      const writer = await store.takeEpoch(options);
      return {
        epoch: writer.epoch,
        holder: writer.holder,
        append: async (head, records) => {
          refuseDead();
          const written = await writer.append(head, records);
          isDead = records.some(({ body }) => body.type === "activation.done");
          return written;
        },
        release: () => writer.release(),
      };
    },
  };
}
