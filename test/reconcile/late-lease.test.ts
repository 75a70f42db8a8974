/** A Lease that comes to its gateway after an ending has looked there: what another writer had on its way is ended too. */
import type { EffectOutcome, Provider } from "../../lib/ports";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";
import { dyingAfter, gated } from "./support/writers";

test("a Grant given back while another writer brings it in, and dies with that recorded, is out before it is called ended", async () => {
  const house = await House.open();
  await house.merge(request("first"));
  const late = gated(endingNothing(house.provider()), "before");
  const writing = house.apply({
    providers: new Map([[gateway, late.provider]]),
    store: dyingAfter(house.store, "activation.done"),
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

/** The provider of a process that does not live to end anything. */
function endingNothing(inner: Provider): Provider {
  return {
    ...inner,
    async *apply(effects, options) {
      if (!effects.some((effect) => effect.kind === "end")) yield* inner.apply(effects, options);
    },
  };
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
