/**
 * The door of the data path: `GET /api/connect/:connection` with `Upgrade: leasehold-tcp` and a
 * person's token. 101 and then the resource's bytes, or an ordinary HTTP answer that says why not.
 */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectDecision, decideConnect, isGuarded } from "../decision/connect";
import type { Gateway } from "../gateway";
import { type Caller, tryFindCaller } from "../identity/caller";
import { limits } from "../limits";
import type { ConnectionRow, ReviewRow, SessionRow } from "../store/rows";
import { written } from "../time";
import { addressOf } from "./address";
import { openReview } from "./ask";
import { type Refusal, refusal, refusedConnect } from "./refusal";
import { newSession, ownDeadline } from "./session";
import { dial, join } from "./stream";

/** The protocol named in the `Upgrade` header. */
export const tunnelProtocol = "leasehold-tcp";

/** Takes the `upgrade` event of the gateway's HTTP server. */
export function acceptTunnel(gateway: Gateway, request: IncomingMessage, client: Duplex, head: Buffer): void {
  client.on("error", () => client.destroy());
  gateway.ends.check();
  const ask = readAsk(gateway, request);
  if (ask.kind === "refuse") return answer(gateway, client, ask);
  if (gateway.live.isClosed) return answer(gateway, client, refusal(503, "the gateway is going down"));
  if (gateway.live.size >= limits.liveSessions)
    return answer(gateway, client, refusal(503, "too many sessions are open"));
  if (gateway.store.failing) return answer(gateway, client, refusal(503, "the gateway cannot write its journal"));
  const { caller, connection } = ask;
  const decision = decide(gateway, caller, connection);
  if (decision.kind === "refuse") return answer(gateway, client, refusedConnect(decision.reason, connection));
  const door: Door = { gateway, client, head };
  if (decision.kind === "wait") return waitForReview(door, decision, ask.seconds);
  enter(door, decision, newSession(gateway, decision.user, decision.connection));
}

interface Door {
  readonly gateway: Gateway;
  readonly client: Duplex;
  readonly head: Buffer;
}

type Ask =
  { readonly kind: "ask"; readonly caller: Caller; readonly connection: string; readonly seconds: number } | Refusal;

