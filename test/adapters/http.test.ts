import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { nodeHttp } from "../../lib/adapters/http";
import { isFailure } from "../../lib/errors";
import type { Http, HttpRequest } from "../../lib/ports";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handler: Handler;
let http: Http;
let url: string;

beforeAll(async () => {
  server = createServer((incoming, response) => handler(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = nodeHttp();
});

afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function request(over: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url: `${url}/api/x?q=1`, headers: {}, timeoutMs: 5_000, maxBytes: 1_000, ...over };
}

async function failureOf(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
  } catch (thrown) {
    if (isFailure(thrown)) return JSON.stringify([thrown.message, thrown.diagnostics, String(thrown.cause)]);
    throw thrown;
  }
  throw new Error("Expected a failure");
}

describe("the http adapter", () => {
  it("gives status, headers in lower case and the body as text, whatever the status", async () => {
    handler = (_, response) => response.writeHead(418, { "X-Tea": "Ü" }).end("grün");
    const answer = await http.send(request());
    expect(answer).toMatchObject({ status: 418, body: "grün" });
    expect(answer.headers["x-tea"]).toBeDefined();
  });

  it("sends method, headers and body as they are given", async () => {
    const seen: unknown[] = [];
    handler = (incoming, response) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
      incoming.on("end", () => {
        seen.push([incoming.method, incoming.url, incoming.headers["content-type"], incoming.headers.accept, body]);
        response.end();
      });
    };
    const headers = { "content-type": "application/json", accept: "application/json" };
    await http.send(request({ method: "PUT", headers, body: '{ "a":1}' }));
    expect(seen).toEqual([["PUT", "/api/x?q=1", "application/json", "application/json", '{ "a":1}']]);
  });

  it("keeps the connection for the next call", async () => {
    const ports = new Set<number | undefined>();
    handler = (incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.end("{}");
    };
    for (let count = 0; count < 5; count += 1) await http.send(request());
    expect(ports.size).toBe(1);
  });

  it("follows no redirect", async () => {
    handler = (_, response) => response.writeHead(301, { location: "http://127.0.0.1:1/" }).end();
    expect((await http.send(request())).status).toBe(301);
  });

  it("uses no proxy of the environment", async () => {
    handler = (_, response) => response.end("direct");
    process.env["HTTP_PROXY"] = "http://127.0.0.1:1";
    try {
      expect((await http.send(request())).body).toBe("direct");
    } finally {
      delete process.env["HTTP_PROXY"];
    }
  });

  const broken: readonly [string, Handler, Partial<HttpRequest>][] = [
    ["never answers", () => undefined, { timeoutMs: 100 }],
    [
      "sends byte after byte for ever",
      (_, response) => {
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      },
      { timeoutMs: 200, maxBytes: 1_000_000 },
    ],
    ["resets", (incoming) => incoming.socket.destroy(), {}],
    ["stops in the middle of a body", (_, response) => cut(response), {}],
    ["sends more than is wanted", (_, response) => response.end("x".repeat(1_001)), {}],
    [
      "says it sends more than is wanted",
      (_, response) => response.writeHead(200, { "content-length": 5e9 }).write("x"),
      {},
    ],
    ["is not there", () => undefined, { url: "http://127.0.0.1:1/api" }],
    ["has no name", () => undefined, { url: "http://gateway.invalid/api" }],
    ["has a url that is none", () => undefined, { url: "not a url" }],
  ];
  it.each(broken)("throws E500 when the other side %s", async (_, doing, over) => {
    handler = doing;
    expect(await failureOf(http.send(request(over)))).toContain("E500");
  });

  it("ends a call when its signal is aborted", async () => {
    handler = () => undefined;
    const stop = new AbortController();
    const sent = failureOf(http.send(request(), stop.signal));
    stop.abort();
    expect(await sent).toContain("interrupted");
  });

  it("keeps keys, queries and bodies out of its errors", async () => {
    handler = (incoming) => incoming.socket.destroy();
    const headers = { authorization: "Bearer hpk_canary-key" };
    const at = `${url.replace("//", "//user:canary-word@")}/api/x?user=canary-query`;
    const text = await failureOf(http.send(request({ method: "POST", url: at, headers, body: "canary-body" })));
    expect(text).toContain("/api/x");
    expect(text).not.toContain("canary");
  });
});

function cut(response: ServerResponse): void {
  response.writeHead(200, { "content-length": 100 });
  response.write("{", () => response.socket?.destroy());
}
