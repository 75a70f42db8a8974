import type { AccessRule, IConnection, IPrincipal } from "../constructs";
import { failure } from "../errors";
import { Duration } from "../model/duration";
import { instantOf, plusSeconds, tryParseInstant, type Instant } from "../model/instant";
import type { ConnectionId, PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";

/** A question about access: who asks for what, for how long, when. */
export interface Asked {
  /** A User or a ServiceAccount, or their name: an e-mail or `service:<name>`. */
  readonly person: IPrincipal | string;
  /** A Connection, or its id: `orders-db/read`. */
  readonly connection: IConnection | string;
  /**
   * For how long.
   * @default - the rule's default
   */
  readonly duration?: Duration;
  /**
   * When it is asked, approved and started.
   * @default - Monday, 7 January 2030, 12:00 UTC: tests have no clock
   */
  readonly at?: string | Date;
  /**
   * The rule to ask under, where several match.
   * @default - the first that matches
   */
  readonly rule?: AccessRule | string;
  /**
   * The ticket.
   * @default - `TEST-1`
   */
  readonly ticket?: string;
}

/** A question as a request, one hour before its latest start. */
export interface AskedValue {
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly rule: string | undefined;
  readonly at: Instant;
  readonly request: AccessRequest;
}

/** Reads a question; throws E800 for what is none. */
export function askedValue(asked: Asked): AskedValue {
  const person = principalOf(asked.person);
  const connection = connectionOf(asked.connection);
  const at = momentOf(asked.at ?? "2030-01-07T12:00:00Z");
  const rule = typeof asked.rule === "object" ? asked.rule.ruleName : asked.rule;
  const request: AccessRequest = {
    name: "asked-in-a-test",
    for: [person],
    access: [connection],
    ...(asked.duration === undefined ? {} : { durationSeconds: asked.duration.seconds }),
    startBefore: plusSeconds(at, Duration.hours(1).seconds),
    reason: "asked in a test",
    ticket: asked.ticket ?? "TEST-1",
    ...(rule === undefined ? {} : { rule }),
  };
  return { person, connection, rule, at, request };
}

/** The name of a person, given as construct or as name. */
export function principalOf(person: IPrincipal | string): PersonId {
  const ref = typeof person === "string" ? person : person.principalRef;
  if (!ref.startsWith("group:")) return ref;
  throw failure("E800", { detail: `\`${ref}\` is a group, not a person`, fix: "ask about one person of the group" });
}

/** The id of a Connection, given as construct or as id. */
export function connectionOf(connection: IConnection | string): ConnectionId {
  return typeof connection === "string" ? connection : connection.connectionId;
}

/** An instant out of a Date or an RFC 3339 text with a zone. */
export function momentOf(value: string | Date): Instant {
  const instant = value instanceof Date ? instantOf(value.getTime()) : tryParseInstant(value);
  if (instant !== undefined) return instant;
  throw failure("E800", { detail: `\`${String(value)}\` is no moment`, fix: "write it like 2030-01-07T12:00:00Z" });
}
