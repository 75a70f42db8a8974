import type { GrantId } from "../model/grant";
import { endFromGateways } from "./end-from-gateways";
import { endCutOff, notKept } from "./end-cut-off";
import { endStrayLeases, refuseNothingNamed, splitByPair, tellEndedByOthers } from "./end-meant";
import type { EndGrantsInput, EndGrantsReport } from "./end-input";
import { endAll } from "./endings";
import { newPass } from "./new-pass";
import { openedOrLastSeen, type OpenedLog } from "./out-of-reach";
import type { Pass } from "./pass-state";
import { recordEndings } from "./record-endings";
import { selectHeld, selectPending } from "./selection";
import { newSpoolId } from "./spool-id";

/**
 * The fast lane: ends access at once, without approval, plan or lock. First a durable entry in the spool
 * if one can be written, then the effect at the gateways in any case, then the record if nobody else
 * holds the Log. Where the Log cannot be reached it goes by what was last seen of it, and where it cannot be
 * read at all by the gateways alone. Throws E608 when nothing is meant.
 */
export async function endGrants(input: EndGrantsInput): Promise<EndGrantsReport> {
  let opened: OpenedLog;
  try {
    opened = await openedOrLastSeen(input);
  } catch (trouble) {
    return endFromGateways(input, trouble);
  }
  const { log, trouble } = opened;
  const pass = newPass({ ...input, mode: "reconcile" }, log);
  if (trouble !== undefined) return endCutOff(pass, input, trouble);
  const held = selectHeld(log.chain, input.select);
  const pending = await pendingOf(pass, input);
  const ids = [...held.map((grant) => grant.facts.grant), ...pending];
  const spool = await addToSpool(pass, input, ids);
  const { alone, shared, stillHeld } = splitByPair(pass, held, input, spool);
  await endAll(pass, alone);
  const found = await endStrayLeases(pass, input, (grants) => addToSpool(pass, input, grants));
  if (ids.length + found === 0) refuseNothingNamed(pass, input.select);
  const isRecorded = await recordEndings(pass, alone, shared);
  tellEndedByOthers(pass, [...alone, ...shared]);
  // What has not begun leaves nothing to end or to record: the spool alone keeps it from starting.
  const isKept = spool !== undefined || pending.length === 0;
  if (!isKept) pass.report.trouble(notKept(input, pending));
  const durable = spool !== undefined || ids.length === 0 || (isRecorded && isKept);
  const { outcomes, overdue, errors, exitCodes } = pass.report.build({ recorded: 0, isDurable: durable });
  return { outcomes, overdue, errors, exitCodes, neverStart: isKept ? pending : [], stillHeld, durable };
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
