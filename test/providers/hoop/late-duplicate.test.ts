/** A call that comes twice, the second time between two looks of an ending: what ended does not return. */
import type { HoldEffect, Provider } from "../../../lib/ports";
import { alice, applyOne, end, hold, prepare, read } from "../../contract/fixtures";
import { doubleGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

let under: HttpGatewayUnderTest;
let provider: Provider;
/** What happens right before the ending looks for the second time. */
let between: (() => Promise<void>) | undefined;

beforeEach(async () => {
  under = await doubleGateway();
  await prepare(under, under.provider());
  let kills = 0;
  provider = under.provider({
    http: (inner) => ({
      send: async (request, signal) => {
        // What was killed by the first look is killed again by the second, before it lists what is there.
        if (request.url.includes("/kill")) kills += 1;
        if (kills === 2) {
          await between?.();
          between = undefined;
        }
        return inner.send(request, signal);
      },
      close: () => inner.close(),
    }),
  });
});
afterEach(async () => {
  between = undefined;
  await provider.close();
  await under.close();
});

test("a lease of the grant that ends is ended again", async () => {
  const effect = hold(under);
  await applyOne(under, under.provider(), effect);
  between = () => plant(effect);
  expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended" });
  expect([between, await under.isLetIn(alice, read)]).toEqual([undefined, false]);
});

async function plant(effect: HoldEffect): Promise<void> {
  const { person, connection, correlation } = effect;
  const { installation, grant, generation } = correlation;
  await under.plantLease({
    person,
    connection,
    seconds: 600,
    correlation: `lh:${installation}:${grant}:${generation}`,
  });
}
