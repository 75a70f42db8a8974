import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import { isActive, type GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { WaitingGrant } from "../model/plan";
import type { AccessReport, AccessRow } from "../model/report";

/** What a report of access is made of. */
export interface StatusInput {
  readonly installation: string;
  readonly at: Instant;
  readonly state: LogState;
  readonly verified: boolean;
  /** Grants that policy and requests want; absent where only the past is asked for. */
  readonly desired?: readonly DesiredGrant[];
  readonly decisions?: ReadonlyMap<GrantId, Decision>;
  readonly waiting?: readonly WaitingGrant[];
}

/** Which rows to keep; each given one must match. */
export interface StatusFilter {
  /** A person or part of one's e-mail. */
  readonly who?: string;
  /** A Connection, or a Resource. */
  readonly on?: string;
}

/** Who has what at an instant, by the Log and what is wanted. */
export function accessReport(input: StatusInput, filter: StatusFilter = {}): AccessReport {
  const { state } = input;
  const known = [...state.grants.values()].map((grant) => rowOfGrant(grant, input.at));
  const pending = (input.desired ?? [])
    .filter((one) => !state.grants.has(one.id))
    .map((one) => rowOfDesired(one, input));
  return {
    reportVersion: 1,
    at: input.at,
    installation: input.installation,
    ...(state.head === undefined ? {} : { head: state.head }),
    verified: input.verified,
    rows: [...known, ...pending].filter((row) => isWanted(row, filter)).toSorted(byPhaseAndEnd),
    optOuts: [...state.optOuts.values()],
    ...(state.frozen === undefined
      ? {}
      : { frozen: { by: state.frozen.by.id, at: state.frozen.at, note: state.frozen.note } }),
    ...(state.recovering === undefined ? {} : { recovering: state.recovering }),
  };
}

function rowOfGrant(grant: GrantState, at: Instant): AccessRow {
  const { facts } = grant;
  return {
    ...aboutAccess(facts),
    gateway: facts.gateway,
    phase: grant.phase,
    ...(grant.activatedAt === undefined ? {} : { activatedAt: grant.activatedAt }),
    ...(grant.end === undefined ? {} : { end: grant.end }),
    ...(grant.worstCaseEnd === undefined ? {} : { worstCaseEnd: grant.worstCaseEnd }),
    ...(grant.endedAt === undefined ? {} : { endedAt: grant.endedAt }),
    ...(grant.endReason === undefined ? {} : { endReason: grant.endReason }),
    ...(grant.rejectReason === undefined ? {} : { rejectReason: grant.rejectReason }),
    ...endingOf(grant, at),
    approvers: grant.approvers ?? [],
    ...(grant.approvers === undefined
      ? {}
      : { approvedBy: grant.approvers.length === 0 ? ("automatic" as const) : ("people" as const) }),
    sequence: grant.lastSequence,
  };
}

/** Since when an ending is on its way: asked for, or simply due. */
function endingOf(grant: GrantState, at: Instant): Pick<AccessRow, "endingSince"> {
  if (grant.phase !== "active") return {};
  if (grant.ending !== undefined) return { endingSince: grant.ending.since };
  return isActive(grant, at) || grant.end === undefined ? {} : { endingSince: grant.end };
}

function rowOfDesired(desired: DesiredGrant, input: StatusInput): AccessRow {
  const decision = input.decisions?.get(desired.id);
  const waiting = input.waiting?.find((one) => one.grant === desired.id);
  return {
    ...aboutAccess({ ...desired, grant: desired.id }),
    gateway: desired.gateway,
    phase: "pending",
    waitsFor: waitsFor(decision, waiting),
    startBefore: desired.startBefore,
    approvers: decision?.approvers ?? [],
    ...(decision === undefined || decision.by === "nobody" ? {} : { approvedBy: decision.by }),
  };
}

function waitsFor(decision: Decision | undefined, waiting: WaitingGrant | undefined): string {
  if (decision?.verdict === "refused") return "refused by its rule";
  if (decision?.verdict === "waiting") return "approval";
  if (waiting === undefined) return "the next pass";
  switch (waiting.why) {
    case "starts later":
      return "its start";
    case "window is closed":
      return "the rule's window";
    case "frozen":
      return "the end of a freeze";
    case "opted out":
      return "an opt-out to be lifted";
  }
}

function aboutAccess(facts: {
  readonly grant: GrantId;
  readonly request: string;
  readonly person: string;
  readonly connection: string;
  readonly resource: string;
  readonly level: string;
  readonly class: string;
  readonly rule: string;
  readonly reason: string;
  readonly ticket?: string;
}) {
  return {
    grant: facts.grant,
    request: facts.request,
    person: facts.person,
    connection: facts.connection,
    resource: facts.resource,
    level: facts.level,
    class: facts.class,
    rule: facts.rule,
    reason: facts.reason,
    ...(facts.ticket === undefined ? {} : { ticket: facts.ticket }),
  };
}

function isWanted(row: AccessRow, filter: StatusFilter): boolean {
  const { who, on } = filter;
  if (who !== undefined && row.person !== who && !row.person.startsWith(`${who}@`)) return false;
  return on === undefined || row.connection === on || row.resource === on;
}

const phaseOrder = ["active", "activating", "pending", "ended", "rejected"] as const;

/** Active first, then pending, then what is over, the latest end of that first. */
function byPhaseAndEnd(a: AccessRow, b: AccessRow): number {
  const phase = phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase);
  if (phase !== 0) return phase;
  const isOver = a.phase === "ended" || a.phase === "rejected";
  const [x, y] = [a, b].map((row) => (isOver ? row.endedAt : row.end) ?? row.startBefore ?? "");
  if (x === undefined || y === undefined || x === y) return a.grant < b.grant ? -1 : 1;
  return x < y === isOver ? 1 : -1;
}
