/** The row of a session that carries bytes, and when a hoop gateway ends it by itself. */
import { newId } from "../chance";
import type { Gateway } from "../gateway";
import type { ConnectionRow, ReviewRow, SessionRow, UserRow } from "../store/rows";

/** A hoop gateway counts the grant's whole duration from the session's own start. */
export function ownDeadline(gateway: Gateway, session: SessionRow, review: ReviewRow | undefined): number | undefined {
  if (!gateway.behaviour.sessionsOutliveTheirGrant || review === undefined) return undefined;
  const start = session.reviewId === null ? session.startDate / 1000 : gateway.time.nowMs();
  return start + review.duration * 1000;
}

/** The row of a session that is just being opened. */
export function newSession(gateway: Gateway, user: UserRow, connection: ConnectionRow): SessionRow {
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
    verb: "connect",
    status: "open",
    exitCode: null,
    correlationId: null,
    metadata: null,
    metrics: null,
    eventSize: 0,
    startDate: gateway.time.stamp(),
    endDate: null,
    reviewId: null,
  };
}
