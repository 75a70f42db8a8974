/** A session through a gateway, from the client's side. */
import type { Duplex } from "node:stream";
import { tryParseInstant, type Instant } from "../../../lib/model/instant";
import { callGateway, type GatewayCall } from "./call";
import { refusedSession } from "./refused";

/** A session to open. */
export interface TunnelOptions extends GatewayCall {
  /** Name of the connection at the gateway. */
  readonly connection: string;
}

/** An open session. */
export interface Tunnel {
  /** The resource's bytes, both ways; half-close is passed on (not over TLS). A cut closes it at once. */
  readonly stream: Duplex;
  /** The session's id at the gateway. */
  readonly session: string;
  /** When the gateway cuts it by itself; undefined when it does not say. */
  readonly until: Instant | undefined;
}

/**
 * Opens a session. Throws E507 when there is no live lease, E107 for an unknown connection, E501 for a
 * token that does not count, E307 for a connection whose safeguards the gateway cannot enforce, E500 or E502 else.
 */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const upgrade = { connection: "Upgrade", upgrade: "leasehold-tcp" };
  const answer = await callGateway(options, pathOf(options.connection), upgrade);
  if (answer.kind === "answer") throw refusedSession(options.connection, answer);
  const session = answer.headers["leasehold-session"] ?? "";
  const { stream } = answer;
  // How a session ends is told by "close" and `whyEnded`; it is no error of the caller's.
  stream.on("error", () => stream.destroy());
  stream.once("end", () => void closeIfOver(options, stream, session));
  return { stream, session, until: tryParseInstant(answer.headers["leasehold-until"] ?? "") };
}

/**
 * A session that was cut looks like a resource that has said all it has to say: one side ends. The
 * gateway knows which it is; unless it says that the session goes on, it is over.
 */
async function closeIfOver(options: GatewayCall, stream: Duplex, session: string): Promise<void> {
  if (stream.writableEnded || stream.destroyed) return;
  const row = await tryReadSession(options, session);
  if (row?.["status"] === undefined || row["status"] === "done") stream.destroy();
}

/** Asks whether a session would be opened now, without opening one; throws as `openTunnel` does. */
export async function checkTunnel(options: TunnelOptions): Promise<{ readonly until: Instant | undefined }> {
  const answer = await callGateway(options, pathOf(options.connection));
  if (answer.kind === "stream" || answer.status !== 200) {
    if (answer.kind === "answer") throw refusedSession(options.connection, answer);
    answer.stream.destroy();
    return { until: undefined };
  }
  const { until } = JSON.parse(answer.body) as { readonly until?: unknown };
  return { until: typeof until === "string" ? tryParseInstant(until) : undefined };
}

/** Why a session ended; `unknown` when the gateway does not say or cannot be asked. */
export type TunnelEnd = "closed" | "failed" | "deadline" | "access lost" | "killed" | "gateway closed" | "unknown";

/** Asks the gateway why a session has ended. Never throws. */
export async function whyEnded(options: GatewayCall, session: string): Promise<TunnelEnd> {
  const row = await tryReadSession(options, session);
  const metrics = row?.["metrics"] as { readonly ended_by?: unknown } | null | undefined;
  return isEnd(metrics?.ended_by) ? metrics.ended_by : "unknown";
}

async function tryReadSession(
  options: GatewayCall,
  session: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const answer = await callGateway({ ...options, timeoutMs: 3000 }, `/api/sessions/${encodeURIComponent(session)}`);
    if (answer.kind === "stream" || answer.status !== 200) return undefined;
    const row = JSON.parse(answer.body) as unknown;
    return typeof row === "object" && row !== null ? (row as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function isEnd(reason: unknown): reason is TunnelEnd {
  return ["closed", "failed", "deadline", "access lost", "killed", "gateway closed"].includes(String(reason));
}

function pathOf(connection: string): string {
  return `/api/connect/${encodeURIComponent(connection)}`;
}
