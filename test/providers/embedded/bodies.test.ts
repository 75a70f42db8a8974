import { connect } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import * as fc from "fast-check";
import type { RunningGateway } from "../../../providers/embedded";
import { decode, isMap, listIn } from "../../../providers/embedded/api/decode";
import { ApiRefusal } from "../../../providers/embedded/api/reply";
import { allRoutes } from "../../../providers/embedded/api/routes";
import { filterOf } from "../../../providers/embedded/api/values";
import { hoopBehaviour, startHoopDouble } from "../../doubles/hoop";
import { temporaryFolder } from "../../support/folders";
import { call, Scene, start } from "./support";

const root = temporaryFolder();
const shape = {
  go: "Thing",
  fields: {
    name: { kind: "string", go: "Name", required: true },
    count: { kind: "int64", go: "Count" },
    tags: { kind: "map", go: "Tags" },
    list: { kind: "strings", go: "List" },
  },
} as const;

/** JSON values with the names that hurt careless code. */
const hostileKey = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "name",
  "count",
  "tags",
  "list",
);
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.jsonValue(),
    fc.constant("a\u0000b"),
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
  object: fc.array(fc.tuple(hostileKey, tie("value")), { maxLength: 6 }).map((pairs) => {
    const texts = pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? "null"}`);
    return JSON.parse(`{${texts.join(",")}}`) as unknown;
  }),
}));

describe("a body", () => {
  test("decodes to the named fields of the right kinds, or is refused with 400 or 422; nothing else happens", () => {
    const text = fc.oneof(
      hostile.object.map((value) => JSON.stringify(value)),
      fc.string(),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (body) => {
        try {
          const { name, count, tags, list } = decode(shape, body);
          expect(typeof name).toBe("string");
          if (count !== undefined && count !== null) expect(Number.isSafeInteger(count)).toBe(true);
          if (tags !== undefined && tags !== null) expect(isMap(tags)).toBe(true);
          if (list !== undefined && list !== null) expect(list.every((item) => typeof item === "string")).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiRefusal);
          expect([400, 422]).toContain((error as ApiRefusal).status);
        }
        expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("is read up to its first value; what comes after does not matter, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.record({ name: fc.string({ minLength: 1 }), list: fc.array(fc.string()) }),
        fc.string(),
        (value, rest) => {
          const text = JSON.stringify(value);
          const wanted = { name: value.name, list: value.list };
          expect(decode(shape, `${text} ${rest}`)).toMatchObject(wanted);
          expect(listIn(`${text}${rest}`, "list")).toEqual(value.list);
        },
      ),
    );
  });

  test("nested a hundred thousand deep is refused, not followed", () => {
    const deep = `{"name":"x","tags":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(() => decode(shape, deep)).toThrow(ApiRefusal);
  });
});

describe("a LIKE filter", () => {
  test("matches what SQL's LIKE matches", () => {
    const alphabet = fc.constantFrom("a", "b", "_", "%", ".");
    const texts = fc.array(alphabet, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, texts, (text, pattern) => {
        const source = [...pattern].map((one) =>
          one === "%" ? ".*" : one === "_" ? "." : `\\${one}`.replace(/\\([ab])/, "$1"),
        );
        expect(filterOf(hoopBehaviour, pattern)(text)).toBe(new RegExp(`^${source.join("")}$`, "s").test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe.each(["embedded", "hoop"])("the API of the %s gateway", (kind) => {
  let gateway: RunningGateway;

  beforeAll(async () => {
    const directory = join(root, kind);
    gateway = kind === "hoop" ? await startHoopDouble({ directory }) : await start({ directory });
    await Scene.of(gateway, 1);
  });

  afterAll(() => gateway.close());

  test("answers every body on every route, with a status that says what was wrong, and never by accident", async () => {
    const writes = allRoutes.filter((route) => route.method !== "GET");
    const body = fc.oneof(
      hostile.object.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string({ unit: "binary" }),
    );
    const part = fc.oneof(
      fc.constantFrom("alice@example.com", "orders-read", "%2e%2e", "%00", "__proto__", "x".repeat(300)),
      fc.uuid(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writes), part, body, async (route, id, text) => {
        const path = route.path.replace(/:[a-z]+/gi, () => id);
        const { status, json } = await call(gateway, gateway.keys.admin, route.method, path, text);
        expect(status).toBeGreaterThanOrEqual(200);
        // What was not foreseen says so; hoop's own 500s have other words.
        expect(json).not.toEqual({ message: "internal server error" });
      }),
      { numRuns: 600 },
    );
    expect((await call(gateway, undefined, "GET", "/healthz")).status).toBe(200);
  });

  test("answers every query", async () => {
    const names = fc.constantFrom(
      "limit",
      "offset",
      "count",
      "page",
      "page_size",
      "user",
      "connection",
      "start_date",
      "end_date",
      "name",
      "correlation_id",
      "review.status",
    );
    const query = fc.array(fc.tuple(names, fc.string({ unit: "binary" })), { maxLength: 4 });
    const paths = ["/sessions", "/connections", "/audit/logs", "/access-requests/rules"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), query, async (path, pairs) => {
        const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
        const { status } = await call(gateway, gateway.keys.admin, "GET", `${path}?${text}`);
        expect([200, 422]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the embedded gateway is bounded", () => {
  test("a body above the limit is refused with 413, also when its length is not said", async () => {
    const gateway = await start({ directory: join(root, "large") });
    const big = `{"name":"${"x".repeat(5 * 1024 * 1024)}"}`;
    expect((await call(gateway, gateway.keys.admin, "POST", "/users/groups", big)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 6; at += 1) controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
        controller.close();
      },
    });
    const init = {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.keys.admin}` },
      body: stream,
      duplex: "half",
    };
    expect((await fetch(`${gateway.url}/api/users/groups`, init as RequestInit)).status).toBe(413);
    expect(
      (await call(gateway, gateway.keys.admin, "GET", `/users?x=${"y".repeat(16_000)}z${"y".repeat(400)}`)).status,
    ).toBe(414);
    await gateway.close();
  });

  test.each([
    "GET /api/connect/%ZZ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: leasehold-tcp\r\n\r\n",
    "GET /api/connect/a/../b HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: leasehold-tcp\r\n\r\n",
    "GET /api/connect/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /api/healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "GET /api/connect/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: leasehold-tcp\r\nAuthorization: Bearer x\r\n\r\nraw bytes",
    "\u0000\u0001\u0002 not HTTP at all\r\n\r\n",
  ])("raw request %j is answered and the door stays open", async (request) => {
    const gateway = await start({ directory: join(root, "raw") });
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(request);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 4\d\d /);
    socket.destroy();
    expect((await call(gateway, undefined, "GET", "/healthz")).status).toBe(200);
    await gateway.close();
  });
});
