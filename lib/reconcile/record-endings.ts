import { isHeld } from "../log/held-grants";
import type { GrantId } from "../model/grant";
import type { RecordBody } from "../model/record";
import type { DueEnding } from "./due";
import { endAll } from "./endings";
import type { Pass } from "./pass-state";
import type { PassOutcome } from "./report";
import { isSameLease } from "./same-lease";
import { foldSpool } from "./spool";

/**
 * Takes the epoch if nobody else holds it, and records what the fast lane has ended; then ends what
 * needs the Log first, because the Lease of its pair goes on. False: the next pass does both.
 */
export async function recordEndings(
  pass: Pass,
  ended: readonly DueEnding[],
  shared: readonly DueEnding[],
): Promise<boolean> {
  await pass.journal.takeEpoch({ holder: pass.input.holder ?? "leasehold", waitMs: 0 });
  try {
    const outcomes = new Map(
      pass.report.build({ recorded: 0 }).outcomes.flatMap((one) => (one.kind === "ended" ? [[one.grant, one]] : [])),
    );
    const again = ended.flatMap((due) => heldSince(pass, due) ?? []);
    const isAgain = new Set(again.map(({ grant }) => grant.facts.grant));
    const out = ended.filter(({ grant }) => !isAgain.has(grant.facts.grant));
    if (!(await pass.journal.record(out.flatMap((due) => bodiesOf(pass, outcomes, due))))) return false;
    for (const id of isAgain) pass.ended.delete(id);
    await endAll(pass, [...again, ...shared]);
    await foldSpool(pass);
    return pass.journal.canRecord;
  } finally {
    await pass.journal.release();
  }
}

/**
 * The ending of a Grant whose Lease another writer has recorded, or asked for anew, since its state was read for the
 * effect: that Lease may have come to the gateway after the look that found nothing.
 */
function heldSince({ journal }: Pass, due: DueEnding): DueEnding | undefined {
  const { grant: before } = due;
  const grant = journal.state.grants.get(before.facts.grant);
  if (grant === undefined || !isHeld(grant) || isSameLease(before, grant)) return undefined;
  return { ...due, grant };
}

function bodiesOf(
  pass: Pass,
  outcomes: ReadonlyMap<GrantId | undefined, PassOutcome>,
  { grant, reason, by, spool }: DueEnding,
): readonly RecordBody[] {
  const id = grant.facts.grant;
  const named = spool === undefined ? {} : { spool };
  const intended: RecordBody = { type: "ending.intended", grant: id, reason, by, ...named };
  const outcome = outcomes.get(id);
  if (outcome === undefined) return [intended];
  const { sessionsCut = 0, end: at = pass.journal.times().record } = outcome;
  return [intended, { type: "ending.done", grant: id, reason, at, by, sessionsCut, leaseStays: false }];
}
