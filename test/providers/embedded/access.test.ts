import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTunnel, type RunningGateway, startGateway } from "../../../providers/embedded";
import { callGateway } from "../../../providers/embedded/tunnel/call";
import { allRoutes } from "../../../providers/embedded/api/routes";
import { TestClock } from "../../doubles/test-clock";
import { temporaryFolder } from "../../support/folders";
import { testWith } from "../../support/needs";
import { call, exchange, type Resource, Scene, start, startResource } from "./support";

const root = temporaryFolder();
const clock = new TestClock();
let gateway: RunningGateway;
let resource: Resource;
let scene: Scene;
let ordinary = "";

beforeAll(async () => {
  resource = await startResource();
  gateway = await start({ directory: join(root, "access"), clock });
  scene = await Scene.of(gateway, resource.port);
  ordinary = (await scene.must("POST", "/api-keys", { name: "writer", groups: ["lease-writers"] })).key;
});

afterAll(async () => {
  scene.close();
  await gateway.close();
  resource.close();
});

/** A path of a route with something in each of its parts. */
function pathOf(path: string): string {
  return path.replace(/:[a-z]+/g, "11111111-2222-4333-8444-555555555555");
}

describe("who may call a route", () => {
  test("without a token, or with one that does not count: 401 everywhere but at the four open routes", async () => {
    const open = [];
    for (const route of allRoutes) {
      for (const token of [undefined, "garbage", `hpk_${"A".repeat(43)}`, `${scene.token}x`]) {
        const { status } = await call(
          gateway,
          token,
          route.method,
          pathOf(route.path),
          route.method === "GET" ? undefined : {},
        );
        if (status !== 401) open.push(`${route.method} ${route.path}`);
      }
    }
    expect([...new Set(open)].sort()).toEqual([
      "GET /healthz",
      "GET /publicserverinfo",
      "POST /localauth/login",
      "POST /localauth/register",
    ]);
  });

  test("an auditor writes nothing, and reads all but API keys", async () => {
    const wrong: string[] = [];
    for (const route of allRoutes.filter((one) => one.who !== "anyone")) {
      const path = pathOf(route.path);
      const { status } = await call(
        gateway,
        gateway.keys.observer,
        route.method,
        path,
        route.method === "GET" ? undefined : {},
      );
      const isRead = route.method === "GET" && route.who !== "admin";
      // What belongs to a person is not an auditor's either: it is no person, or not the owner.
      const isOwn = [
        "/connect/:connection",
        "/sessions",
        "/sessions/:id/metadata",
        "/connections/:name/credentials",
      ].includes(route.path);
      if (!isOwn && (status === 403) === isRead) wrong.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(["person", "key"])("an ordinary %s has none of what is for admins and auditors", async (kind) => {
    const token = kind === "person" ? scene.token : ordinary;
    for (const route of allRoutes.filter((one) => one.who === "admin" || one.who === "auditor")) {
      const { status } = await call(
        gateway,
        token,
        route.method,
        pathOf(route.path),
        route.method === "GET" ? undefined : {},
      );
      expect([route.method, route.path, status]).toEqual([route.method, route.path, 403]);
    }
  });

  test("a person cannot grant, also an admin: 401, as with hoop", async () => {
    await scene.must("POST", "/users", { email: "root@example.com", name: "Root", groups: ["admin"] });
    const { token } = await scene.must("POST", "/users/root@example.com/token");
    for (const one of [token, scene.token])
      expect((await call(gateway, one, "POST", "/sessions/provision", {})).status).toBe(401);
  });

  test("nobody ends, reads or rewrites what is somebody else's", async () => {
    const grant = await scene.grant(3600);
    await scene.must("POST", "/users", { email: "bob@example.com", name: "Bob", groups: ["engineering"] });
    const { token } = await scene.must("POST", "/users/bob@example.com/token");
    expect((await call(gateway, token, "PUT", `/reviews/${grant}`, { status: "REVOKED" })).status).toBe(400);
    expect((await call(gateway, token, "POST", `/sessions/${grant}/kill`)).status).toBe(404);
    expect((await call(gateway, token, "GET", `/sessions/${grant}`)).status).toBe(403);
    expect((await call(gateway, token, "GET", `/reviews/${grant}`)).status).toBe(404);
    expect((await call(gateway, token, "GET", "/sessions")).json.data).toEqual([]);
    expect((await call(gateway, token, "GET", "/sessions?user=alice@example.com")).json.data).toEqual([]);
    expect((await call(gateway, token, "PATCH", `/sessions/${grant}/metadata`, { metadata: {} })).status).toBe(404);
    expect((await scene.asAlice("PATCH", `/sessions/${grant}/metadata`, { metadata: { a: "b" } })).status).toBe(403);
    expect((await scene.asAlice("PUT", `/reviews/${grant}`, { status: "APPROVED" })).status).toBe(400);
  });
});

describe("a person's token", () => {
  test("names its person, holds 12 h and ends with the account", async () => {
    expect((await scene.asAlice("GET", "/userinfo")).json).toMatchObject({ id: "alice@example.com", is_admin: false });
    const made = await scene.must("POST", "/users/alice@example.com/token");
    expect(Date.parse(made.expires_at) - Date.parse(clock.now())).toBeGreaterThan(11.9 * 3600_000);
    clock.jump(12 * 3600_000 + 1000);
    expect((await scene.asAlice("GET", "/userinfo")).status).toBe(401);
    clock.jump(-12 * 3600_000 - 1000);
    expect((await scene.asAlice("GET", "/userinfo")).status).toBe(200);
    await scene.must("PUT", "/users/alice@example.com", { email: "alice@example.com", status: "inactive" });
    expect((await scene.asAlice("GET", "/userinfo")).status).toBe(401);
    expect((await scene.api("POST", "/users/alice@example.com/token")).status).toBe(422);
    await scene.must("PUT", "/users/alice@example.com", { email: "alice@example.com", status: "active" });
    expect((await scene.asAlice("GET", "/userinfo")).status).toBe(200);
  });

  test("with any character changed, another algorithm or a signature of none is no token", async () => {
    const [head = "", body = "", sign = ""] = scene.token.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    const forged = Buffer.from(JSON.stringify({ sub: "root@example.com", aid: "x", exp: 1e12 })).toString("base64url");
    const wrong = [
      `${none}.${body}.`,
      `${none}.${body}.${sign}`,
      `${head}.${forged}.${sign}`,
      `${head}.${body}.`,
      `${head}.${body}`,
    ];
    const flipped = [...scene.token].map((character, at) => {
      const other = character === "A" ? "B" : "A";
      return `${scene.token.slice(0, at)}${other}${scene.token.slice(at + 1)}`;
    });
    for (const token of [...wrong, ...flipped])
      expect((await call(gateway, token, "GET", "/userinfo")).status).toBe(401);
  });

  test("comes for a password too, and for nothing else", async () => {
    await scene.must("POST", "/users", { email: "pw@example.com", name: "Pw", password: "right", groups: [] });
    const login = (body: unknown): ReturnType<typeof call> =>
      call(gateway, undefined, "POST", "/localauth/login", body);
    const right = await login({ email: "pw@example.com", password: "right" });
    expect((await call(gateway, right.headers.get("token") ?? "", "GET", "/userinfo")).json.id).toBe("pw@example.com");
    expect((await login({ email: "pw@example.com", password: "wrong" })).status).toBe(401);
    expect((await login({ email: "pw@example.com", password: "" })).status).toBe(401);
    expect((await login({ email: "alice@example.com", password: "" })).status).toBe(401);
    expect((await login({ email: "nobody@example.com", password: "x" })).status).toBe(404);
  });
});

describe("where it listens", () => {
  const options = { clock, random: { bytes: (count: number) => new Uint8Array(count) } };

  test.each(["0.0.0.0", "::", "192.0.2.1", "example.com"])("not on %s without TLS", async (host) => {
    await expect(startGateway({ ...options, directory: join(root, "open"), host })).rejects.toMatchObject({
      code: "E508",
    });
  });

  test("a port that is taken is told as such, and the directory is free again", async () => {
    const directory = join(root, "taken");
    await expect(start({ directory, port: Number(new URL(gateway.url).port) })).rejects.toMatchObject({ code: "E508" });
    await (await start({ directory })).close();
  });

  test("not where something else stands in the place of its directory", async () => {
    const directory = join(root, "a file");
    writeFileSync(directory, "");
    await expect(start({ directory })).rejects.toMatchObject({
      code: "E508",
      message: expect.stringContaining("a file"),
    });
  });

  testWith(
    { what: "openssl", command: "openssl", debianPackage: "openssl" },
    "with TLS everything goes over it, sessions too",
    async () => {
      const tls = certificate(join(root));
      const directory = join(root, "tls");
      const plain = await start({ directory });
      const there = await Scene.of(plain, resource.port);
      await there.grant(60);
      await plain.close();
      const secure = await start({ directory, tls });
      expect(secure.url).toMatch(/^https:/);
      const to = { gatewayUrl: secure.url, ca: tls.cert, token: there.token };
      expect(await callGateway(to, "/api/userinfo")).toMatchObject({ kind: "answer", status: 200 });
      await expect(callGateway({ ...to, ca: "" }, "/api/userinfo")).rejects.toMatchObject({ code: "E500" });
      const tunnel = await openTunnel({ ...to, connection: "orders-read" });
      tunnel.stream.on("error", () => undefined);
      expect(await exchange(tunnel, "over TLS")).toBe("over TLS");
      tunnel.stream.destroy();
      await secure.close();
    },
  );
});

function certificate(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  spawnSync("openssl", [...made, "-keyout", key, "-out", cert, ...subject]);
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

describe("close", () => {
  test("ends sessions, and can be called twice", async () => {
    const other = await start({ directory: join(root, "close") });
    const there = await Scene.of(other, resource.port);
    await there.grant(60);
    const tunnel = await there.open();
    await exchange(tunnel, "x");
    tunnel.stream.resume();
    await Promise.all([other.close(), other.close()]);
    if (!tunnel.stream.closed) await new Promise((resolve) => tunnel.stream.once("close", resolve));
    await expect(fetch(other.url)).rejects.toThrow("fetch failed");
  });
});
