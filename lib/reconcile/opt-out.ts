import type { Actor } from "../model/actor";
import type { OptOut } from "../model/approval";
import type { PersonId } from "../model/names";
import { isOptedOut } from "../policy/opt-out";
import type { PassEvent, PassReport } from "./report";
import { dueEndings } from "./due";
import { tellEndedByOthers } from "./end-meant";
import { endAll } from "./endings";
import type { World } from "./input";
import { newPass } from "./new-pass";
import { dueTimes } from "./pass-state";
import { recordEndings } from "./record-endings";
import { newSpoolId } from "./spool-id";
import { openedLog, refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** Who wants never to be given what. */
export interface OptOutInput extends World {
  readonly person: PersonId;
  readonly from: OptOut["from"];
  readonly by: Actor;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What became of an opt-out: it stands from now on, and what it covers has ended. */
export interface OptOutReport extends Pick<PassReport, "outcomes" | "overdue" | "errors" | "exitCodes"> {
  readonly optOut: OptOut;
}

/**
 * Sets a standing waiver through the spool, without a lock, and ends the active Grants that it covers
 * at once. Throws E603 when the waiver cannot be written anywhere: a waiver that nobody knows is none.
 */
export async function optOut(input: OptOutInput): Promise<OptOutReport> {
  const { store, random, clock, person, from, by } = input;
  const waiver: OptOut = { id: newSpoolId(random), person, from, by, at: clock.now() };
  await store.addToSpool({ id: waiver.id, at: waiver.at, body: { kind: "opt-out", optOut: waiver } });
  const pass = newPass({ ...input, mode: "reconcile" }, await openedLog(input));
  // Also what is ending for another reason: whoever began that may be held up, and this person is told that it is out.
  const due = dueEndings(pass.journal.state, pass.journal.spool, dueTimes(pass)).filter((one) =>
    isOptedOut(waiver, one.grant.facts),
  );
  await endAll(pass, due);
  await recordEndings(pass, due, []);
  tellEndedByOthers(pass, due);
  const { outcomes, overdue, errors, exitCodes } = pass.report.build({ recorded: 0, isDurable: true });
  return { outcomes, overdue, errors, exitCodes, optOut: waiver };
}

/** Lifts a standing waiver. False: there is no such one. Throws E605 while another writer holds the Log. */
export async function liftOptOut(
  input: LogWorld & { readonly id: string; readonly by: Actor },
): Promise<{ readonly wasSet: boolean }> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    const spooled = journal.spool.waiting.find(({ body }) => body.kind === "opt-out" && body.optOut.id === input.id);
    if (spooled?.body.kind === "opt-out") {
      await journal.mustRecord([{ type: "optout.set", optOut: spooled.body.optOut, spool: spooled.id }]);
      await input.store.removeFromSpool([spooled.id]);
    }
    if (!journal.state.optOuts.has(input.id)) return { wasSet: false };
    await journal.mustRecord([{ type: "optout.lifted", id: input.id, by: input.by }]);
    return { wasSet: true };
  });
}
