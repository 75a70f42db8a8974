import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { LogStore } from "../ports";
import { dueEndings, nextDue, type DueEnding } from "./due";
import { endAll, mayAsk } from "./endings";
import { isPassedOn, refreshOrTrouble } from "./out-of-reach";
import { pairKey, pairOf } from "./pairs";
import { dueNow, dueTimes, isInterrupted, isQuiet, readSpool, type Pass } from "./pass-state";

/**
 * Ends everything that is overdue by the fold, spooled, waived or left half ended, without looking at
 * a gateway first. Nothing that the Log, a lock or another gateway does holds it up.
 */
export async function endWhatIsDue(pass: Pass): Promise<void> {
  if (isQuiet(pass)) return;
  if (pass.input.probe !== undefined) return endOnePair(pass, pass.input.probe);
  const due = dueOf(pass);
  const dueShares = pass.isCutOff ? undefined : pass.input.store.dueShares?.bind(pass.input.store);
  if (dueShares === undefined) await endAll(pass, due);
  else await endShared(pass, dueShares);
  const isAllDone = due.every((one) => pass.ended.has(one.grant.facts.grant));
  pass.quietUntil = isAllDone ? (nextDue(pass.journal.state, "") ?? endOfTime) : undefined;
}

/** Once in a pass; what was asked for in it has ended or was refused. */
async function endOnePair(pass: Pass, number: number): Promise<void> {
  if (pass.ended.size + pass.refusedAt.size > 0) return;
  const pairs = new Map<string, DueEnding[]>();
  for (const one of dueOf(pass)) {
    const key = pairKey(pairOf(one.grant));
    pairs.set(key, [...(pairs.get(key) ?? []), one]);
  }
  await endAll(pass, [...pairs.values()][number % pairs.size] ?? []);
}

const endOfTime: Instant = "9999-12-31T23:59:59.999Z";

function dueOf(pass: Pass): readonly DueEnding[] {
  const { state, spool } = pass.journal;
  return dueEndings(state, spool, dueTimes(pass)).filter((one) => !isPassedOn(pass, one));
}

type DueShares = NonNullable<LogStore["dueShares"]>;

/** How long what others have in hand is waited for while none of it gets done; then it ends here too, which is harmless. */
const patienceMs = 12_000;
const pollMs = 200;

/**
 * The same with other replicas: each takes a part that nobody else has, until nothing is left. What only the spool or a waiver asks for is
 * in no part: everybody ends it.
 */
async function endShared(pass: Pass, dueShares: DueShares): Promise<void> {
  const { clock, signal } = pass.input;
  let since = clock.monotonicMs();
  let fewest = Number.POSITIVE_INFINITY;
  for (;;) {
    const { shared, own } = openDue(pass);
    await endAll(pass, own);
    if (shared.length === 0 || isInterrupted(pass)) return;
    if (shared.length < fewest) {
      fewest = shared.length;
      since = clock.monotonicMs();
    }
    if (clock.monotonicMs() - since >= patienceMs || !(await endParts(pass, dueShares))) return endAll(pass, shared);
    if (openDue(pass).shared.length > 0) await clock.sleep(pollMs, signal);
    await readWhatOthersDid(pass);
  }
}

/** Ends one part after the other. False where the store gives none, because it cannot be reached. */
async function endParts(pass: Pass, dueShares: DueShares): Promise<boolean> {
  try {
    for await (const part of dueShares({ until: dueTimes(pass).latest })) {
      // Somebody else's writer may have begun another Grant of a pair since this one last read the chain.
      if (!pass.journal.canRecord) await readWhatOthersDid(pass);
      await endAll(pass, isIn(part, openDue(pass).shared));
      if (isInterrupted(pass)) break;
    }
    return true;
  } catch (thrown) {
    pass.report.remark(thrown);
    return false;
  }
}

function isIn(part: ReadonlySet<GrantId>, due: readonly DueEnding[]): readonly DueEnding[] {
  return due.filter((one) => part.has(one.grant.facts.grant));
}

/** What is due and neither done nor just refused, by whether the store shares it out. */
function openDue(pass: Pass): { readonly shared: readonly DueEnding[]; readonly own: readonly DueEnding[] } {
  const now = dueNow(pass);
  const due = dueOf(pass).filter((one) => mayAsk(pass, one.grant.facts.grant));
  const shared: DueEnding[] = [];
  const own: DueEnding[] = [];
  for (const one of due) {
    const { ending, end, facts } = one.grant;
    // What is done and only not recorded is for whoever can record.
    if (one.outcome !== undefined) {
      if (pass.journal.canRecord) own.push(one);
    } else if (ending !== undefined || (end !== undefined && end <= now(facts.gateway))) shared.push(one);
    else own.push(one);
  }
  return { shared, own };
}

/** A writer knows the chain, and reads what others have spooled; everybody else reads both. What cannot be read does not matter here. */
async function readWhatOthersDid(pass: Pass): Promise<void> {
  const { journal } = pass;
  if (journal.canRecord) await readSpool(pass);
  else await refreshOrTrouble(journal.log);
}
