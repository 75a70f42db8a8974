import { failure } from "../errors";
import type { Log } from "../log";
import type { GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { DueEnding } from "./due";
import { endFromGateways } from "./end-from-gateways";
import type { EndGrantsInput, EndGrantsReport } from "./end-input";
import { endLeases, findOurLeases, pairOfLease } from "./end-leases";
import { endAll } from "./endings";
import { newPass } from "./new-pass";
import { heldByPair, isHeld, pairKey, pairOf, survivors } from "./pairs";
import { dueNow, type Pass } from "./pass-state";
import { recordEndings } from "./record-endings";
import { isLeaseMeant, selectHeld, selectionWords, selectPending, type EndSelection } from "./selection";
import { newSpoolId } from "./spool-id";
import { openedLog } from "./under-epoch";

/**
 * The fast lane: ends access at once, without approval, plan or lock. First a durable entry in the spool
 * if one can be written, then the effect at the gateways in any case, then the record if nobody else
 * holds the Log. Works from the gateways alone where the Log cannot be read. Throws E608 when nothing
 * is meant.
 */
export async function endGrants(input: EndGrantsInput): Promise<EndGrantsReport> {
  let log: Log;
  try {
    log = await openedLog(input);
  } catch (trouble) {
    return endFromGateways(input, trouble);
  }
  const pass = newPass({ ...input, mode: "reconcile" }, log);
  const held = selectHeld(log.chain, input.select);
  const pending = await pendingOf(pass, input);
  const ids = [...held.map((grant) => grant.facts.grant), ...pending];
  const spool = await addToSpool(pass, input, ids);
  const { alone, shared, stillHeld } = splitByPair(pass, held, input, spool);
  await endAll(pass, alone);
  const found = await endStrayLeases(pass, input);
  if (ids.length + found === 0) refuseNothingNamed(pass, input.select);
  const isRecorded = await recordEndings(pass, alone, shared);
  const durable = isRecorded || spool !== undefined || ids.length === 0;
  const { outcomes, overdue, errors, exitCodes } = pass.report.build({ recorded: 0, isDurable: durable });
  return { outcomes, overdue, errors, exitCodes, neverStart: pending, stillHeld, durable };
}

async function pendingOf(pass: Pass, input: EndGrantsInput): Promise<readonly GrantId[]> {
  try {
    return await selectPending(input, pass.journal.state, input.select, pass.journal.times().record);
  } catch (thrown) {
    pass.report.trouble(thrown);
    return [];
  }
}

/** The id of the new entry; undefined when none could be written, which is said aloud and stops nothing. */
async function addToSpool(pass: Pass, input: EndGrantsInput, ids: readonly GrantId[]): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const { by, reason, note, clock, random, store } = input;
  const id = newSpoolId(random);
  try {
    const body = { kind: "end", grants: ids, reason, by, ...(note === undefined ? {} : { note }) } as const;
    await store.addToSpool({ id, at: clock.now(), body });
    return id;
  } catch (thrown) {
    pass.report.remark(thrown);
    return undefined;
  }
}

/** Endings that leave nobody in at their pair, which need no Log; and those that share it with a Grant that goes on. */
function splitByPair(
  pass: Pass,
  held: readonly GrantState[],
  input: EndGrantsInput,
  spool: string | undefined,
): {
  readonly alone: readonly DueEnding[];
  readonly shared: readonly DueEnding[];
  readonly stillHeld: readonly GrantState[];
} {
  const pairs = heldByPair(pass.journal.state);
  const now = dueNow(pass);
  const ending = new Set(held.map((grant) => grant.facts.grant));
  const alone: DueEnding[] = [];
  const shared: DueEnding[] = [];
  const stillHeld = new Map<GrantId, GrantState>();
  for (const grant of held) {
    const { by, reason } = input;
    const due: DueEnding = { grant, reason, by, ...(spool === undefined ? {} : { spool }) };
    const goingOn = survivors(pairs.get(pairKey(pairOf(grant))) ?? [], ending, now(grant.facts.gateway));
    (goingOn.length === 0 ? alone : shared).push(due);
    for (const other of goingOn) stillHeld.set(other.facts.grant, other);
  }
  return { alone, shared, stillHeld: [...stillHeld.values()] };
}

/** Ends what is meant and the Log does not hold, e.g. what a writer is just about to record. */
async function endStrayLeases(pass: Pass, input: EndGrantsInput): Promise<number> {
  const { select, reason } = input;
  if (select.kind === "request") return 0;
  const known = new Set<string>();
  for (const grant of pass.journal.state.grants.values()) if (isHeld(grant)) known.add(pairKey(pairOf(grant)));
  const isSettled = select.kind === "grants" && select.grants.every((id) => pass.journal.state.grants.has(id));
  if (isSettled) return 0;
  const leases = await findOurLeases(input, pass.report);
  const strays = leases.filter((one) => isLeaseMeant(one.lease, select) && !known.has(pairKey(pairOfLease(one))));
  await endLeases(input, pass.report, strays, { reason, result: "done" });
  return strays.length;
}

/** A name that means nothing is a mistake; a person or a place without access is not. */
function refuseNothingNamed(pass: Pass, select: EndSelection): void {
  const isNamed = select.kind === "grants" || select.kind === "request";
  if (!isNamed || pass.report.build({ recorded: 0 }).exitCodes.length > 0) return;
  throw failure("E608", {
    detail: `${selectionWords(select)} is neither held nor asked for`,
    fix: "`leasehold status` lists the grants",
  });
}
