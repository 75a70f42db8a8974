/** `GET /connect/:connection` without an upgrade: would a session be opened now? Not in hoop. */
import { decideConnect } from "../decision/connect";
import { refusedConnect } from "../proxy/refusal";
import { writtenOrNull } from "../time";
import { ok, refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";

/** The route that tells a client why it would be refused, before it listens for anybody. */
export const connectRoutes: readonly Route[] = [
  { method: "GET", path: "/connect/:connection", who: "caller", run: askConnect },
];

function askConnect({ gateway, caller, param }: Call): Reply {
  if (caller.kind === "key") refuse(403, "a session needs a person's token, not an API key");
  const connection = param("connection");
  const ask = { userEmail: caller.email, connection };
  const decision = decideConnect(gateway.store.view, ask, gateway.time.nowMs(), gateway.behaviour);
  if (decision.kind === "refuse") {
    const { status, message, reason } = refusedConnect(decision.reason, connection);
    return { status, json: { message }, headers: { "leasehold-reason": reason } };
  }
  const until = decision.kind === "enter" ? (decision.review?.revokeAt ?? null) : null;
  return ok({
    connection: decision.connection.name,
    waits: decision.kind === "wait",
    until: writtenOrNull(gateway.behaviour, until, "milliseconds"),
  });
}
