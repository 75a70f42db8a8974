/**
 * Answers one call of one route, independent of the HTTP library: authenticates, runs the route, waits until what
 * it changed (or saw) is on disk, and puts every failure into words.
 */
import type { Gateway } from "../gateway";
import { type Caller, tryFindCaller } from "../identity/caller";
import { TooManyPasswords } from "../identity/password";
import { noteWrite } from "./audit";
import { ApiRefusal, type Reply } from "./reply";
import type { Audience, Call, Route } from "./route";

/** A call as it came in. */
export interface Incoming {
  /** With `/api`, without the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly clientIp: string;
  readonly param: Call["param"];
  readonly query: Call["query"];
  /** Reads the body; not asked of a GET. */
  readonly readBody: () => Promise<string>;
}

/** Answers a call. Throws ApiRefusal for who may not call, and for what the disk refuses; `replyTo` puts that into words. */
export async function serve(gateway: Gateway, route: Route, incoming: Incoming): Promise<Reply> {
  gateway.ends.check();
  const call: Call = {
    gateway,
    caller: authenticate(gateway, route.who, incoming.authorization),
    param: incoming.param,
    query: incoming.query,
    body: route.method === "GET" ? "" : await incoming.readBody(),
    clientIp: incoming.clientIp,
  };
  const reply = await run(gateway, route, call, incoming.path);
  await settle(gateway, route, reply);
  return reply;
}

/** What a thrown error is answered with. */
export function replyTo(gateway: Gateway, error: unknown): Reply {
  if (error instanceof ApiRefusal) return { status: error.status, json: { message: error.message } };
  if (error instanceof TooManyPasswords) return { status: 503, json: { message: error.message } };
  gateway.note(`a call failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { status: 500, json: { message: "internal server error" } };
}

/** The text of an answer; undefined for one without a body. */
export function bodyOf(reply: Reply): string | undefined {
  return reply.text ?? (reply.json === undefined ? undefined : JSON.stringify(reply.json));
}

/** The headers of an answer, names in lower case. */
export function headersOf(gateway: Gateway, reply: Reply): Readonly<Record<string, string>> {
  const type = reply.contentType ?? (reply.json === undefined ? undefined : "application/json; charset=utf-8");
  return {
    server: gateway.behaviour.server,
    date: new Date(gateway.time.nowMs()).toUTCString(),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(type === undefined ? {} : { "content-type": type }),
    // The rest of a body that is too large is not read: the connection is of no more use.
    ...(reply.status === 413 ? { connection: "close" } : {}),
    ...reply.headers,
  };
}

async function run(gateway: Gateway, route: Route, call: Call, path: string): Promise<Reply> {
  const note = (status: number, message: string): void =>
    noteWrite(gateway, route, call.caller, { path, clientIp: call.clientIp, status, message });
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

function authenticate(gateway: Gateway, who: Audience, authorization: string | undefined): Caller {
  if (who === "anyone") return nobody;
  const { store, signingKey, keyByHash, time } = gateway;
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
