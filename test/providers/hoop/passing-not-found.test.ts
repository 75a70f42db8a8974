/** A 404 for a connection while its grant is being ended: what stands between us and the gateway may have said it. */
import type { EffectOutcome, Provider } from "../../../lib/ports";
import { alice, applyOne, end, hold, prepare, read } from "../../contract/fixtures";
import { doubleGateway, embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

describe.each([
  ["the embedded gateway", embeddedGateway],
  ["the hoop double", doubleGateway],
])("an ending, on %s", (_, start) => {
  let under: HttpGatewayUnderTest;
  let provider: Provider;
  let held: EffectOutcome;
  /** How many revokes are still answered without being carried out. */
  let swallowed = 0;

  beforeEach(async () => {
    under = await start();
    await prepare(under, under.provider());
    provider = under.provider({
      http: (inner) => ({
        send: async (request, signal) => {
          const notFound = { status: 404, body: '{"message":"not found"}', headers: {} };
          if (request.method === "GET" && request.url.endsWith(`/connections/${read}`)) return notFound;
          const isRevoke = request.method === "PUT" && request.url.includes("/reviews/");
          if (!isRevoke || swallowed === 0) return await inner.send(request, signal);
          swallowed -= 1;
          return notFound;
        },
        close: () => inner.close(),
      }),
    });
    held = await applyOne(under, under.provider(), hold(under));
  });
  afterEach(async () => {
    await provider.close();
    await under.close();
  });

  it("is not taken for done where the connection is only said not to be there: it is revoked until nothing is left", async () => {
    expect(held.kind).toBe("held");
    swallowed = 2;
    expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended" });
    expect([swallowed, await under.isLetIn(alice, read)]).toEqual([0, false]);
  });

  it("that never gets through is no ending", async () => {
    swallowed = Number.POSITIVE_INFINITY;
    expect((await applyOne(under, provider, end())).kind).not.toBe("ended");
    expect(await under.isLetIn(alice, read)).toBe(true);
  });
});
