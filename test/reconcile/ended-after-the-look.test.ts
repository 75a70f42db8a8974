/** What ends between the look at its gateway and the plan is seen in the look, and is over all the same. */
import type { Provider } from "../../lib/ports";
import { House } from "./support/house";
import { gateway } from "./support/rules";

test("a grant whose end comes while its gateway is looked at ends once, and is no stray of the same pass", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.clock.advanceSeconds(3599);
  const report = await house.pass({
    providers: lookedAt(house, () => house.clock.advanceSeconds(2)),
  });
  expect((await house.grant(id))?.phase).toBe("ended");
  expect(report.outcomes.map(({ kind }) => kind)).toEqual(["ended"]);
  expect([report.effects, report.plan?.drift, report.plan?.actions]).toEqual([1, [], []]);
  expect(house.types()).not.toContain("stray.ended");
});

/** The house's gateway, with something that happens right after each look at it. */
function lookedAt(house: House, afterwards: () => void): ReadonlyMap<string, Provider> {
  const inner = house.provider();
  const provider: Provider = {
    gateway: inner.gateway,
    close: () => inner.close(),
    describe: () => inner.describe(),
    observe: async () => {
      const seen = await inner.observe();
      afterwards();
      return seen;
    },
    findSpent: (grants) => inner.findSpent(grants),
    apply: (effects, options) => inner.apply(effects, options),
  };
  return new Map([[gateway, provider]]);
}
