/**
 * The API as a fetch function: authenticates every call, bounds it, runs its route, waits until what it
 * changed (or saw) is on disk, and answers as hoop does. The only file here that knows the HTTP library.
 */
import { type Context, Hono } from "hono";
import type { HttpBindings } from "@hono/node-server";
import type { Gateway } from "../gateway";
import { type Caller, tryFindCaller } from "../identity/caller";
import { TooManyPasswords } from "../identity/password";
import { limits } from "../limits";
import { noteWrite } from "./audit";
import { ApiRefusal, type Reply } from "./reply";
import type { Audience, Call, Route } from "./route";
import { allRoutes } from "./routes";

/** The Node request and response behind a call. */
export interface AppEnv {
  readonly Bindings: HttpBindings;
}

type Ctx = Context<AppEnv>;

/** Builds the API of a gateway. */
export function buildApp(gateway: Gateway): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    if (c.req.url.length > limits.urlLength)
      return respond(gateway, { status: 414, json: { message: "URI too long" } });
    await next();
    return undefined;
  });
  for (const route of allRoutes) app.on(route.method, `/api${route.path}`, (c) => serve(gateway, route, c));
  app.notFound((c) => respond(gateway, notFound(app, c)));
  app.onError((error) => respond(gateway, replyTo(gateway, error)));
  return app;
}

async function serve(gateway: Gateway, route: Route, c: Ctx): Promise<Response> {
  gateway.ends.check();
  const caller = authenticate(gateway, route.who, c);
  const call: Call = {
    gateway,
    caller,
    param: (name) => c.req.param(name) ?? "",
    query: (name) => c.req.query(name),
    body: route.method === "GET" ? "" : await readBody(gateway, c),
    clientIp: c.env.incoming.socket.remoteAddress ?? "",
  };
  const reply = await run(gateway, route, call, c);
  await settle(gateway, route, reply);
  return respond(gateway, reply);
}

async function run(gateway: Gateway, route: Route, call: Call, c: Ctx): Promise<Reply> {
  const note = (status: number, message: string): void =>
    noteWrite(gateway, route, call.caller, { path: c.req.path, clientIp: call.clientIp, status, message });
  try {
    if (gateway.store.failing && route.method !== "GET" && route.endsAccess?.(call) !== true) throw diskRefuses();
    const reply = await route.run(call);
    note(reply.status, "");
    return reply;
  } catch (cause) {
    const reply = replyTo(gateway, cause);
    note(reply.status, cause instanceof ApiRefusal ? cause.message : "internal error");
    return reply;
  }
}

/**
 * An answer tells only what is on disk. While the disk refuses, reads tell what is in memory and endings
 * are answered, since they hold: nobody gets in meanwhile, and they are written first when there is room.
 */
async function settle(gateway: Gateway, route: Route, reply: Reply): Promise<void> {
  try {
    await gateway.store.durable();
  } catch {
    if (route.method !== "GET" && reply.survivesDisk !== true) throw diskRefuses();
  }
}

function diskRefuses(): ApiRefusal {
  return new ApiRefusal(503, "the gateway cannot write its journal: only endings are taken");
}

const nobody: Caller = { kind: "key", id: "", name: "", email: "", groups: [], role: "standard" };

function authenticate(gateway: Gateway, who: Audience, c: Ctx): Caller {
  if (who === "anyone") return nobody;
  const { store, signingKey, keyByHash, time } = gateway;
  const authorization = c.req.header("authorization");
  const caller = tryFindCaller(store.view, authorization, { signingKey, keyByHash }, time.nowMs());
  // A person's token is refused at a route for keys as if it were no token at all.
  if (caller === undefined || (who === "key" && caller.kind !== "key")) throw new ApiRefusal(401, "access denied");
  if (!isAllowed(who, caller)) throw new ApiRefusal(403, "access denied");
  if (caller.kind === "key") gateway.lastUsed.set(caller.name, time.nowMs());
  return caller;
}

function isAllowed(who: Audience, caller: Caller): boolean {
  switch (who) {
    case "anyone":
    case "caller":
      return true;
    case "key":
      return caller.role !== "auditor";
    case "auditor":
      return caller.role !== "standard";
    case "admin":
      return caller.role === "admin";
  }
}

async function readBody(gateway: Gateway, c: Ctx): Promise<string> {
  const largest = gateway.behaviour.largestBody;
  if (Number(c.req.header("content-length") ?? "0") > largest) throw tooLarge(largest);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of c.env.incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) throw tooLarge(largest);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(largest: number): ApiRefusal {
  return new ApiRefusal(413, `the body is larger than ${largest} bytes`);
}

function replyTo(gateway: Gateway, error: unknown): Reply {
  if (error instanceof ApiRefusal) return { status: error.status, json: { message: error.message } };
  if (error instanceof TooManyPasswords) return { status: 503, json: { message: error.message } };
  gateway.note(`a call failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { status: 500, json: { message: "internal server error" } };
}

/** What is not routed: 301 for one slash too many, else Go's plain text. */
function notFound(app: Hono<AppEnv>, c: Ctx): Reply {
  const { path } = c.req;
  const shorter = path.replace(/\/$/, "");
  const isRouted = shorter !== path && app.router.match(c.req.method, shorter)[0].length > 1;
  if (!isRouted) return { status: 404, text: "404 page not found", contentType: "text/plain" };
  const text = `<a href="${shorter}">Moved Permanently</a>.\n\n`;
  return { status: 301, text, contentType: "text/html; charset=utf-8", headers: { location: shorter } };
}

function respond(gateway: Gateway, reply: Reply): Response {
  const body = reply.text ?? (reply.json === undefined ? null : JSON.stringify(reply.json));
  const type = reply.contentType ?? (reply.json === undefined ? undefined : "application/json; charset=utf-8");
  const headers: Record<string, string> = {
    server: gateway.behaviour.server,
    date: new Date(gateway.time.nowMs()).toUTCString(),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(type === undefined ? {} : { "content-type": type }),
    // The rest of a body that is too large is not read: the connection is of no more use.
    ...(reply.status === 413 ? { connection: "close" } : {}),
    ...reply.headers,
  };
  return new Response(body, { status: reply.status, headers });
}
