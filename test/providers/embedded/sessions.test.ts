import { createHash, randomBytes } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { once } from "node:events";
import {
  checkTunnel,
  listenTunnel,
  type RunningGateway,
  type TunnelEvent,
  whyEnded,
} from "../../../providers/embedded";
import { TestClock } from "../../doubles/test-clock";
import { temporaryFolder } from "../../support/folders";
import { closed, eventually, exchange, type Resource, Scene, start, startResource } from "./support";

const directory = temporaryFolder();
let clock: TestClock;
let gateway: RunningGateway;
let resource: Resource;
let scene: Scene;
let count = 0;

beforeEach(async () => {
  clock = new TestClock();
  resource = await startResource();
  count += 1;
  gateway = await start({ directory: `${directory}/${count}`, clock });
  scene = await Scene.of(gateway, resource.port);
});

afterEach(async () => {
  scene.close();
  await gateway.close();
  resource.close();
});

describe("a session of the embedded gateway", () => {
  test("carries bytes both ways and is a row of /sessions", async () => {
    await scene.grant(60);
    const tunnel = await scene.open();
    expect(await exchange(tunnel, "hello")).toBe("hello");
    expect(await scene.row(tunnel.session)).toMatchObject({
      user: "alice@example.com",
      connection: "orders-read",
      verb: "connect",
      status: "open",
      review: null,
      end_date: null,
    });
    tunnel.stream.end();
    await closed(tunnel);
    await eventually(async () => (await scene.row(tunnel.session)).status === "done");
    expect(await scene.row(tunnel.session)).toMatchObject({ exit_code: 0, event_size: 10 });
  });

  test("passes half-close on: what the resource says after the client's end arrives", async () => {
    const late = await startResource((socket) => {
      socket.resume();
      socket.once("end", () => socket.end("after your end"));
    });
    await scene.addConnection("late", late.port);
    await scene.grant(60, "late", "late");
    const { stream } = await scene.open("late");
    stream.end("bye");
    const [chunk] = (await once(stream, "data")) as [Buffer];
    expect(String(chunk)).toBe("after your end");
    await once(stream, "close");
    late.close();
  });

  test("passes half-close on the other way round: the resource may stop talking and go on listening", async () => {
    const heard: string[] = [];
    const early = await startResource((socket) => {
      socket.end("I have said all");
      socket.on("data", (chunk) => heard.push(String(chunk)));
    });
    await scene.addConnection("early", early.port);
    await scene.grant(60, "early", "early");
    const { stream } = await scene.open("early");
    stream.resume();
    await once(stream, "end");
    stream.end("and I go on");
    await eventually(() => heard.length > 0);
    expect(heard.join("")).toBe("and I go on");
    early.close();
  });

  test("carries megabytes whole while the reader is slow", async () => {
    await scene.grant(60);
    const { stream } = await scene.open();
    const sent = randomBytes(8 * 1024 * 1024);
    stream.end(sent);
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (size % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
      hash.update(chunk);
      size += chunk.length;
    }
    expect(size).toBe(sent.length);
    expect(hash.digest("hex")).toBe(createHash("sha256").update(sent).digest("hex"));
  });

  test("is cut when its resource resets, and says it was not the lease", async () => {
    await scene.grant(60);
    const tunnel = await scene.open();
    await exchange(tunnel, "x");
    for (const socket of resource.sockets) socket.resetAndDestroy();
    await closed(tunnel);
    await eventually(async () => (await scene.row(tunnel.session)).status === "done");
    expect(await scene.row(tunnel.session)).toMatchObject({ exit_code: 1, metrics: { ended_by: "failed" } });
    expect(await scene.refusal()).toBe("open");
  });
});

describe("the end of access ends the session", () => {
  test("at the deadline, by the gateway itself, and nobody gets in afterwards", async () => {
    await scene.grant(1);
    const tunnel = await scene.open();
    expect(await exchange(tunnel, "x")).toBe("x");
    await closed(tunnel);
    expect(clock.now() >= (tunnel.until ?? "")).toBe(true);
    expect(await scene.refusal()).toBe("E507");
    expect(await whyEnded({ gatewayUrl: gateway.url, token: scene.token }, tunnel.session)).toBe("deadline");
    expect(await scene.row(tunnel.session)).toMatchObject({ status: "done", exit_code: 254 });
  });

  test("with the answer to a revoke: not one byte passes after it", async () => {
    const grant = await scene.grant(60);
    const tunnel = await scene.open();
    await exchange(tunnel, "x");
    expect((await scene.revoke(grant)).status).toBe(200);
    let passed = 0;
    tunnel.stream.on("data", () => (passed += 1));
    for (const socket of resource.sockets) socket.write("late");
    await closed(tunnel);
    expect(passed).toBe(0);
    expect(await scene.refusal()).toBe("E507");
  });

  test("on a kill, which leaves the lease alone", async () => {
    await scene.grant(60);
    const tunnel = await scene.open();
    expect((await scene.api("POST", `/sessions/${tunnel.session}/kill`)).status).toBe(204);
    await closed(tunnel);
    expect(await scene.row(tunnel.session)).toMatchObject({ status: "done", exit_code: 254 });
    expect(await scene.refusal()).toBe("open");
  });

  test("when alice gives it back herself", async () => {
    const grant = await scene.grant(60);
    const tunnel = await scene.open();
    expect((await scene.asAlice("PUT", `/reviews/${grant}`, { status: "REVOKED" })).status).toBe(200);
    await closed(tunnel);
  });

  test.each([
    [
      "deactivated",
      () => scene.must("PUT", "/users/alice@example.com", { email: "alice@example.com", status: "inactive" }),
    ],
    ["deleted", () => scene.must("DELETE", "/users/alice@example.com")],
    ["put out of sight", () => scene.must("POST", "/plugins", { name: "access_control", connections: [] })],
    ["left without the connection", () => scene.must("DELETE", "/connections/orders-read")],
  ])("when alice is %s", async (_how, act) => {
    await scene.grant(60);
    const tunnel = await scene.open();
    await act();
    await closed(tunnel);
    expect(await scene.refusal()).not.toBe("open");
  });

  test("only with the last of the pair's grants: a renewed lease carries on", async () => {
    const first = await scene.grant(2);
    const tunnel = await scene.open();
    const second = await scene.grant(60);
    await scene.revoke(first);
    expect(await exchange(tunnel, "still here")).toBe("still here");
    clock.jump(5000);
    expect(await exchange(tunnel, "after the first one's end")).toBe("after the first one's end");
    await scene.revoke(second);
    await closed(tunnel);
  });

  test("on time after the clock jumped an hour forward, within the second in which it is noticed", async () => {
    await scene.grant(3600);
    const tunnel = await scene.open();
    clock.jump(3600_000);
    await closed(tunnel);
    expect(await scene.refusal()).toBe("E507");
  });

  test("for good: a clock that goes back does not bring it back", async () => {
    await scene.grant(60);
    clock.jump(61_000);
    await eventually(async () => (await scene.refusal()) === "E507");
    clock.jump(-3600_000);
    expect(await scene.refusal()).toBe("E507");
  });

  test("also when the gateway was down at the time, and for good", async () => {
    await scene.grant(60);
    await gateway.close();
    clock.jump(61_000);
    gateway = await start({ directory: `${directory}/${count}`, clock });
    scene.gateway = gateway;
    expect(await scene.refusal()).toBe("E507");
    clock.jump(-3600_000);
    expect(await scene.refusal()).toBe("E507");
  });
});

