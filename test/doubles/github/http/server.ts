import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { answerGraphQL } from "../graphql/execute";
import { router } from "../rest/routes";
import type { Strictness } from "../strict";
import type { Token } from "../world/model";
import { actorOf, type World } from "../world/world";
import type { Answer } from "./answer";
import { answerRest } from "./answer-rest";
import type { RecordedCall } from "./calls";
import { type Fault, type FaultedCall, Faults, replaceAt } from "./faults";
import { answerGit } from "./git-http";
import { limitHeaders, RateLimits } from "./limits";

/** Where the APIs lie on the server. */
export interface Roots {
  readonly rest: string;
  readonly graphql: string;
}

/** What a POST to /_control asks for. */
export type Control = (call: unknown) => Promise<unknown>;

interface Ready {
  readonly call: FaultedCall;
  readonly kind: RecordedCall["kind"];
  readonly answer: Answer;
}

/** The HTTP face of the test GitHub: REST, GraphQL, git, and the control endpoint. */
export class GitHubServer {
  readonly faults = new Faults();
  readonly calls: RecordedCall[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly limits: RateLimits;

  constructor(
    private readonly world: World,
    private readonly roots: Roots,
    private readonly strictness: Strictness,
    private readonly control: Control,
  ) {
    this.limits = new RateLimits(world);
    this.server = createServer((request, response) => {
      this.respond(request, response).catch((error: unknown) => {
        world.violations.push(`The test GitHub failed: ${String(error instanceof Error ? error.stack : error)}`);
        if (response.headersSent) response.destroy();
        else write(response, { status: 500, json: { message: `The test GitHub failed: ${String(error)}` } });
      });
    });
    this.server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
  }

  /** Listens on loopback; gives the server's URL. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", resolve);
    });
    // A test that forgets to close it ends all the same.
    this.server.unref();
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.world.addresses.serverUrl);
    const body = await readBody(request);
    if (url.pathname === "/_control") {
      const json = await this.control(JSON.parse(body.toString("utf8"))).catch((error: unknown) => ({
        error: String(error),
      }));
      return write(response, { status: 200, json });
    }
    if (/^\/[^/]+\/[^/]+\.git\//.test(url.pathname)) return this.respondGit({ request, response, url, body });
    const isGraphQL = url.pathname === this.roots.graphql;
    if (!isGraphQL && !url.pathname.startsWith(`${this.roots.rest}/`)) {
      return write(response, { status: 404, json: { message: "Not Found" } });
    }
    return this.respondApi({ request, response, url, body }, isGraphQL ? "graphql" : "rest");
  }

  private async respondApi(exchange: Exchange, api: "rest" | "graphql"): Promise<void> {
    const { request, response, url, body } = exchange;
    const method = request.method ?? "GET";
    const sent = tryJson(body);
    const path = url.pathname.slice(api === "rest" ? this.roots.rest.length : 0);
    const matched = api === "rest" ? router.tryMatch(method, path) : undefined;
    const route = api === "graphql" ? "POST /graphql" : (matched?.route.operation ?? `${method} (no route)`);
    const query = api === "graphql" ? String((sent as { query?: unknown } | undefined)?.query ?? "") : "";
    const call: FaultedCall = { api, method, path: `${path}${url.search}`, route, query };
    const credential = bearer(request);
    const token = credential === undefined ? undefined : this.world.tokens.get(credential);
    const log = (status: number, kind: RecordedCall["kind"], answered?: unknown) => {
      const login = token === undefined ? null : actorOf(token).login;
      this.calls.push({ api, kind, method, path: call.path, route, status, login, sent, answered });
    };
    const fault = this.faults.take(call);
    const usually = method === "GET" || /^\s*(query\b|\{|fragment\b|#)/.test(query) ? "read" : "write";
    if (fault !== undefined && !(await this.lets(fault, { ...exchange, api, log: (status) => log(status, usually) })))
      return;
    const ready = await this.answered({ request, url, sent, token, credential, call, matched });
    const answer = this.mended(fault, ready.answer, method);
    const etag = method === "GET" && answer.status === 200 ? etagOf(answer) : undefined;
    const isSame = etag !== undefined && request.headers["if-none-match"] === etag;
    const who = credential ?? "nobody";
    const { headers } = this.limits.count(who, api === "graphql" ? "graphql" : "core", isSame ? 0 : 1);
    const final: Answer = isSame ? { status: 304 } : answer;
    log(final.status, ready.kind, final.json);
    if (fault?.kind === "lost answer") return void response.destroy();
    const common = {
      ...headers,
      ...answer.headers,
      ...(etag === undefined ? {} : { etag }),
      ...(token?.kind === "user" ? { "x-oauth-scopes": token.scopes.join(", ") } : {}),
      "x-github-request-id": randomUUID(),
      "cache-control": "private, max-age=60, s-maxage=60",
    };
    write(response, { ...final, headers: common }, fault?.kind === "truncated" ? "cut" : "whole");
  }

  private async answered(asked: {
    readonly request: IncomingMessage;
    readonly url: URL;
    readonly sent: unknown;
    readonly token: Token | undefined;
    readonly credential: string | undefined;
    readonly call: FaultedCall;
    readonly matched: ReturnType<typeof router.tryMatch>;
  }): Promise<Ready> {
    const { world } = this;
    const { call, token, credential, sent, matched } = asked;
    const isRead = call.method === "GET";
    const refuse = (status: number, message: string): Ready => {
      const documentation = { documentation_url: "https://docs.github.com/rest", status: String(status) };
      return { call, kind: isRead ? "read" : "write", answer: { status, json: { message, ...documentation } } };
    };
    if (credential !== undefined && token === undefined) return refuse(401, "Bad credentials");
    if (token !== undefined && actorOf(token).state !== "active")
      return refuse(403, "Sorry. Your account was suspended.");
    if ((asked.request.headers["user-agent"] ?? "") === "") {
      return refuse(
        403,
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.",
      );
    }
    const { isOver } = this.limits.count(credential ?? "nobody", call.api === "graphql" ? "graphql" : "core", 0);
    if (isOver)
      return {
        ...refuse(403, "API rate limit exceeded for this token."),
        ...(call.api === "graphql" ? rateLimited(call) : {}),
      };
    if (call.api === "graphql") {
      if (token === undefined) return refuse(401, "This endpoint requires you to be authenticated.");
      const { kind, body } = await answerGraphQL({ world, token }, sent);
      return { call, kind: kind === "query" ? "read" : "write", answer: { status: 200, json: body } };
    }
    const answer = await answerRest({ world, strictness: this.strictness, matched, token, url: asked.url, sent });
    return { call, kind: isRead ? "read" : "write", answer };
  }

  /** Lets the accident happen that is instead of a call; true when the call goes on. */
  private async lets(
    fault: Fault,
    exchange: Exchange & { readonly api: "rest" | "graphql"; readonly log: (status: number) => void },
  ): Promise<boolean> {
    const { response, api, log } = exchange;
    const instead = (answer: Answer): false => {
      log(answer.status);
      write(response, answer);
      return false;
    };
    const seconds = Math.floor(this.world.milliseconds() / 1000);
    switch (fault.kind) {
      case "status":
        return instead({
          status: fault.status,
          json: fault.body ?? { message: "Server Error" },
          ...(fault.headers === undefined ? {} : { headers: fault.headers }),
        });
      case "time out":
        log(0);
        return false;
      case "reset":
        log(0);
        response.socket?.resetAndDestroy();
        return false;
      case "not JSON":
        log(200);
        response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Unicorn!</body></html>");
        return false;
      case "empty body":
        log(200);
        response.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end();
        return false;
      case "error body":
        return instead({ status: 200, json: { message: "Server Error" } });
      case "rate limit": {
        const resetAt = seconds + fault.resetAfterSeconds;
        const headers = limitHeaders({
          limit: 5000,
          used: 5000,
          resetAt,
          resource: api === "graphql" ? "graphql" : "core",
        });
        const message = "API rate limit exceeded for user ID 1.";
        if (api === "graphql")
          return instead({ status: 200, headers, json: { errors: [{ type: "RATE_LIMITED", message }] } });
        return instead({ status: 403, headers, json: { message, documentation_url: "https://docs.github.com/rest" } });
      }
      case "secondary limit": {
        const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
        const headers = { "retry-after": String(fault.retryAfterSeconds) };
        return instead({ status: fault.status ?? 403, headers, json: { message, documentation_url: secondaryLimits } });
      }
      case "GraphQL errors":
        if (fault.data === "kept") return true;
        return instead({ status: 200, json: { data: null, errors: fault.errors ?? somethingWentWrong } });
      case "delay":
        await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
        return true;
      case "lost answer":
      case "truncated":
      case "replace":
        return true;
    }
  }

  private mended(fault: Fault | undefined, answer: Answer, method: string): Answer {
    if (fault?.kind === "replace") return { ...answer, json: replaceAt(answer.json, fault.pointer, fault.value) };
    if (fault?.kind === "GraphQL errors" && method === "POST") {
      return { ...answer, json: { ...(answer.json as object), errors: fault.errors ?? somethingWentWrong } };
    }
    return answer;
  }

  private async respondGit(exchange: Exchange): Promise<void> {
    const { request, response, url } = exchange;
    const method = request.method ?? "GET";
    const service = url.searchParams.get("service") ?? url.pathname.split("/").at(-1) ?? "";
    const call: FaultedCall = {
      api: "git",
      method,
      path: `${url.pathname}${url.search}`,
      route: `git ${service}`,
      query: "",
    };
    const kind = method === "POST" && service === "git-receive-pack" ? "write" : "read";
    const token = this.world.tokens.get(basicPassword(request) ?? bearer(request) ?? "");
    const log = (status: number) => {
      const login = token === undefined ? null : actorOf(token).login;
      this.calls.push({ api: "git", kind, method, path: call.path, route: call.route, status, login });
    };
    const fault = this.faults.take(call);
    if (fault !== undefined && !(await this.lets(fault, { ...exchange, api: "rest", log }))) return;
    const answer = await answerGit({ world: this.world, token, request, url, body: exchange.body });
    log(answer.status);
    if (fault?.kind === "lost answer") return void response.socket?.resetAndDestroy();
    response.writeHead(answer.status, answer.headers);
    if (fault?.kind === "truncated") {
      response.write(answer.body.subarray(0, answer.body.length / 2));
      return void response.destroy();
    }
    response.end(answer.body);
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
}

const secondaryLimits =
  "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";
const somethingWentWrong = [
  {
    message:
      "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.",
  },
];

function rateLimited(call: FaultedCall): Ready {
  const json = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for this token." }] };
  return { call, kind: "read", answer: { status: 200, json } };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

function write(response: ServerResponse, answer: Answer, how: "whole" | "cut" = "whole"): void {
  const { status, json, headers } = answer;
  if (json === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const body = Buffer.from(JSON.stringify(json));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    ...headers,
  });
  if (how === "whole") response.end(body);
  else response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

function etagOf({ json, headers }: Answer): string {
  return `W/"${createHash("sha256")
    .update(JSON.stringify([json, headers]))
    .digest("hex")}"`;
}

function tryJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? undefined : (JSON.parse(body.toString("utf8")) as unknown);
  } catch {
    return undefined;
  }
}

function bearer(request: IncomingMessage): string | undefined {
  return /^(?:bearer|token)\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

function basicPassword(request: IncomingMessage): string | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, "base64").toString("utf8").split(":").slice(1).join(":");
}
