import type { Actor } from "../model/actor";
import type { EndReason } from "../model/grant";
import type { SpooledOutcome } from "../model/record";
import type { Pass } from "./pass-state";
import { newSpoolId } from "./spool-id";

/** An ending that is carried out, and why it was. */
export interface OutcomeToSpool {
  readonly reason: EndReason;
  readonly by: Actor;
  readonly outcome: SpooledOutcome;
}

/**
 * Leaves in the spool what this pass has ended while another holds the Log, so that nobody does it again and the next writer records
 * it as it was. Only where replicas share the work: elsewhere whoever holds the Log ends everything itself. What cannot be
 * spooled is ended all the same, and found ended by whoever comes next.
 */
export async function spoolOutcomes(pass: Pass, out: readonly OutcomeToSpool[]): Promise<void> {
  const { store, random, clock } = pass.input;
  if (store.dueShares === undefined || pass.isCutOff) return;
  for (const { reason, by, outcomes } of byCause(out)) {
    const grants = outcomes.map(({ grant }) => grant);
    try {
      const body = { kind: "end", grants, reason, by, done: outcomes } as const;
      await store.addToSpool({ id: newSpoolId(random), at: clock.now(), body });
      pass.report.spooled(grants);
    } catch (thrown) {
      pass.report.remark(thrown);
    }
  }
}

interface Cause {
  readonly reason: EndReason;
  readonly by: Actor;
  readonly outcomes: SpooledOutcome[];
}

function byCause(out: readonly OutcomeToSpool[]): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const { reason, by, outcome } of out) {
    const key = JSON.stringify([reason, by]);
    const cause = causes.get(key);
    if (cause === undefined) causes.set(key, { reason, by, outcomes: [outcome] });
    else cause.outcomes.push(outcome);
  }
  return [...causes.values()];
}
