import * as fc from "fast-check";
import { isFailure } from "../../lib/errors";
import { plusSeconds } from "../../lib/model/instant";
import type { EffectOutcome, Http, HttpResponse, Provider } from "../../lib/ports";
import { makeApi, type Api } from "../../providers/hoop/client/api";
import { listConnections } from "../../providers/hoop/client/connections";
import { listReviews } from "../../providers/hoop/client/reviews";
import { listRules } from "../../providers/hoop/client/rules";
import { guardrailRules, listSafeguards, maskingFields } from "../../providers/hoop/client/safeguards";
import { listAgents, listGrantingKeys, readCallerFacts, readServerFacts } from "../../providers/hoop/client/server";
import { listSessions } from "../../providers/hoop/client/sessions";
import { listServiceAccounts, listUsers } from "../../providers/hoop/client/users";
import { hoopProvider } from "../../providers/hoop/provider";
import {
  alice,
  applyAll,
  applyOne,
  bob,
  configure,
  connection,
  end,
  gate,
  hold,
  prepare,
  read,
} from "../contract/fixtures";
import { doubleGateway, embeddedGateway, type HttpGatewayUnderTest } from "../contract/http-gateway";
import { CannedHttp } from "../doubles/canned-http";
import { QuickClock } from "../doubles/quick-clock";

const gateways = [
  ["the embedded gateway", embeddedGateway],
  ["the hoop double", doubleGateway],
] as const;

