import { isFailure } from "../../../../lib/errors";
import { makeApi, type Api } from "../../../../providers/hoop/client/api";
import { CannedHttp, type Canned } from "../../../doubles/canned-http";
import { QuickClock } from "../../../doubles/quick-clock";

const call = { method: "GET", path: ["things"] } as const;

function apiOn(answer: Canned | ((count: number) => Canned)): { readonly api: Api; readonly http: CannedHttp } {
  let count = 0;
  const http = new CannedHttp(() => (typeof answer === "function" ? answer((count += 1)) : answer));
  const key = async () => "hpk_canary";
  return { http, api: makeApi({ gateway: "prod", url: "http://gateway:8009/", http, clock: new QuickClock(), key }) };
}

async function codeOf(doing: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await doing) ?? "undefined";
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    expect(JSON.stringify([thrown.message, thrown.diagnostics])).not.toMatch(/canary/);
    return thrown.code;
  }
}

describe("the client's calls", () => {
  it("sends the key as a bearer token, to /api, as JSON", async () => {
    const { api, http } = apiOn({ json: {} });
    await api.write({ method: "PUT", path: ["a", "b"], query: { x: "1&2" }, body: { a: 1 } });
    expect(http.requests[0]).toMatchObject({
      method: "PUT",
      url: "http://gateway:8009/api/a/b?x=1%262",
      body: '{"a":1}',
      headers: { authorization: "Bearer hpk_canary", "content-type": "application/json" },
    });
  });

  it.each(["../../users", "..", ".", "a/b", "a?b=c", "a#b", "%2e%2e", "a\nb", "ä", ""])(
    "keeps the name %j one part of the path",
    async (name) => {
      const { api, http } = apiOn({ json: {} });
      await api.read({ method: "GET", path: ["connections", name] });
      const { pathname, search, hash } = new URL(http.requests[0]!.url);
      expect(pathname.split("/")).toHaveLength(4);
      expect(pathname.startsWith("/api/connections/")).toBe(true);
      expect([search, hash]).toEqual(["", ""]);
    },
  );

  it.each<[string, Canned, string]>([
    ["a 401", { status: 401, json: { message: "access denied canary" } }, "E501"],
    ["a 403", { status: 403, json: { message: "access denied" } }, "E501"],
    ["a 404", { status: 404, json: { message: "canary" } }, "E502"],
    ["a 500", { status: 500, json: { message: "canary" } }, "E502"],
    ["a 503", { status: 503, body: "<html>canary" }, "E500"],
    ["a redirect", { status: 301, headers: { location: "http://canary" } }, "E502"],
    ["HTML", { body: "<!doctype html>canary" }, "E502"],
    ["half of a body", { body: '{"a":"canary' }, "E502"],
    ["nothing", { body: "" }, "E502"],
    ["a 204", { status: 204 }, "E502"],
  ])("reads %s as a failure that quotes nothing", async (_, answer, code) => {
    expect(await codeOf(apiOn(answer).api.read(call))).toBe(code);
  });

  it("takes only hoop's own 404 as missing", async () => {
    expect(await codeOf(apiOn({ status: 404, json: { message: "not found" } }).api.tryRead(call))).toBe("undefined");
    expect(await codeOf(apiOn({ status: 404, body: "404 page not found" }).api.tryRead(call))).toBe("E502");
    expect(await codeOf(apiOn({ status: 404, body: "<html>" }).api.tryRead(call))).toBe("E502");
  });

  it("reads once more after a 500, and sends a write once only", async () => {
    const flaky = apiOn((count) => (count === 1 ? { status: 500, json: { message: "no" } } : { json: [1] }));
    expect(await flaky.api.read(call)).toEqual([1]);
    const write = apiOn({ status: 500, json: { message: "no" } });
    expect(await write.api.write({ ...call, method: "POST" })).toMatchObject({ status: 500 });
    expect(write.http.requests).toHaveLength(1);
  });

  it.each<[string, Canned, string]>([
    ["a 400", { status: 400, json: { message: "m" } }, '{"status":400,"json":{"message":"m"},"isLicenceLimit":false}'],
    ["an empty 204", { status: 204 }, '{"status":204,"isLicenceLimit":false}'],
    ["a plain 403", { status: 403, json: { message: "access denied" } }, "E501"],
    ["a 401", { status: 401, json: { message: "access denied" } }, "E501"],
    ["a 404 of some other server", { status: 404, body: "404 page not found" }, "E502"],
    ["HTML", { body: "<html>canary" }, "E502"],
    ["a redirect", { status: 302 }, "E502"],
    ["a 502", { status: 502, body: "<html>" }, "E500"],
  ])("answers a write that got %s", async (_, answer, expected) => {
    expect(await codeOf(apiOn(answer).api.write({ ...call, method: "PUT" }))).toBe(expected);
  });

  it("knows a limit of the licence from missing rights", async () => {
    const limited = apiOn({ status: 403, json: { message: "guardrail rules are limited to 1 rule in OSS version" } });
    expect(await limited.api.write({ ...call, method: "POST" })).toMatchObject({ status: 403, isLicenceLimit: true });
  });

  it.each([
    ["the same", 0, 0],
    ["an hour ahead", 3_600_000, 3_600_000],
    ["an hour behind", -3_600_000, -3_600_000],
  ])("finds a gateway's clock %s by its Date header", async (_, offsetMs, expected) => {
    const { api } = apiOn(() => ({ json: {}, headers: { date: new Date(Date.now() + offsetMs).toUTCString() } }));
    await api.read(call);
    expect(Math.abs(api.skewMs() - expected)).toBeLessThanOrEqual(1_100);
    if (expected === 0) expect(api.skewMs()).toBe(0);
  });

  it("takes no skew from a Date that makes no sense", async () => {
    const { api } = apiOn({ json: {}, headers: { date: "canary" } });
    await api.read(call);
    expect(api.skewMs()).toBe(0);
  });
});
