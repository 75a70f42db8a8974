/** `POST /sessions/provision`: the grant. Section 6 of gateway/hoop-api.md. */
import type { Behaviour } from "../behaviour";
import { newId } from "../chance";
import { tryFindConnection } from "../decision/connect";
import { isInForce } from "../decision/grant";
import { isVisible } from "../decision/visibility";
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { ConnectionRow, ReviewGroup, ReviewRow, SessionRow, UserRow } from "../store/rows";
import { decode, isMap } from "./decode";
import { ApiRefusal, refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { viewerOf } from "./values";

/** Longest grant, in seconds: 48 h. */
export const longestGrant = 172_800;

const shape = {
  go: "ProvisionSession",
  fields: {
    user_email: { kind: "string", go: "UserEmail", required: true },
    connection: { kind: "string", go: "Connection", required: true },
    access_duration_sec: { kind: "int64", go: "AccessDurationSec" },
    correlation_id: { kind: "string", go: "CorrelationID" },
    metadata: { kind: "map", go: "Metadata" },
    approved_reviewers: { kind: "strings", go: "ApprovedReviewers" },
    time_window: { kind: "map", go: "TimeWindow" },
    script: { kind: "string", go: "Script" },
  },
} as const;

/** The route of grants. */
export const provisionRoute: Route = {
  method: "POST",
  path: "/sessions/provision",
  who: "key",
  audit: { resource: "sessions", action: "create" },
  auditedByUsOnly: true,
  run: provision,
};

interface Asked {
  readonly user: UserRow;
  readonly connection: ConnectionRow;
  readonly seconds: number;
  readonly correlationId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly approved: readonly string[] | undefined;
  readonly timeWindow: Readonly<Record<string, unknown>> | null;
}

function provision({ gateway, caller, body }: Call): Reply {
  const asked = readAsked(gateway, caller, body);
  const repeated = gateway.behaviour.repeatIsSecondGrant ? undefined : tryFindRepeated(gateway, asked);
  if (repeated !== undefined) return accepted(repeated.sessionId, asked.user, repeated.status);
  const session = sessionOf(gateway, asked);
  refuseBadGrant(gateway, asked, session);
  const review = reviewOf(gateway, caller, asked, session);
  const status = review.status === "APPROVED" ? "ready" : "open";
  gateway.store.commit([
    { table: "sessions", put: { ...session, status, reviewId: review.id } },
    { table: "reviews", put: review },
  ]);
  return accepted(session.id, asked.user, review.status);
}

function accepted(sessionId: string, user: UserRow, status: ReviewRow["status"]): Reply {
  const json = { session_id: sessionId, user_email: user.email, has_review: status !== "APPROVED" };
  return { status: 202, json };
}

function readAsked(gateway: Gateway, caller: Caller, body: string): Asked {
  const fields = decode(shape, body);
  const view = gateway.store.view;
  const correlationId = checkCorrelation(fields.correlation_id ?? "");
  const metadata = checkMetadata(fields.metadata ?? undefined);
  const name = fields.connection ?? "";
  const connection = tryFindConnection(view, name);
  if (connection === undefined || !isVisible(view, connection.id, viewerOf(caller)))
    refuse(400, `connection ${name} not found`);
  const user = view.table("users").get(fields.user_email ?? "");
  // Hoop names the key, not the user it did not find.
  if (user === undefined) refuse(400, `user ${caller.name} not found for exec`);
  if (user.status !== "active" && !gateway.behaviour.inactiveCanBeGranted)
    refuse(400, `user ${user.email} is not active`);
  for (const field of connection.mandatoryMetadataFields) {
    if (metadata === null || !Object.hasOwn(metadata, field)) refuse(422, `missing required metadata field: ${field}`);
  }
  const approved = fields.approved_reviewers ?? [];
  return {
    user,
    connection,
    seconds: fields.access_duration_sec ?? 0,
    correlationId,
    metadata,
    approved: approved.length === 0 ? undefined : approved,
    timeWindow: fields.time_window ?? null,
  };
}

function checkCorrelation(id: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(id)) refuse(422, "correlation_id must contain only printable ASCII characters");
  if (id.length > 255) refuse(422, "correlation_id must not exceed 255 characters");
  return id === "" ? null : id;
}

