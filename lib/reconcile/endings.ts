import { isSameHead } from "../log";
import { isHeld } from "../log/held-grants";
import type { GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import { earliest, plusSeconds, type Instant } from "../model/instant";
import type { ObservedLease } from "../model/observed";
import type { RecordBody } from "../model/record";
import type { Effect } from "../ports";
import type { DueEnding } from "./due";
import { carryOut } from "./effects";
import { EndingBatch, type EndingPair } from "./ending-batch";
import { ourLeases } from "./found-leases";
import { changeIntended, isLeaseRight, nextHold, type NextHold } from "./hold";
import { refreshOrTrouble } from "./out-of-reach";
import { heldByPair, latestOf, pairKey, pairOf, survivors } from "./pairs";
import { dueNow, isInterrupted, isNearlyOver, tryProvider, untilOver, type Pass } from "./pass-state";
import { confirmStanding, unconfirmed, type StandingLease } from "./unconfirmed";

/** How many pairs end between two looks at the clock. */
const sliceSize = 500;

/**
 * Ends the given Grants: the intent if it can be recorded, the effect in any case, and the outcome. Only where another
 * Grant of the pair may have come to its gateway without a record, or goes on under a Lease that has to change, is there
 * a look first, after all others have ended: what somebody ended at the gateway is not held anew.
 */
export async function endAll(pass: Pass, due: readonly DueEnding[]): Promise<void> {
  // Whoever has no epoch, or lost it, does not know what others have begun since it read the Log.
  if (!pass.journal.canRecord && !pass.isCutOff) await refreshOrTrouble(pass.journal.log);
  const open = stillHeld(pass, due).filter((one) => mayAsk(pass, one.grant.facts.grant));
  if (open.length === 0) return;
  const pairs = endingPairs(pass, open);
  const unsure = new Set(pairs.filter((pair) => pair.unconfirmed.length > 0 || changingCarrier(pair) !== undefined));
  await endPairs(
    pass,
    pairs.filter((pair) => !unsure.has(pair)),
  );
  if (unsure.size === 0) return;
  await untilOver(
    pass,
    [...unsure].flatMap((pair) => changingCarrier(pair)?.end ?? []).filter((end) => isNearlyOver(pass, end)),
  );
  const standing = await confirmStanding(pass, [...unsure]);
  const asked = [...unsure].flatMap((pair) => pair.endings).filter((one) => mayAsk(pass, one.grant.facts.grant));
  await endPairs(pass, endingPairs(pass, asked), standing);
}

/** What was found of Grants that went on by their intent alone, by the key of their pair. */
type Standing = ReadonlyMap<string, StandingLease>;

async function endPairs(pass: Pass, pairs: readonly EndingPair[], standing?: Standing): Promise<void> {
  for (let from = 0; from < pairs.length; from += sliceSize) {
    const slice = pairs.slice(from, from + sliceSize);
    if (isInterrupted(pass)) pass.report.left += slice.flatMap((pair) => pair.endings).length;
    else await endSlice(pass, slice, standing);
    if (pairs.length > sliceSize) pass.report.progress("endings", from + slice.length, pairs.length);
  }
}

/** How long a refused ending rests within one pass, which looks at what is due several times. */
const retryMs = 60_000;

/** Whether an ending may be asked for now: not yet carried out by this pass, and not refused just before. */
export function mayAsk(pass: Pass, grant: GrantId): boolean {
  const refusedAt = pass.refusedAt.get(grant);
  const isResting = refusedAt !== undefined && pass.input.clock.monotonicMs() - refusedAt < retryMs;
  return !isResting && !pass.ended.has(grant);
}

function endingPairs(pass: Pass, due: readonly DueEnding[]): readonly EndingPair[] {
  const now = dueNow(pass);
  const held = heldByPair(pass.journal.state, new Set(due.map((one) => one.grant.facts.person)));
  const ending = new Set<GrantId>([...pass.ended, ...due.map((one) => one.grant.facts.grant)]);
  const byPair = new Map<string, DueEnding[]>();
  for (const one of due) {
    const key = pairKey(pairOf(one.grant));
    byPair.set(key, [...(byPair.get(key) ?? []), one]);
  }
  return [...byPair].map(([key, endings]) => {
    const there = held.get(key) ?? [];
    const gateway = endings[0]?.grant.facts.gateway ?? "";
    const at = now(gateway);
    const goingOn = survivors(there, ending, at);
    return { key, gateway, endings, held: there, goingOn, unconfirmed: unconfirmed(there, ending, at) };
  });
}

async function endSlice(pass: Pass, pairs: readonly EndingPair[], standing?: Standing): Promise<void> {
  const news = pairs
    .flatMap((pair) => pair.endings)
    .filter((one) => one.grant.ending === undefined || one.spool !== undefined);
  const { canRecord } = pass.journal;
  // A record that is taken says that nobody else has written; where none is due, the Log is asked.
  const isSure = news.length > 0 && (await pass.journal.record(news.map(endingIntended)));
  if (canRecord && !isSure && (await isOvertaken(pass))) {
    // What our look has missed at a gateway, whoever wrote meanwhile may have just made.
    const asked = pairs.flatMap((pair) => pair.endings).filter((one) => one.reason !== "ended outside");
    return endAll(pass, asked);
  }
  const gateways = new Set(pairs.map((pair) => pair.gateway));
  await Promise.all(
    [...gateways].map((gateway) =>
      endOnGateway(
        pass,
        gateway,
        pairs.filter((pair) => pair.gateway === gateway),
        standing,
      ),
    ),
  );
}

/** Whether others have written since this pass last read: a newer Grant may have the Lease of a pair by now. */
async function isOvertaken({ journal: { log } }: Pass): Promise<boolean> {
  const { head } = log;
  const trouble = await refreshOrTrouble(log);
  return trouble === undefined && !isSameHead(log.head, head);
}

/** Of some endings those that others have left to do, as they left them. */
function stillHeld({ journal: { state } }: Pass, due: readonly DueEnding[]): readonly DueEnding[] {
  return due.flatMap((one): readonly DueEnding[] => {
    const grant = state.grants.get(one.grant.facts.grant);
    return grant !== undefined && isHeld(grant) ? [{ ...one, grant }] : [];
  });
}

async function endOnGateway(
  pass: Pass,
  gateway: string,
  pairs: readonly EndingPair[],
  standing: Standing = new Map(),
): Promise<void> {
  const batch = new EndingBatch(pass);
  const open = pairs.filter((pair) => !isInOtherHands(pair, standing, batch));
  const work = await effectsOf(pass, open, { standing, batch });
  await batch.flush();
  const provider = work.size === 0 ? undefined : tryProvider(pass, gateway);
  if (provider === undefined) {
    for (const { pair } of work.values()) batch.refused(pair, `there is no gateway ${gateway} in leasehold.yaml`);
    return batch.flush();
  }
  pass.report.effects += work.size;
  const { secrets, signal } = pass.input;
  for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
    const one = work.get(outcome.effect);
    if (one !== undefined) batch.settle(one.pair, outcome, one.next);
    if (batch.isFull) await batch.flush();
  }
  await batch.flush();
  if (batch.tooLate.length > 0) await endAll(pass, batch.tooLate);
}

