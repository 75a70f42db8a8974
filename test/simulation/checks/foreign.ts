/** What is not ours is not changed by us: looked at row by row, at the moment of each change. */
import { gateName } from "../../../lib/model/gateway-object";
import { tryParseCorrelation } from "../../../lib/model/lease";
import type { Change, SessionRow } from "../../../providers/embedded/store/rows";
import { Violation } from "../violation";
import type { Call } from "../world/network";
import { installation } from "../world/world";
import type { Scene } from "./checks";

/** Changes that a call of a program of ours is about to make. */
export function checkForeign(scene: Scene, changes: readonly Change[], call: Call): void {
  if (!(call.request.headers["authorization"] ?? "").includes("hpk_admin")) return;
  for (const change of changes) {
    const what = "over" in change ? undefined : foreignIn(scene, change);
    if (what !== undefined) {
      throw new Violation("foreign", `${call.program.name} changes ${what} by ${call.request.method} ${call.path}`);
    }
  }
}

function foreignIn(
  { world }: Scene,
  change: Exclude<Change, { readonly over: readonly string[] }>,
): string | undefined {
  const { view } = world.gateway;
  const key = "put" in change ? undefined : change.drop;
  switch (change.table) {
    case "connections": {
      const name = "put" in change ? change.put.name : (key ?? "");
      const before = view.table("connections").get(name);
      const isOwn = before === undefined || before.tags["leasehold"] === installation;
      return isOwn ? undefined : `connection ${name}`;
    }
    case "accessRules": {
      const name = "put" in change ? change.put.name : (key ?? "");
      return name === gateName ? undefined : `rule ${name}`;
    }
    case "sessions": {
      const before = view.table("sessions").get("put" in change ? change.put.id : (key ?? ""));
      return before === undefined || isOursOrALine(before) ? undefined : `session ${before.id}`;
    }
    case "reviews": {
      if (!("put" in change)) return undefined;
      const before = view.table("reviews").get(change.put.id);
      const session = view.table("sessions").get(change.put.sessionId);
      return before === undefined || isOurs(session) ? undefined : `review ${change.put.id}`;
    }
    case "users":
    case "groups":
    case "apiKeys":
    case "agents":
    case "accessLists":
    case "plugins":
    case "guardrails":
    case "maskingRules":
      return `a row of ${change.table}`;
    default:
      return undefined;
  }
}

/** A line of bytes says nothing of whose grant let it in: it may be cut with the pair's last grant of ours. */
function isOursOrALine(session: SessionRow): boolean {
  return isOurs(session) || (session.correlationId === null && session.reviewId === null);
}

function isOurs(session: SessionRow | undefined): boolean {
  return tryParseCorrelation(session?.correlationId ?? "")?.installation === installation;
}