describe("a session is refused in words", () => {
  test("without a lease, for an unknown connection, with a bad token, with a key, at a dead resource", async () => {
    await scene.addConnection("dead", 1);
    await scene.grant(60, "dead", "dead");
    expect(await scene.refusal("orders-read")).toBe("E507");
    expect(await scene.refusal("nope")).toBe("E107");
    expect(await scene.refusal("orders-read", "garbage")).toBe("E501");
    expect(await scene.refusal("orders-read", gateway.keys.admin)).toBe("E501");
    await expect(scene.open("dead")).rejects.toThrow(/ECONNREFUSED/);
    expect((await scene.must("GET", "/sessions?connection=dead")).data[0]).toMatchObject({
      status: "done",
      exit_code: 1,
    });
  });

  test("with the token of somebody else, who holds no lease", async () => {
    await scene.grant(60);
    await scene.must("POST", "/users", { email: "bob@example.com", name: "Bob", groups: [] });
    const { token } = await scene.must("POST", "/users/bob@example.com/token");
    expect(await scene.refusal("orders-read", token)).toBe("E507");
  });

  test("for a connection with a guardrail that nothing here enforces", async () => {
    const { id } = await scene.must("GET", "/connections/orders-read");
    await scene.grant(60);
    await scene.must("POST", "/guardrails", { name: "no-drop", input: { rules: [] }, connection_ids: [id] });
    expect(await scene.refusal()).toBe("E307");
  });

  test("of a deleted user who was made again: neither lease nor token comes back", async () => {
    await scene.grant(60);
    await scene.must("DELETE", "/users/alice@example.com");
    await scene.must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: [] });
    expect(await scene.refusal()).toBe("E501");
    scene.token = (await scene.must("POST", "/users/alice@example.com/token")).token;
    expect(await scene.refusal()).toBe("E507");
  });

  test("and a plain GET says the same without opening anything", async () => {
    const to = { gatewayUrl: gateway.url, token: scene.token, connection: "orders-read" };
    await expect(checkTunnel(to)).rejects.toMatchObject({ code: "E507" });
    await scene.grant(60);
    expect((await checkTunnel(to)).until).toMatch(/^\d{4}-/);
    expect((await scene.must("GET", "/sessions")).data).toHaveLength(1);
  });
});

describe("a local port", () => {
  test("forwards each client in a session of its own and tells when one was cut, and why", async () => {
    const grant = await scene.grant(60);
    const events: TunnelEvent[] = [];
    const to = { gatewayUrl: gateway.url, token: scene.token, connection: "orders-read" };
    const local = await listenTunnel({ ...to, port: 0, onEvent: (event) => events.push(event) });
    const clients = [connectTcp(local.port, "127.0.0.1"), connectTcp(local.port, "127.0.0.1")];
    for (const client of clients) {
      client.on("error", () => undefined);
      client.write("ping");
      expect(String((await once(client, "data"))[0])).toBe("ping");
    }
    await scene.revoke(grant);
    await Promise.all(clients.map((client) => (client.closed ? undefined : once(client.resume(), "close"))));
    await eventually(() => events.length === 4);
    expect(events.map((event) => event.kind)).toEqual(["opened", "opened", "ended", "ended"]);
    expect(events.at(-1)).toMatchObject({ reason: "access lost" });
    const late = connectTcp(local.port, "127.0.0.1");
    late.on("error", () => undefined);
    await once(late.resume(), "close");
    await eventually(() => events.length === 5);
    expect(events.at(-1)).toMatchObject({ kind: "refused", error: { code: "E507" } });
    await local.close();
  });

  test("is not opened without a lease", async () => {
    const to = { gatewayUrl: gateway.url, token: scene.token, connection: "orders-read" };
    await expect(listenTunnel({ ...to, port: 0 })).rejects.toMatchObject({ code: "E507" });
  });
});
