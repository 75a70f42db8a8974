/**
 * One run of the Reconciler.
 *
 * Time. Three clocks can disagree: ours, the Log's last record, and each gateway's.
 * - A record never has an earlier time than the one before it: the later of our clock and the last record.
 * - An ending is due as soon as one of the three says so. A clock that jumped forward can so end access
 *   early; one that jumped back delays no ending that a gateway's clock or the Log knows is due.
 * - Something new starts only while our clock stands no more than a minute behind the last record and
 *   no more than a minute from its gateway's clock, not before `startAfter` by our clock, and before
 *   `startBefore` by the later of our clock and the Log. Else nothing starts, and the report says why.
 *
 * Without the Log (another writer holds it, the disk is full) what is due by fold and spool still ends,
 * reported as ended but not recorded; nothing new starts, and nothing is swept, because another
 * writer's newest leases would look like strays. Where the Log cannot even be read, as when a remote is
 * gone, that is all a pass does, by what was last read of it.
 */
import { anchorHead, readAnchor } from "./anchored";
import { isFailure } from "../errors";
import { carryOutPlan } from "./carry-out-plan";
import { endWhatIsDue } from "./end-due";
import type { PassInput } from "./input";
import { newPass } from "./new-pass";
import { observeGateways } from "./observe";
import { cutOff, openOrLastSeen, refreshOrTrouble } from "./out-of-reach";
import { checkClock, readSpool, type Pass } from "./pass-state";
import { planPass } from "./plan-pass";
import { recover } from "./recover";
import { endLapsed, isRecovering } from "./recovering";
import type { PassReport } from "./report";
import { foldSpool } from "./spool";
import { defaultLockWaitMs } from "./under-epoch";
import { tellDryRun } from "./dry-run";
import { finish } from "./finish";

/**
 * Runs one pass and reports it. What cannot be done is in the report with its exit code; throws only
 * where the Log cannot be read or trusted (E600, E601, E606, E607, E609).
 */
export async function runPass(input: PassInput): Promise<PassReport> {
  const pass = await openPass(input);
  try {
    await runSteps(pass);
  } catch (thrown) {
    pass.report.trouble(thrown);
  } finally {
    if (input.scope !== "endings") await anchorHead(pass);
    await pass.journal.release();
  }
  const { journal, report } = pass;
  if (journal.trouble !== undefined && !isLeftToOthers(pass)) report.trouble(journal.trouble);
  return report.build({ recorded: journal.recorded });
}

/** Where replicas share what is due, one that only ends its part needs no epoch: what it ended is in the spool, and its part alone. */
function isLeftToOthers({ input, journal }: Pass): boolean {
  const isHeld = isFailure(journal.trouble) && journal.trouble.code === "E605";
  return isHeld && input.scope === "endings" && input.store.dueShares !== undefined;
}

async function openPass(input: PassInput): Promise<Pass> {
  // What only ends something needs no anchor, and is anchored by the next whole pass.
  const read = input.scope === "endings" ? {} : await readAnchor(input.anchors);
  const { log, trouble } = await openOrLastSeen(input);
  const pass = newPass(input, log, read);
  if (trouble !== undefined) await cutOff(pass, trouble);
  else if (input.dryRun === true) await pass.journal.log.refresh();
  else await takeEpoch(pass);
  return pass;
}

/** What is due does not wait for another writer: it ends first, and is asked for once more to be recorded. */
async function takeEpoch(pass: Pass): Promise<void> {
  const { journal, input } = pass;
  const holder = input.holder ?? "leasehold";
  await journal.takeEpoch({ holder, waitMs: 0 });
  if (journal.canRecord) return;
  const trouble = await refreshOrTrouble(journal.log);
  if (trouble !== undefined) return cutOff(pass, trouble);
  await endWhatIsDue(pass);
  const waitMs = input.scope === "endings" ? 0 : (input.lockWaitMs ?? defaultLockWaitMs);
  if (waitMs > 0) await journal.takeEpoch({ holder, waitMs });
  if (journal.canRecord) pass.ended.clear();
}

async function runSteps(pass: Pass): Promise<void> {
  const isDryRun = pass.input.dryRun === true;

  // 1. What the fast lane asked for goes into the chain.
  pass.report.step("read");
  if (!isDryRun) await foldSpool(pass);

  // 2. What is due ends first, before anything is looked at.
  pass.report.step("end what is due");
  if (!isDryRun) await endWhatIsDue(pass);
  if (pass.input.scope === "endings" || pass.isCutOff) return finish(pass);

  // 3. Every gateway is looked at; what is due by its clock ends too. Whoever ends something meanwhile spools it
  //    first: read after the look, the spool says who it was, and it is not taken for an ending from outside.
  pass.report.step("observe");
  checkClock(pass);
  await observeGateways(pass);
  if (!isDryRun) {
    await readSpool(pass);
    await endWhatIsDue(pass);
  }

  // 4. A Log that was lost or is old lets nothing start.
  if (await isRecovering(pass)) {
    await endLapsed(pass);
    return finish(pass);
  }

  // 5. What a crash left half done is settled by what stands at the gateway.
  pass.report.step("recover");
  const resumable = pass.journal.canRecord ? await recover(pass) : [];

  // 6. Rules and approvals decide, and the plan says what that means here and now.
  pass.report.step("plan");
  const work = await planPass(pass, resumable);

  // 7. Revoke, configure, change, activate: in that order.
  if (work !== undefined && isDryRun) tellDryRun(pass, work);
  else if (work !== undefined) await carryOutPlan(pass, work);

  // 8. What is in doubt is read back, and what came in meanwhile ends.
  pass.report.step("verify");
  await finish(pass, work);
}
