import type { GrantId } from "../model/grant";
import type { RecordBody } from "../model/record";
import type { DueEnding } from "./due";
import { endAll } from "./endings";
import type { Pass } from "./pass-state";
import type { PassOutcome } from "./report";
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
    const bodies = ended.flatMap((due) => bodiesOf(pass, outcomes, due));
    if (!(await pass.journal.record(bodies))) return false;
    await endAll(pass, shared);
    await foldSpool(pass);
    return pass.journal.canRecord;
  } finally {
    await pass.journal.release();
  }
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