function readAsk(gateway: Gateway, request: IncomingMessage): Ask {
  const url = request.url ?? "";
  const match = /^\/api\/connect\/([^/?]{1,1024})(?:\?duration_sec=(\d{1,9}))?$/.exec(url);
  const connection = match === null ? undefined : tryDecode(match[1] ?? "");
  if (connection === undefined) return refusal(404, "404 page not found", "unknown path");
  if (request.headers.upgrade?.toLowerCase() !== tunnelProtocol)
    return refusal(426, `this path needs \`Upgrade: ${tunnelProtocol}\``, "wrong protocol");
  const { store, signingKey, keyByHash, time } = gateway;
  const caller = tryFindCaller(store.view, request.headers.authorization, { signingKey, keyByHash }, time.nowMs());
  if (caller === undefined) return refusal(401, "access denied", "not signed in");
  if (caller.kind === "key") return refusal(403, "a session needs a person's token, not an API key", "not a person");
  return { kind: "ask", caller, connection, seconds: Number(match?.[2] ?? 900) };
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function decide(gateway: Gateway, caller: Caller, connection: string): ConnectDecision {
  const ask = { userEmail: caller.email, connection };
  return decideConnect(gateway.store.view, ask, gateway.time.nowMs(), gateway.behaviour);
}

/** The hoop double only: a PENDING review, and the client waits for it. */
function waitForReview(door: Door, decision: ConnectDecision & { readonly kind: "wait" }, seconds: number): void {
  const { gateway, client } = door;
  const longest = decision.rule?.accessMaxDuration ?? undefined;
  if (seconds < 60 || (longest !== undefined && seconds > longest))
    return answer(gateway, client, refusal(400, "the duration asked is not allowed here"));
  if (gateway.live.waitingSize >= limits.waitingClients)
    return answer(gateway, client, refusal(503, "too many clients wait"));
  const session = newSession(gateway, decision.user, decision.connection);
  const review = openReview(gateway, session, decision, seconds);
  gateway.store.commit([
    { table: "sessions", put: { ...session, reviewId: review.id } },
    { table: "reviews", put: review },
  ]);
  // Read on, or nobody would notice that the client has gone; it has nothing to say before the 101.
  client.once("end", () => client.destroy()).resume();
  client.once("close", () => gateway.live.stopWaiting(session.id));
  gateway.live.wait({
    sessionId: session.id,
    reviewId: review.id,
    cut: () => client.destroy(),
    decided: () => enterAfterReview(door, decision, session.id),
  });
}

function enterAfterReview(door: Door, asked: ConnectDecision & { readonly kind: "wait" }, sessionId: string): void {
  const { gateway, client } = door;
  client.pause().removeAllListeners("end");
  const ask = { userEmail: asked.user.email, connection: asked.connection.name };
  const decision = decideConnect(gateway.store.view, ask, gateway.time.nowMs(), gateway.behaviour);
  const row = gateway.store.view.table("sessions").get(sessionId);
  if (decision.kind !== "enter" || row === undefined) {
    return answer(gateway, client, refusal(403, "the request was not approved", "not approved"));
  }
  enter(door, decision, row);
}

/** Dials the resource and joins it; the session can be cut from the first moment on. */
function enter(door: Door, decision: ConnectDecision & { readonly kind: "enter" }, session: SessionRow): void {
  const { gateway, client } = door;
  const { connection, user, review } = decision;
  const abort = new AbortController();
  let resource: Socket | undefined;
  let answered = false;
  const deadline = ownDeadline(gateway, session, review);
  if (session.reviewId === null) gateway.store.commit([{ table: "sessions", put: session }]);
  gateway.live.add({
    id: session.id,
    userEmail: user.email,
    connectionId: connection.id,
    ...(deadline === undefined ? {} : { ownDeadlineMs: deadline }),
    cut: () => {
      abort.abort();
      if (!answered) client.destroy();
      resource?.destroy();
    },
    bytes: () => (resource === undefined ? 0 : resource.bytesRead + resource.bytesWritten),
  });
  client.once("close", () => {
    abort.abort();
    if (resource === undefined) gateway.live.end(session.id, "closed");
  });
  // Hoop takes the client of a guarded tcp connection in and then drops it.
  const dropped = connection.subtype === "tcp" && isGuarded(gateway.store.view, connection.id);
  connectResource(gateway, connection, abort.signal)
    .then((socket) => {
      if (!gateway.live.has(session.id)) return void socket.destroy();
      resource = socket;
      answered = dropped;
      client.write(switchingProtocols(gateway, session, review));
      if (dropped) {
        client.end(() => client.destroy());
        return gateway.live.end(session.id, "failed");
      }
      if (door.head.length > 0) socket.write(door.head);
      join(client, socket, (end) => gateway.live.end(session.id, end));
    })
    .catch((cause: unknown) => {
      answered = !client.destroyed;
      if (answered) answer(gateway, client, unreachable(gateway, connection, cause));
      gateway.live.end(session.id, "failed");
    });
}

async function connectResource(gateway: Gateway, connection: ConnectionRow, signal: AbortSignal): Promise<Socket> {
  const address = addressOf(connection);
  if (address === undefined) throw new Error("it has no address: set envvar:HOST and envvar:PORT");
  const socket = await dial(address, signal);
  try {
    await gateway.store.durable();
  } catch (cause) {
    socket.destroy();
    throw cause;
  }
  return socket;
}

function unreachable(gateway: Gateway, connection: ConnectionRow, cause: unknown): Refusal {
  if (gateway.store.failing) return refusal(503, "the gateway cannot write its journal");
  const why = cause instanceof Error ? cause.message : String(cause);
  return refusal(502, `the resource of ${connection.name} cannot be reached: ${why}`, "resource unreachable");
}

function switchingProtocols(gateway: Gateway, session: SessionRow, review: ReviewRow | undefined): string {
  const until = review?.revokeAt ?? null;
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Connection: Upgrade",
    `Upgrade: ${tunnelProtocol}`,
    `Server: ${gateway.behaviour.server}`,
    `Leasehold-Session: ${session.id}`,
    ...(until === null ? [] : [`Leasehold-Until: ${written(until, "milliseconds")}`]),
    "\r\n",
  ].join("\r\n");
}

function answer(gateway: Gateway, client: Duplex, { status, message, reason }: Refusal): void {
  const body = JSON.stringify({ message });
  const lines = [
    `HTTP/1.1 ${status} ${reasonPhrases[status] ?? "Refused"}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date(gateway.time.nowMs()).toUTCString()}`,
    `Server: ${gateway.behaviour.server}`,
    `Leasehold-Reason: ${reason}`,
    "",
    body,
  ];
  client.end(lines.join("\r\n"), () => client.destroy());
}

const reasonPhrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  426: "Upgrade Required",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
};