/** Settles a pair whose Lease another writer is just taking over, or has: what is done to it would take that one's away. */
function isInOtherHands(pair: EndingPair, standing: Standing, batch: EndingBatch): boolean {
  const found = standing.get(pair.key);
  if (found === undefined || found.isRecorded) return false;
  if (found.isBeside)
    batch.refused(pair, "another grant of the pair is just taking its lease over, and the one before still stands");
  else batch.leaseStays(pair);
  return true;
}

interface EndingWork {
  readonly pair: EndingPair;
  /** The Lease that goes on, where it changes. */
  readonly next?: NextHold;
}

/** What has to be done at the gateway; settles at once what needs nothing there. */
async function effectsOf(
  pass: Pass,
  pairs: readonly EndingPair[],
  { standing, batch }: { readonly standing: Standing; readonly batch: EndingBatch },
): Promise<ReadonlyMap<Effect, EndingWork>> {
  const work = new Map<Effect, EndingWork>();
  const changes: { readonly pair: EndingPair; readonly next: NextHold }[] = [];
  // Looked up once: the pairs are all of one gateway, which may hold very many.
  let seen: ReadonlySet<string> | undefined;
  for (const pair of pairs) {
    const carrier = changingCarrier(pair, standing.get(pair.key));
    const isOver = pair.goingOn.length === 0;
    if (carrier !== undefined) seen ??= pairsSeen(pass, pair.gateway);
    if (isOver && pair.endings.every((one) => one.outcome !== undefined)) batch.endedBefore(pair);
    else if (isOver) work.set(endEffectOf(pass, pair), { pair });
    else if (carrier === undefined) batch.leaseStays(pair);
    // Somebody ended it there, and the plan will say so.
    else if (seen?.has(pair.key) === false) batch.leaseStays(pair);
    else if (seen === undefined)
      batch.refused(
        pair,
        "another grant of the pair goes on, and the gateway cannot be looked at to hold its lease anew",
      );
    else changes.push({ pair, next: nextHold(pass.input.installation, carrier.grant, carrier.end) });
  }
  const mayChange = await pass.journal.record(changes.map(({ next }) => changeIntended(next)));
  for (const { pair, next } of changes) {
    if (mayChange) work.set(next.effect, { pair, next });
    else batch.refused(pair, "another grant of the pair goes on, and the Log cannot be written to shorten its lease");
  }
  return work;
}

