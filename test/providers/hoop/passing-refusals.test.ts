/** Answers to a grant that are none of the gateway's own: what stands between says them, and they are not believed for good. */
import type { Provider } from "../../../lib/ports";
import { applyOne, hold, prepare, read, alice } from "../../contract/fixtures";
import { doubleGateway, embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

const notFound = { status: 404, body: '{"message":"not found"}' };

describe.each([
  ["the embedded gateway", embeddedGateway],
  ["the hoop double", doubleGateway],
])("a grant, on %s", (_, start) => {
  let under: HttpGatewayUnderTest;
  let provider: Provider;
  /** What the next provisions are answered instead of being carried out. */
  let answers: { readonly status: number; readonly body: string }[] = [];
  /** What is said not to be there when it is asked for by name. */
  let hidden: RegExp | undefined;

  beforeEach(async () => {
    under = await start();
    await prepare(under, under.provider());
    provider = under.provider({
      http: (inner) => ({
        send: async (request, signal) => {
          if (hidden?.test(request.url) === true) return { ...notFound, headers: {} };
          const answer = request.url.endsWith("/sessions/provision") ? answers.shift() : undefined;
          return answer === undefined ? await inner.send(request, signal) : { ...answer, headers: {} };
        },
        close: () => inner.close(),
      }),
    });
  });
  afterEach(async () => {
    answers = [];
    hidden = undefined;
    await provider.close();
    await under.close();
  });

  it("is asked for again after a 404, though user and connection are there", async () => {
    answers = [notFound];
    expect(await applyOne(under, provider, hold(under))).toMatchObject({ kind: "held" });
  });

  it.each([404, 408, 425, 429])(
    "that is answered %i again and again is refused for now, not for good",
    async (status) => {
      const effect = hold(under);
      answers = [
        { ...notFound, status },
        { ...notFound, status },
      ];
      expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "passing" });
      expect(await under.isLetIn(alice, read)).toBe(false);
      expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "held" });
    },
  );

  it.each([
    ["connection", /\/connections\/[^/?]+$/],
    ["user", /\/users\/[^/?]+$/],
  ])("is refused for now where its %s is said not to be there, and is in the list of all", async (_what, urls) => {
    const effect = hold(under);
    hidden = urls;
    answers = [notFound, notFound];
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "passing" });
    hidden = undefined;
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "held" });
  });

  it("is refused for good where the connection is not there", async () => {
    const effect = hold(under, { connection: "lhtest-nowhere" });
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "permanent" });
  });

  it("that was answered 202 and is not there is unknown, and can be asked for again", async () => {
    const effect = hold(under);
    answers = [{ status: 202, body: '{"session_id":"00000000-0000-4000-8000-000000000000","has_review":false}' }];
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "unknown" });
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "held" });
    expect(await under.countLeases(alice, read)).toBe(1);
  });
});
