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
  /** The resource's bytes, both ways; half-close is passed on. */
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
  return { stream: answer.stream, session, until: tryParseInstant(answer.headers["leasehold-until"] ?? "") };
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
  try {
    const answer = await callGateway({ ...options, timeoutMs: 3000 }, `/api/sessions/${encodeURIComponent(session)}`);
    if (answer.kind === "stream" || answer.status !== 200) return "unknown";
    const { metrics } = JSON.parse(answer.body) as { readonly metrics?: { readonly ended_by?: unknown } | null };
    const reason = metrics?.ended_by;
    return isEnd(reason) ? reason : "unknown";
  } catch {
    return "unknown";
  }
}

function isEnd(reason: unknown): reason is TunnelEnd {
  return ["closed", "failed", "deadline", "access lost", "killed", "gateway closed"].includes(String(reason));
}

function pathOf(connection: string): string {
  return `/api/connect/${encodeURIComponent(connection)}`;
}