function checkMetadata(
  metadata: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, string>> | null {
  if (metadata === undefined) return null;
  const entries = Object.entries(metadata).map(([key, value]): [string, string] => [key, goText(value, 0)]);
  // The words say 10; the limit is 20.
  if (entries.length > 20) refuse(422, "metadata field must have less than 10 fields");
  if (entries.some(([key, value]) => key.length > 2500 || value.length > 2500))
    refuse(422, "metadata key or value must not contain more than 2500 characteres");
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** A value as Go's `%v` prints it: `map[a:1]`. */
function goText(value: unknown, depth: number): string {
  if (depth > 8) return refuse(422, "metadata is nested too deeply");
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map((item) => goText(item, depth + 1)).join(" ")}]`;
  if (isMap(value)) {
    const parts = Object.keys(value)
      .sort()
      .map((key) => `${key}:${goText(value[key], depth + 1)}`);
    return `map[${parts.join(" ")}]`;
  }
  return String(value);
}

/** The same call again: the grant it made the first time, or 409 when that one is over. */
function tryFindRepeated(gateway: Gateway, asked: Asked): ReviewRow | undefined {
  if (asked.correlationId === null) return undefined;
  const { view } = gateway.store;
  const earlier = view.sessionsByCorrelation(asked.correlationId);
  if (earlier.length === 0) return undefined;
  for (const session of earlier) {
    const review = view.reviewOfSession(session.id);
    const isSame = session.userEmail === asked.user.email && session.connectionId === asked.connection.id;
    if (review === undefined || !isSame || review.duration !== asked.seconds) continue;
    if (review.status === "PENDING") return review;
    if (review.status === "APPROVED" && isInForce(review, gateway.time.nowMs(), gateway.behaviour)) return review;
  }
  return refuse(409, `correlation_id ${asked.correlationId} was used before`);
}

function sessionOf(gateway: Gateway, { user, connection, correlationId, metadata, seconds }: Asked): SessionRow {
  return {
    id: newId(gateway.random),
    userEmail: user.email,
    userName: user.name,
    connectionId: connection.id,
    connection: connection.name,
    resourceName: connection.resourceName,
    type: connection.type,
    subtype: connection.subtype,
    connectionTags: connection.tags,
    verb: seconds > 0 ? "connect" : "exec",
    status: "open",
    exitCode: null,
    correlationId,
    metadata,
    metrics: null,
    eventSize: 0,
    startDate: gateway.time.stamp(),
    endDate: null,
    reviewId: null,
  };
}

/** What hoop finds out only after it has made the session. */
function refuseBadGrant(gateway: Gateway, { seconds, timeWindow }: Asked, session: SessionRow): void {
  const { behaviour } = gateway;
  const why = whyBad(behaviour, seconds, timeWindow);
  if (why === undefined) return;
  if (behaviour.failedGrantLeavesOrphan) gateway.store.commit([{ table: "sessions", put: session }]);
  if (behaviour.mistakesAreServerErrors) refuse(500, "failed creating review");
  throw new ApiRefusal(why.status, why.message);
}

function whyBad(
  behaviour: Behaviour,
  seconds: number,
  timeWindow: Readonly<Record<string, unknown>> | null,
): { readonly status: number; readonly message: string } | undefined {
  if (seconds > longestGrant) return { status: 422, message: `access_duration_sec must not exceed ${longestGrant}` };
  if (seconds <= 0 && !behaviour.noDurationIsOnetime)
    return { status: 422, message: "access_duration_sec must be greater than 0" };
  if (timeWindow === null) return undefined;
  if (!behaviour.timeWindowIsIgnored)
    return { status: 501, message: "the embedded gateway does not have this: time_window" };
  return isTimeRange(timeWindow) ? undefined : { status: 422, message: "bad time_window" };
}

function isTimeRange(timeWindow: Readonly<Record<string, unknown>>): boolean {
  const range = timeWindow["configuration"];
  if (timeWindow["type"] !== "time_range" || !isMap(range)) return false;
  return [range["start_time"], range["end_time"]].every(
    (time) => typeof time === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(time),
  );
}

function reviewOf(gateway: Gateway, caller: Caller, asked: Asked, session: SessionRow): ReviewRow {
  const { connection, approved, seconds } = asked;
  const createdAt = gateway.time.stamp();
  const asksReviewers = connection.reviewers.length > 0;
  const names = asksReviewers ? connection.reviewers : ["admin"];
  const groups = names.map((group): ReviewGroup => {
    const isApproved = !asksReviewers || approved === undefined || approved.includes(group);
    const id = newId(gateway.random);
    if (!isApproved) return { id, group, status: "PENDING", reviewedBy: null, reviewDate: null };
    return { id, group, status: "APPROVED", reviewedBy: { id: caller.id, email: caller.name }, reviewDate: createdAt };
  });
  const isConnect = seconds > 0;
  return {
    id: newId(gateway.random),
    sessionId: session.id,
    userEmail: session.userEmail,
    connectionId: session.connectionId,
    type: isConnect ? "jit" : "onetime",
    duration: isConnect ? seconds : 0,
    status: groups.every((group) => group.status === "APPROVED") ? "APPROVED" : "PENDING",
    revokeAt: isConnect ? createdAt + seconds * 1_000_000 : null,
    createdAt,
    groups,
    timeWindow: asked.timeWindow,
    ruleName: null,
    minApprovals: null,
    needed: groups.length,
    forceApprovalGroups: null,
    rejectionReason: null,
    over: false,
  };
}