describe.each(gateways)("attacks on a gateway: %s", (name, start) => {
  let under: HttpGatewayUnderTest;
  let provider: Provider;

  beforeEach(async () => {
    under = await start();
    provider = under.provider();
    await prepare(under, provider);
  });
  afterEach(() => under.close());

  async function asPerson(person: string, method: "PUT" | "PATCH", path: string, body: unknown): Promise<number> {
    const answer = await under.http.send({
      method,
      url: `${under.running.url}/api${path}`,
      timeoutMs: 5e3,
      maxBytes: 1e6,
      headers: { authorization: `Bearer ${await under.tokenOf(person)}` },
      body: JSON.stringify(body),
    });
    return answer.status;
  }

  test("the beneficiary edits the gateway's record: identity is read from correlation_id only", async () => {
    const effect = hold(under);
    await applyOne(under, provider, effect);
    const { json } = await under.admin("GET", `/sessions?connection=${read}`);
    const [row] = (json as { readonly data: readonly { readonly id: string }[] }).data;
    const metadata = { request: "someone-elses", correlation_id: "lh:forged", grant: "forged", leasehold: "inst-x" };
    const status = await asPerson(alice, "PATCH", `/sessions/${row!.id}/metadata`, { metadata });
    expect(status).toBe(name === "the hoop double" ? 204 : 403);
    expect((await provider.observe()).leases).toMatchObject([{ correlation: effect.correlation, person: alice }]);
    expect(await provider.findSpent([effect.correlation.grant])).toEqual(new Set([effect.correlation.grant]));
    expect(await applyOne(under, provider, end())).toMatchObject({ kind: "ended", wasThere: true });
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  test("the beneficiary approves: a request through the gate cannot be approved by its own beneficiary or an admin", async () => {
    await under.openLine(alice, read);
    const { json } = await under.admin("GET", "/reviews");
    for (const { id } of json as readonly { readonly id: string }[]) {
      await asPerson(alice, "PUT", `/reviews/${id}`, { status: "APPROVED" });
      await under.admin("PUT", `/reviews/${id}`, { status: "APPROVED" });
    }
    expect(await under.isLetIn(alice, read)).toBe(false);
    const waiting = (await provider.observe()).leases;
    expect(waiting.every((lease) => lease.status === "waiting" && lease.correlation === undefined)).toBe(true);
  });

  test("gateway side door: access minted directly is seen as nobody's, whatever it says of itself", async () => {
    const { correlation } = hold(under);
    for (const text of [
      undefined,
      "ticket",
      `LH:${correlation.installation}:${correlation.grant}:0`,
      `lh:${correlation.grant}`,
    ]) {
      await under.plantLease({
        person: bob,
        connection: read,
        seconds: 3600,
        ...(text === undefined ? {} : { correlation: text }),
      });
    }
    const { leases } = await provider.observe();
    expect(leases).toHaveLength(4);
    expect(leases.every((lease) => lease.correlation === undefined && lease.person === bob)).toBe(true);
  });

  test("gateway side door: a grant minted under our own correlation for somebody else is spent, and is not taken over", async () => {
    const effect = hold(under);
    const correlation = `lh:${under.installation}:${effect.correlation.grant}:0`;
    await under.plantLease({ person: bob, connection: read, seconds: 3600, correlation });
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "spent" });
    expect(await under.isLetIn(alice, read)).toBe(false);
    expect((await provider.observe()).leases).toMatchObject([{ person: bob, correlation: effect.correlation }]);
  });

  test("expired but honoured: a repeat asks only for what is left, and never after the end", async () => {
    const effect = hold(under, { seconds: 3_600 });
    await under.pass(3_000);
    const outcome = await applyOne(under, provider, effect);
    expect(outcome.kind).toBe("held");
    expect((outcome as Extract<EffectOutcome, { kind: "held" }>).lease.endsAt! <= plusSeconds(effect.end, 1)).toBe(
      true,
    );
    await under.pass(601);
    expect(await under.isLetIn(alice, read)).toBe(false);
    const late = hold(under, { request: "late", end: plusSeconds(under.clock.now(), -1) });
    expect(await applyOne(under, provider, late)).toMatchObject({ kind: "refused", because: "permanent" });
  });

  test("resurrection: a deleted connection made again does not give the old lease back", async () => {
    const value = connection(under, read);
    await applyOne(under, provider, hold(under));
    await under.admin("DELETE", `/connections/${read}`);
    await applyOne(under, provider, configure(value));
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  test("secret leak: 100 canaries in keys, secrets and every answer are in no error, outcome or observation", async () => {
    const canary = /canary-\d+/;
    let next = 0;
    const told: string[] = [];
    const leaky = (inner: Http, index: number, status: number): Http => {
      let at = 0;
      return {
        send: async (request, signal): Promise<HttpResponse> => {
          const answer = await inner.send(request, signal);
          if ((at += 1) !== index) return answer;
          const headers = { "x-secret": `canary-${(next += 1)}`, location: `http://canary-${(next += 1)}` };
          const body = JSON.stringify({
            message: `canary-${(next += 1)}`,
            secret: { "envvar:PASS": `canary-${next}` },
            data: `canary-${next}`,
          });
          return { status, headers, body };
        },
        close: async () => undefined,
      };
    };
    const secrets = { resolve: async () => `canary-${(next += 1)}` };
    for (const status of [200, 400, 401, 403, 500]) {
      for (let index = 1; index <= 10; index += 1) {
        const tampered = hoopProvider({
          gateway: "prod",
          installation: under.installation,
          url: under.running.url,
          clock: under.clock,
          http: leaky(under.http, index, status),
          dialect: under.dialect,
          keys: {
            write: async () => under.running.keys.admin,
            observe: async () => under.running.keys.admin,
          },
        });
        const effects = [configure(connection(under, "lhtest-canary")), hold(under), end()];
        for await (const outcome of tampered.apply(effects, { secrets })) told.push(JSON.stringify(outcome));
        for (const doing of [tampered.observe(), tampered.describe(), tampered.findSpent(["a"])]) {
          told.push(await doing.then((found) => JSON.stringify(found), errorText));
        }
      }
    }
    expect(next).toBeGreaterThan(100);
    const text = told.join("\n");
    expect(text).not.toMatch(canary);
    expect(text).not.toContain(Buffer.from("canary-").toString("base64").slice(0, 8));
    expect(text).not.toContain(under.running.keys.admin);
  }, 60_000);
});

describe("hostile answers of a gateway (bar 11)", () => {
  const readers: readonly ((api: Api) => Promise<unknown>)[] = [
    (api) => listSessions(api, {}),
    listReviews,
    listUsers,
    listServiceAccounts,
    listGrantingKeys,
    listAgents,
    readServerFacts,
    readCallerFacts,
    listRules,
    listConnections,
    async (api) =>
      (await listSafeguards(api, "guardrails")).map((item) => [
        guardrailRules(item, "input"),
        guardrailRules(item, "output"),
      ]),
    async (api) => (await listSafeguards(api, "datamasking-rules")).map(maskingFields),
  ];
  const fieldNames = [
    "id",
    "name",
    "data",
    "has_next_page",
    "user",
    "connection",
    "status",
    "correlation_id",
    "start_date",
    "review",
    "type",
    "created_at",
    "revoke_at",
    "access_duration",
    "session",
    "email",
    "groups",
    "secret",
    "connection_tags",
    "description",
    "input",
    "output",
    "rules",
    "words",
    "__proto__",
    "constructor",
    "toString",
    "license_info",
    "connection_names",
  ];
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e308,
      "",
      "jit",
      "APPROVED",
      "2026-11-22T04:14:46.83Z",
      "9999-99-99T99:99:99Z",
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.double(),
  );
  const { body } = fc.letrec<{ body: unknown; object: unknown; list: unknown }>((tie) => ({
    body: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("object"), tie("list")),
    object: fc.dictionary(fc.constantFrom(...fieldNames), tie("body"), { maxKeys: 12 }),
    list: fc.array(tie("body"), { maxLength: 4 }),
  }));

  test("20,000 fuzzed bodies: a value or E502, no other error, no write to a prototype", async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...readers), fc.boolean(), async (json, reader, isCut) => {
        const text = JSON.stringify(json, (_, value: unknown) => value) ?? "null";
        const sent = isCut ? text.slice(0, Math.floor(text.length * 0.7)) : text;
        const http = new CannedHttp(() => ({ body: sent }));
        const api = makeApi({ gateway: "g", url: "http://g", http, clock: new QuickClock(), key: async () => "k" });
        await reader(api).catch((thrown: unknown) => {
          if (!isFailure(thrown) || thrown.code !== "E502") throw thrown;
        });
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as Readonly<Record<string, unknown>>)["name"]).toBeUndefined();
      }),
      { numRuns: 20_000 },
    );
  }, 120_000);

  test("a body nested 100,000 deep is refused, not crashed on", async () => {
    const http = new CannedHttp(() => ({ body: "[".repeat(100_000) + "]".repeat(100_000) }));
    const api = makeApi({ gateway: "g", url: "http://g", http, clock: new QuickClock(), key: async () => "k" });
    for (const reader of readers) await expect(reader(api)).rejects.toMatchObject({ code: "E502" });
  });
});

