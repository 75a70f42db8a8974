/** `/sessions`: reading, killing, and a session's metadata. Sections 6 and 8 of gateway/hoop-api.md. */
import { tryParseInstant } from "../../../lib/model/instant";
import { isUuid, newId } from "../chance";
import { tryFindConnection } from "../decision/connect";
import { isVisible } from "../decision/visibility";
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { SessionRow } from "../store/rows";
import { decode } from "./decode";
import { noContent, ok, refuse, refuseLacking, refuseMistake, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { filterOf, readsAll, viewerOf } from "./values";
import { listSession, showSession } from "./views";

/** The routes of sessions, without `/sessions/provision` and `/sessions/:id/review`. */
export const sessionRoutes: readonly Route[] = [
  { method: "GET", path: "/sessions", who: "caller", run: listSessions },
  { method: "POST", path: "/sessions", who: "caller", run: runScript },
  { method: "GET", path: "/sessions/:id", who: "caller", run: getSession },
  {
    method: "POST",
    path: "/sessions/:id/kill",
    who: "caller",
    run: killSession,
    endsAccess: () => true,
    audit: { resource: "sessions", action: "delete" },
    auditedByUsOnly: true,
  },
  {
    method: "PATCH",
    path: "/sessions/:id/metadata",
    who: "caller",
    run: patchMetadata,
    audit: { resource: "sessions", action: "update" },
    auditedByUsOnly: true,
  },
];

const cappedTotal = 10_000;

function listSessions({ gateway, caller, query }: Call): Reply {
  const asked = readQuery(gateway, query);
  const data: unknown[] = [];
  let total = 0;
  let hasNextPage = false;
  for (const row of candidates(gateway, caller, query)) {
    if (!asked.matches(row)) continue;
    total += 1;
    if (total <= asked.offset) continue;
    if (data.length < asked.limit) {
      data.push(listSession(gateway.behaviour, gateway.store.view, row));
    } else {
      hasNextPage = true;
      if (asked.count === "none" || (asked.count === "capped" && total > cappedTotal)) break;
    }
  }
  const isCapped = asked.count === "capped" && total > cappedTotal;
  return ok({
    data,
    total: asked.count === "none" ? null : isCapped ? cappedTotal : total,
    total_is_capped: isCapped,
    has_next_page: hasNextPage,
  });
}

/** The rows to look at, through the narrowest index that fits. */
function candidates(gateway: Gateway, caller: Caller, query: Call["query"]): Iterable<SessionRow> {
  const { view } = gateway.store;
  if (caller.kind === "key" && !readsAll(caller)) return [];
  const correlation = query("correlation_id") ?? "";
  const own = readsAll(caller) ? undefined : caller.email;
  if (correlation !== "") {
    const found = view.sessionsByCorrelation(correlation).toReversed();
    return own === undefined ? found : found.filter((row) => row.userEmail === own);
  }
  if (own !== undefined) return view.sessionsNewestFirst({ user: own });
  const [user, connection] = [exactly(gateway, query("user")), exactly(gateway, query("connection"))];
  if (user !== undefined) return view.sessionsNewestFirst({ user });
  return view.sessionsNewestFirst(connection === undefined ? {} : { connection });
}

function exactly(gateway: Gateway, filter: string | undefined): string | undefined {
  const isPattern = gateway.behaviour.filtersArePatterns && filter !== undefined && /[%_]/.test(filter);
  return filter === "" || isPattern ? undefined : filter;
}

interface SessionQuery {
  readonly limit: number;
  readonly offset: number;
  readonly count: "exact" | "none" | "capped";
  readonly matches: (row: SessionRow) => boolean;
}

function readQuery(gateway: Gateway, query: Call["query"]): SessionQuery {
  const { behaviour } = gateway;
  const limit = readNumber("limit", query("limit") ?? "20");
  if (limit < 1) refuseOption("limit", `must be at least 1, got ${limit}`);
  const offset = readNumber("offset", query("offset") ?? "0");
  if (offset < 0) refuseOption("offset", `must not be negative, got ${offset}`);
  if (offset > behaviour.largestOffset) {
    const hint = "narrow the result set with a filter instead of paginating deeper";
    refuseOption("offset", `must not be greater than ${behaviour.largestOffset}, got ${offset}; ${hint}`);
  }
  const count = readCount(query("count"));
  const within = readDates(gateway, query);
  const user = readFilter(gateway, query("user"));
  const connection = readFilter(gateway, query("connection"));
  const status = query("review.status") ?? "";
  const reviews = gateway.store.view.table("reviews");
  const hasStatus = (row: SessionRow): boolean =>
    status === "" || (row.reviewId !== null && reviews.get(row.reviewId)?.status === status);
  const matches = (row: SessionRow): boolean =>
    user(row.userEmail) && connection(row.connection) && within(row) && hasStatus(row);
  return { limit: Math.min(limit, 100), offset, count, matches };
}

function refuseOption(name: string, why: string): never {
  return refuse(422, `failed listing sessions, invalid "${name}" option: ${why}`);
}

function readNumber(name: string, text: string): number {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : refuseOption(name, `"${text}" is not a number`);
}

function readCount(text: string | undefined): SessionQuery["count"] {
  if (text === undefined || text === "") return "capped";
  if (text === "exact" || text === "none" || text === "capped") return text;
  return refuseOption("count", `invalid count value "${text}", expected one of [exact none capped]`);
}

function readFilter(gateway: Gateway, pattern: string | undefined): (text: string) => boolean {
  return pattern === undefined || pattern === "" ? () => true : filterOf(gateway.behaviour, pattern);
}

/** Both dates are cut to seconds and inclusive; `end_date` alone is ignored. */
function readDates(gateway: Gateway, query: Call["query"]): (row: SessionRow) => boolean {
  const start = readDate("start_date", query("start_date"));
  const given = readDate("end_date", query("end_date"));
  if (start === undefined) return () => true;
  const hidden = gateway.behaviour.newestSecondIsHidden ? Math.floor(gateway.time.nowMs() / 1000) : undefined;
  const end = given ?? hidden;
  return (row) => row.startDate >= start * 1_000_000 && (end === undefined || row.startDate <= end * 1_000_000);
}

/** Seconds since 1970. */
function readDate(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const instant = tryParseInstant(text) ?? refuseOption(name, "start_date or end_date in wrong format");
  return Math.floor(Date.parse(instant) / 1000);
}

function getSession({ gateway, caller, param }: Call): Reply {
  const row = findSession(gateway, param("id"), "not found");
  if (!canRead(gateway, caller, row)) refuse(403, "user is not allowed to access this session");
  const json = showSession(gateway.behaviour, gateway.store.view, row);
  return { status: 200, json, contentType: "application/json" };
}

function findSession(gateway: Gateway, id: string, unknown: string): SessionRow {
  if (!isUuid(id)) refuseMistake(gateway.behaviour, 404, "failed fetching session");
  return gateway.store.view.table("sessions").get(id.toLowerCase()) ?? refuse(404, unknown);
}

function canRead(gateway: Gateway, caller: Caller, row: SessionRow): boolean {
  if (readsAll(caller) || isOwner(caller, row)) return true;
  const review = row.reviewId === null ? undefined : gateway.store.view.table("reviews").get(row.reviewId);
  return review?.groups.some(({ group }) => caller.groups.includes(group)) === true;
}

function isOwner(caller: Caller, row: SessionRow): boolean {
  return caller.kind === "person" && caller.email === row.userEmail;
}

function killSession({ gateway, caller, param }: Call): Reply {
  if (caller.role === "auditor") refuse(403, "access denied");
  const row = findSession(gateway, param("id"), "session not found");
  if (caller.role !== "admin" && !isOwner(caller, row)) refuse(404, "session not found");
  gateway.live.kill(row.id);
  return { status: 204, contentType: "application/json; charset=utf-8", survivesDisk: true };
}

const metadataShape = {
  go: "SessionUpdateMetadataRequest",
  fields: { metadata: { kind: "map", go: "Metadata" } },
} as const;

function patchMetadata({ gateway, caller, param, body }: Call): Reply {
  const { metadata } = decode(metadataShape, body);
  const row = findSession(gateway, param("id"), "not found");
  if (!isOwner(caller, row)) refuse(404, "not found");
  if (!gateway.behaviour.beneficiaryRewritesMetadata)
    refuse(403, "the metadata of a session belongs to the one who granted it");
  const entries = Object.entries(metadata ?? {});
  const isText = entries.every(([key, value]) => typeof value === "string" && value.length + key.length <= 5000);
  if (!isText || entries.length > 20) refuse(422, "metadata must be at most 20 texts");
  const put = { ...row, metadata: Object.fromEntries(entries) as Record<string, string> };
  gateway.store.commit([{ table: "sessions", put }]);
  return noContent;
}

const scriptShape = {
  go: "SessionPostBody",
  fields: {
    connection: { kind: "string", go: "Connection", required: true },
    script: { kind: "string", go: "Script" },
  },
} as const;

/** Running a script: not in the embedded gateway; hoop refuses it for tcp connections like this. */
function runScript({ gateway, caller, body }: Call): Reply {
  if (!gateway.behaviour.answersForWhatIsLacking) refuseLacking("running a script");
  const fields = decode(scriptShape, body);
  const connection = tryFindConnection(gateway.store.view, fields.connection ?? "");
  if (connection === undefined || !isVisible(gateway.store.view, connection.id, viewerOf(caller)))
    refuse(404, "connection not found");
  const why =
    connection.accessModeExec === "enabled"
      ? `code = InvalidArgument desc = exec is not allowed for ${connection.subtype} type connections. Use 'hoop connect ${connection.name}' instead`
      : "code = FailedPrecondition desc = exec is disabled for this connection";
  return ok({
    has_review: false,
    session_id: newId(gateway.random),
    output: `rpc error: ${why}`,
    output_status: "failed",
    truncated: false,
    execution_time: 2,
    exit_code: -2,
    ai_analysis: null,
  });
}
