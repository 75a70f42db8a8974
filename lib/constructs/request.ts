import type { Construct } from "constructs";
import { Duration } from "../model/duration";
import type { Instant } from "../model/instant";
import { limits } from "../model/limits";
import { canonicalReason } from "../model/request";
import { Declaration } from "./declaration";
import { isPrincipal } from "./group";
import { checkItems, checkLine, checkName, checkNotEmpty, misuse } from "./misuse";
import type { IConnection, IPrincipal } from "./reference";
import type { AccessRule } from "./rule";
import { instantFrom } from "./window";

/** What an AccessRequest is made with; the same as `spec:` of a request file. */
export interface AccessRequestProps {
  /**
   * The name, never used again once the request has been merged.
   * @default - the construct's id
   */
  readonly requestName?: string;
  /** Who gets access. */
  readonly for: IPrincipal | readonly IPrincipal[];
  /** To which Connections. */
  readonly access: readonly IConnection[];
  /**
   * For how long, from activation.
   * @default - the rule's default
   */
  readonly duration?: Duration;
  /** The latest activation: a Date, or RFC 3339 with a zone. */
  readonly startBefore: string | Date;
  /**
   * The earliest activation.
   * @default - as soon as it is approved
   */
  readonly startAfter?: string | Date;
  /** Why, for the people who approve and for the audit; one line. */
  readonly reason: string;
  /**
   * The ticket or incident.
   * @default - none
   */
  readonly ticket?: string;
  /**
   * The rule to ask under, where several match.
   * @default - the first that matches
   */
  readonly rule?: AccessRule | string;
  /**
   * The name of the request that this one extends.
   * @default - none
   */
  readonly extends?: string;
}

/** A request for access, declared in code; it has the same canonical value as a request file. */
export class AccessRequest extends Declaration {
  readonly requestName: string;
  readonly for: readonly IPrincipal[];
  readonly access: readonly IConnection[];
  readonly duration: Duration | undefined;
  readonly startBefore: Instant;
  readonly startAfter: Instant | undefined;
  readonly reason: string;
  readonly ticket: string | undefined;
  readonly rule: string | undefined;
  readonly extends: string | undefined;

  constructor(scope: Construct, id: string, props: AccessRequestProps) {
    super(scope, id);
    const what = (field: string): string => `\`${field}\` of request \`${id}\``;
    const people = isPrincipal(props.for) ? [props.for] : props.for;
    checkItems(what("for"), checkNotEmpty(what("for"), people), "Users, Groups or ServiceAccounts", isPrincipal);
    checkCount(what("for"), people.length, limits.requestPrincipals);
    const { access, duration, rule } = props;
    checkItems(what("access"), checkNotEmpty(what("access"), access), "Connections", (one) => isConnection(one));
    checkCount(what("access"), access.length, limits.requestConnections);
    if (duration !== undefined && !(duration instanceof Duration)) {
      throw misuse(what("duration"), "a Duration", duration);
    }
    this.requestName = checkName(`the name of request \`${id}\``, props.requestName ?? id);
    this.for = people;
    this.access = [...access];
    this.duration = duration;
    this.startBefore = instantFrom(what("startBefore"), props.startBefore);
    this.startAfter = props.startAfter === undefined ? undefined : instantFrom(what("startAfter"), props.startAfter);
    if (this.startAfter !== undefined && this.startAfter >= this.startBefore) {
      throw misuse(what("startBefore"), `after \`startAfter\` ${this.startAfter}`, this.startBefore);
    }
    this.reason = checkedReason(what("reason"), props.reason);
    this.ticket = props.ticket === undefined ? undefined : checkedTicket(what("ticket"), props.ticket);
    this.rule =
      rule === undefined ? undefined : typeof rule === "string" ? checkName(what("rule"), rule) : rule.ruleName;
    this.extends = props.extends === undefined ? undefined : checkName(what("extends"), props.extends);
  }
}

function checkedReason(what: string, reason: unknown): string {
  // The bound is on what was written, as it is in a request file; what counts is the canonical text.
  if (typeof reason === "string" && reason.length > limits.reasonCharacters) {
    throw misuse(what, `at most ${limits.reasonCharacters} characters`, `${reason.length} characters`);
  }
  return checkLine(what, typeof reason === "string" ? canonicalReason(reason) : reason, limits.reasonCharacters);
}

function checkedTicket(what: string, ticket: unknown): string {
  if (typeof ticket === "string" && /^[!-~]{1,100}$/.test(ticket)) return ticket;
  throw misuse(what, `1 to ${limits.ticketCharacters} visible ASCII characters, like \`INC-4711\``, ticket);
}

function checkCount(what: string, count: number, max: number): void {
  if (count > max) throw misuse(what, `at most ${max} items`, `${count} items`);
}

function isConnection(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && "connectionId" in value && typeof value.connectionId === "string"
  );
}
