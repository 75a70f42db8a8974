/** A writer whose call never arrived finds the Lease that another one, after a later epoch, has made under the same name. */
import { failure } from "../../../lib/errors";
import { plusSeconds } from "../../../lib/model/instant";
import type { HoldEffect, Provider } from "../../../lib/ports";
import { alice, applyOne, hold, prepare, read } from "../../contract/fixtures";
import { doubleGateway, embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

describe.each([
  ["the embedded gateway", embeddedGateway],
  ["the hoop double", doubleGateway],
])("on %s", (_, start) => {
  let under: HttpGatewayUnderTest;
  let provider: Provider;
  let overtaking: HoldEffect | undefined;
  let others: string[] = [];

  beforeEach(async () => {
    others = [];
    under = await start();
    await prepare(under, under.provider());
    provider = under.provider({
      http: (inner) => ({
        send: async (request, signal) => {
          const effect = overtaking;
          if (effect === undefined || !request.url.endsWith("/sessions/provision")) return inner.send(request, signal);
          overtaking = undefined;
          others.push((await applyOne(under, under.provider(), effect)).kind);
          throw failure("E500", { detail: "the call was lost", fix: "run it again" });
        },
        close: () => inner.close(),
      }),
    });
  });
  afterEach(async () => {
    await provider.close();
    await under.close();
  });

  it("that Lease stays, though it was asked for later and is shorter by that", async () => {
    const effect = hold(under);
    overtaking = { ...effect, end: plusSeconds(effect.end, -30) };
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "held" });
    expect(others).toEqual(["held"]);
    expect(await under.isLetIn(alice, read)).toBe(true);
    expect(await under.countLeases(alice, read)).toBe(1);
  });
});