describe("hostile identifiers on the way to a gateway", () => {
  const routes =
    /^\/api\/(userinfo|users|sessions|sessions\/provision|agents|guardrails|datamasking-rules|access-requests\/rules|connections|serviceaccounts)$|^\/api\/(users|connections)\/[^/]*$|^\/api\/access-requests\/rules\/leasehold-gate$/;

  test("names of people and connections stay one part of a path or one value of a query", async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        "../admin",
        "a/../../users",
        "x?limit=0",
        "x#y",
        "x&user=%",
        "%2e%2e%2f",
        "a\r\nHost: evil",
        "..",
        "@evil.example/",
      ),
      fc.string({ unit: "binary", maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (person, target) => {
        const http = new CannedHttp((_, path) => {
          if (path === "/api/userinfo") return { json: { email: "k", groups: ["admin"], is_admin: true } };
          if (path === "/api/sessions") return { json: { data: [], has_next_page: false } };
          if (path === "/api/access-requests/rules") return { json: { data: [] } };
          return path.startsWith("/api/users/") ? { status: 404, json: { message: "no" } } : { json: [] };
        });
        const clock = new QuickClock();
        const keys = { write: async () => "k", observe: async () => "k" };
        const provider = hoopProvider({
          gateway: "g",
          installation: "inst-aaaa0001",
          url: "http://gateway:1",
          http,
          clock,
          keys,
        });
        const correlation = { installation: "inst-aaaa0001", grant: "a".repeat(26), generation: 0 };
        const under = { clock, secrets: { resolve: async () => "x" } } as unknown as HttpGatewayUnderTest;
        await applyAll(under, provider, [
          { kind: "end", person, connection: target },
          { kind: "hold", person, connection: target, correlation, end: plusSeconds(clock.now(), 60), metadata: {} },
          configure({ kind: "user", name: person, displayName: person, active: true }),
          configure(gate(target)),
        ]);
        for (const { url, headers } of http.requests) {
          const { host, pathname } = new URL(url);
          expect(host).toBe("gateway:1");
          expect(pathname).toMatch(routes);
          expect(Object.values(headers).join("")).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

function errorText(thrown: unknown): string {
  if (!isFailure(thrown)) throw thrown;
  return JSON.stringify([thrown.message, thrown.stack, thrown.diagnostics, thrown.cause]);
}