/**
 * The Grant under whose name the Lease of a pair has to be held anew, which takes all others of the pair away; undefined
 * where none goes on, or nothing changes.
 */
function changingCarrier(
  { held, goingOn }: EndingPair,
  found?: StandingLease,
): { readonly grant: GrantState; readonly end: Instant } | undefined {
  const grant = latestOf(goingOn);
  const end = grant?.end;
  if (grant === undefined || end === undefined) return undefined;
  return isLeaseRight(held, goingOn, end) && found?.isBeside !== true ? undefined : { grant, end };
}

/** The keys of the pairs that a gateway shows something held of; undefined where it was not looked at. */
function pairsSeen(pass: Pass, gateway: string): ReadonlySet<string> | undefined {
  const seen = pass.observed.get(gateway);
  if (seen === undefined) return undefined;
  const standing = [...ourLeases(pass, seen).values()].filter((row) => !isCutShort(row, seen.at));
  return new Set(standing.map(({ person, connection }) => pairKey({ gateway, person, connection })));
}

/** A row that lets nobody in before its end went with its Connection. */
function isCutShort({ status, endsAt }: ObservedLease, at: Instant): boolean {
  return status === "lapsed" && (endsAt === undefined || endsAt > plusSeconds(at, 2));
}

function endEffectOf(pass: Pass, pair: EndingPair): Effect {
  const first = pair.endings[0] as DueEnding;
  const { person, connection } = pairOf(first.grant);
  const now = pass.journal.times().record;
  const since = earliest(...pair.endings.flatMap(({ grant }) => [grant.ending?.since, grant.end]));
  return { kind: "end", person, connection, ...(since === undefined || since > now ? {} : { since }) };
}

/** The record of an ending that is about to happen. */
function endingIntended(due: DueEnding): RecordBody {
  return {
    type: "ending.intended",
    grant: due.grant.facts.grant,
    reason: due.reason,
    by: due.by,
    ...(due.spool === undefined ? {} : { spool: due.spool }),
  };
}
