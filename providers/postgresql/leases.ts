import { instantOf } from "../../lib/model/instant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { ObservedLease } from "../../lib/model/observed";
import type { ListedLease, ListedMember } from "./listing";

/** How far VALID UNTIL may be from what we wrote before somebody moved it, in milliseconds. */
const apartMs = 1_000;

/** A lease of ours as it stands; undefined when nothing is left of it. */
export function tryLeaseOf(listed: ListedLease, installation: string, nowMs: number): ObservedLease | undefined {
  const status = statusOf(listed, nowMs);
  if (status === undefined) return undefined;
  const { role, person, connection, grant, generation, createdMs, validUntilMs, sealed } = listed;
  const correlation = tryParseCorrelation(`lh:${installation}:${grant}:${generation}`);
  const isMoved = validUntilMs === undefined || Math.abs(validUntilMs - listed.endsMs) > apartMs;
  return {
    ref: role,
    ...(correlation === undefined ? {} : { correlation }),
    person,
    connection,
    status,
    createdAt: instantOf(createdMs),
    ...(validUntilMs === undefined ? {} : { endsAt: instantOf(validUntilMs) }),
    ...(isMoved ? { altered: true } : {}),
    ...(sealed === undefined ? {} : { sealed }),
  };
}

/** A member of a level's role that nobody declared, as access that is not ours. A role says nothing of when it was given. */
export function memberLease({ role, connection, validUntilMs }: ListedMember, nowMs: number): ObservedLease {
  return {
    ref: `member ${role}`,
    person: role,
    connection,
    status: validUntilMs !== undefined && validUntilMs <= nowMs ? "lapsed" : "live",
    createdAt: instantOf(0),
    ...(validUntilMs === undefined ? {} : { endsAt: instantOf(validUntilMs) }),
  };
}

/**
 * `live` lets in now. What is over but not wholly put away is `lapsed`: the pass ends it. Ended leases of which only objects
 * are left, and those whose role somebody took away, are no leases.
 */
function statusOf(listed: ListedLease, nowMs: number): ObservedLease["status"] | undefined {
  const { isThere, canLogIn, validUntilMs, isMember, sessions, isEnded } = listed;
  const isOpen = isThere && canLogIn && (validUntilMs === undefined || validUntilMs > nowMs);
  if (isOpen && (isMember || isEnded)) return "live";
  if (sessions > 0) return "lapsed";
  return isThere && (canLogIn || (isMember && !isEnded)) ? "lapsed" : undefined;
}
