/** A clock an hour ahead of the gateway's makes no Lease over: what a writer has heard of the gateway's clock counts. */
import { systemClock } from "../../../lib/adapters/clock";
import { instantOf } from "../../../lib/model/instant";
import type { Clock, Http } from "../../../lib/ports";
import { hoopProvider } from "../../../providers/hoop/provider";
import { alice, applyOne, end, hold, prepare, read } from "../../contract/fixtures";
import { embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

let under: HttpGatewayUnderTest;

beforeEach(async () => {
  under = await embeddedGateway();
  await prepare(under, under.provider());
});
afterEach(() => under.close());

test("a revoke that is answered and not done is looked at again by a writer that has asked nothing before", async () => {
  const provider = under.provider();
  expect(await applyOne(under, provider, hold(under))).toMatchObject({ kind: "held" });
  const ahead = hoopProvider({
    gateway: "prod",
    installation: under.installation,
    url: under.running.url,
    keys: { write: async () => under.running.keys.admin, observe: async () => under.running.keys.admin },
    http: swallowingFirstRevoke(under.http),
    clock: hoursAhead(under.clock, 24),
    dialect: under.dialect,
  });
  expect(await applyOne(under, ahead, end())).toMatchObject({ kind: "ended", wasThere: true });
  expect(await under.isLetIn(alice, read)).toBe(false);
  await ahead.close();
  await provider.close();
});

function hoursAhead(clock: Clock, hours: number): Clock {
  return { ...systemClock(), now: () => instantOf(Date.parse(clock.now()) + hours * 3_600_000) };
}

/** Answers the first revoke as the gateway would, and does not pass it on. */
function swallowingFirstRevoke(inner: Http): Http {
  let isFirst = true;
  return {
    send: async (request, signal) => {
      const [, id] = /\/reviews\/([^/]+)$/.exec(request.url) ?? [];
      if (request.method !== "PUT" || id === undefined || !isFirst) return inner.send(request, signal);
      isFirst = false;
      const headers = { "content-type": "application/json" };
      return { status: 200, headers, body: JSON.stringify({ id, status: "REVOKED" }) };
    },
    close: () => inner.close(),
  };
}
