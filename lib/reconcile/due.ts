import { reconcilerActor, type Actor } from "../model/actor";
import type { OptOut } from "../model/approval";
import type { EndReason } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { SpooledOutcome } from "../model/record";
import type { SpooledEnding, SpoolView } from "../log";
import { heldGrants, isHeld } from "../log/held-grants";
import { isOptedOut } from "../policy/opt-out";

/** A Grant that has to end now, why and by whom. */
export interface DueEnding {
  readonly grant: GrantState;
  readonly reason: EndReason;
  readonly by: Actor;
  /** The spool entry that asked for it, until the chain has it. */
  readonly spool?: string;
  /** What became of it in other hands: it only has to be recorded. */
  readonly outcome?: SpooledOutcome;
}

/** An opt-out in force, recorded or still in the spool. */
export type Waiver = OptOut & { readonly spool?: string };

/** By when endings are due: on one gateway, and on the one whose clock is furthest on. */
export interface DueTimes {
  of(gateway: string): Instant;
  readonly latest: Instant;
}

/**
 * Everything that has to end by now, out of the chain's fold and the spool alone, oldest first by its records. Only what
 * is due somewhere, spooled or waived is looked at: the cost does not follow the Grants that there are.
 */
export function dueEndings(state: LogState, spool: SpoolView, times: DueTimes): readonly DueEnding[] {
  const waivers = waiversOf(state, spool);
  return mayBeDue(state, spool, { waivers, latest: times.latest }).flatMap((grant) => {
    const ending = dueEnding(grant, { spool, waivers, now: times.of(grant.facts.gateway) });
    return ending === undefined ? [] : [ending];
  });
}

function mayBeDue(
  state: LogState,
  spool: SpoolView,
  by: { readonly waivers: ReadonlyMap<string, readonly Waiver[]>; readonly latest: Instant },
): readonly GrantState[] {
  const held = heldGrants(state);
  const byTime = held.due(by.latest);
  if (spool.endings.size === 0 && by.waivers.size === 0) return byTime;
  const spooled = [...spool.endings.keys()].flatMap((id) => state.grants.get(id) ?? []);
  const waived = [...by.waivers.keys()].flatMap((person) => held.of(person));
  const all = new Set([...byTime, ...spooled.filter(isHeld), ...waived]);
  return [...all].toSorted((a, b) => a.firstSequence - b.firstSequence);
}

/** All opt-outs in force, by person. */
export function waiversOf(state: LogState, spool: SpoolView): ReadonlyMap<string, readonly Waiver[]> {
  const waivers = new Map<string, Waiver[]>();
  const add = (waiver: Waiver): void => {
    waivers.set(waiver.person, [...(waivers.get(waiver.person) ?? []), waiver]);
  };
  for (const optOut of state.optOuts.values()) add(optOut);
  for (const { spool: id, optOut } of spool.optOuts) add({ ...optOut, spool: id });
  return waivers;
}

/** The opt-out that keeps a person from a rule or a class, if any. */
export function tryFindWaiver(
  waivers: ReadonlyMap<string, readonly Waiver[]>,
  asked: { readonly person: string; readonly rule: string; readonly class: string },
): Waiver | undefined {
  return waivers.get(asked.person)?.find((waiver) => isOptedOut(waiver, asked));
}

/** The earliest end after an instant of all held Grants: when the next ending is due. */
export function nextDue(state: LogState, after: Instant): Instant | undefined {
  return heldGrants(state).nextEnd(after);
}

/** What another did of an ending, unless a Lease was asked for since: then it is carried out again. */
function outcomeOf({ outcome }: SpooledEnding, grant: GrantState): { readonly outcome?: SpooledOutcome } {
  return outcome === undefined || outcome.heldSequence !== grant.heldSequence ? {} : { outcome };
}

function dueEnding(
  grant: GrantState,
  seen: {
    readonly spool: SpoolView;
    readonly waivers: ReadonlyMap<string, readonly Waiver[]>;
    readonly now: Instant;
  },
): DueEnding | undefined {
  const { ending, end, phase, facts } = grant;
  const spooled = seen.spool.endings.get(facts.grant);
  const spool = spooled === undefined ? {} : { spool: spooled.spool, ...outcomeOf(spooled, grant) };
  if (ending !== undefined) return { grant, reason: ending.reason, by: ending.by, ...spool };
  if (spooled !== undefined) return { grant, reason: spooled.reason, by: spooled.by, ...spool };
  const waiver = tryFindWaiver(seen.waivers, facts);
  if (waiver !== undefined) return { grant, reason: "opted out", by: waiver.by };
  if (end === undefined || end > seen.now) return undefined;
  return { grant, reason: phase === "active" ? "expired" : "never confirmed", by: reconcilerActor };
}
