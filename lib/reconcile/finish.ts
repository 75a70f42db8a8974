import { failure } from "../errors";
import { endWhatIsDue } from "./end-due";
import { observeGateways } from "./observe";
import { isInterrupted, readSpool, type Pass } from "./pass-state";
import type { PlannedWork } from "./plan-pass";
import { recover } from "./recover";
import { recordDrift } from "./record-drift";
import { forgetStrangers, foldSpool } from "./spool";

/** Ends a pass: reads back what is in doubt, ends what came in meanwhile, and says what is left. */
export async function finish(pass: Pass, work?: PlannedWork): Promise<void> {
  const { journal, report, input } = pass;
  if (input.dryRun === true) return;
  if (pass.doubtful.size > 0 && journal.canRecord && !isInterrupted(pass)) {
    await observeGateways(pass, new Set(pass.doubtful));
    await recover(pass);
  }
  await readSpool(pass);
  await endWhatIsDue(pass);
  await foldSpool(pass);
  if (work !== undefined) {
    if (pass.observed.size === input.providers.size) await forgetStrangers(pass, work);
    await recordDrift(pass, work.plan);
  }
  if (isInterrupted(pass)) report.trouble(interrupted(report.left));
}

function interrupted(left: number): Error {
  return failure("E801", {
    detail: left === 0 ? "nothing was left to do" : `${left} planned ${left === 1 ? "step is" : "steps are"} left`,
    fix: "run it again: it goes on where it stopped",
  });
}
