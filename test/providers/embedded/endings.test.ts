import type { Http, HttpRequest } from "../../../lib/ports";
import { alice, applyOne, end, hold, prepare, read } from "../../contract/fixtures";
import { embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

let under: HttpGatewayUnderTest;
/** What was asked of the gateway. */
let asked: string[];

beforeEach(async () => {
  under = await embeddedGateway();
  await prepare(under, under.provider());
  asked = [];
});
afterEach(async () => {
  await under.close();
});

/** A way to the gateway on which some revokes are answered as done, and are not. */
function http(revokesLost = 0): Http {
  let left = revokesLost;
  return {
    ...under.http,
    send: async (request, signal) => {
      const what = `${request.method} ${new URL(request.url).pathname}`;
      asked.push(what);
      if (!/^PUT .*\/reviews\//.test(what) || left === 0) return await under.http.send(request, signal);
      left -= 1;
      return { status: 200, headers: {}, body: JSON.stringify({ id: idOf(request), status: "REVOKED" }) };
    },
    close: () => Promise.resolve(),
  };
}

function idOf({ url }: HttpRequest): string {
  return new URL(url).pathname.split("/").at(-1) ?? "";
}

it("does not believe that a lease is over which would still let in", async () => {
  await applyOne(under, under.provider(), hold(under));
  expect(await applyOne(under, under.provider({ http: () => http(2) }), end())).toMatchObject({
    kind: "ended",
    wasThere: true,
  });
  expect(await under.isLetIn(alice, read)).toBe(false);
});

it("asks once about a lease that has run out by itself", async () => {
  await applyOne(under, under.provider(), hold(under, { seconds: 60 }));
  under.clock.jump(120_000);
  expect(await applyOne(under, under.provider({ http: () => http() }), end())).toMatchObject({ kind: "ended" });
  expect(asked.filter((what) => what === "GET /api/sessions")).toHaveLength(1);
});
