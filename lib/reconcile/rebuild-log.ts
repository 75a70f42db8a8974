import { failure } from "../errors";
import type { Actor } from "../model/actor";
import type { GrantId } from "../model/grant";
import type { RequestSet } from "../model/request";
import { defaultLockWaitMs, openedLog, refuseWithoutEpoch } from "./under-epoch";
import { adopt, type Adoption } from "./adopt";
import { anchorRebuilt, readAnchor } from "./anchored";
import type { World } from "./input";
import { newPass } from "./new-pass";
import { observeGateways } from "./observe";
import type { Pass } from "./pass-state";
import { mergeInto } from "./record-requests";
import { tryFindLossOf } from "./recovering";
import type { PassEvent, PassReport } from "./report";
import { tryReadPolicy } from "./stored";

/** The requests as they are merged now, and who says that the Log is to be trusted again. */
export interface RebuildLogInput extends World {
  readonly requests: RequestSet;
  readonly by: Actor;
  readonly commit?: string;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What a rebuilt Log has. */
export interface RebuiltLog extends Pick<PassReport, "outcomes" | "overdue" | "errors" | "exitCodes"> {
  /** Grants that were live and that a merged request explains: they run on to their own end. */
  readonly adopted: readonly GrantId[];
  /** Names of merged requests that nothing live belongs to: used up. */
  readonly spent: readonly string[];
  /** False: the Log was not recovering, and nothing was done. */
  readonly wasRecovering: boolean;
}

/**
 * Ends recovering: takes over what is live and explained by a merged request, ends the rest of ours at
 * the gateways, and marks every merged request that is not live as spent. Repeatable after a crash.
 * Throws E305 without a policy, and what a gateway throws that cannot be read whole.
 */
export async function rebuildLog(input: RebuildLogInput): Promise<RebuiltLog> {
  const read = await readAnchor(input.anchors);
  if (read.trouble !== undefined) throw read.trouble;
  const pass = newPass({ ...input, mode: "reconcile" }, await openedLog(input), read);
  const { journal } = pass;
  await journal.takeEpoch({ holder: input.holder ?? "leasehold", waitMs: input.lockWaitMs ?? defaultLockWaitMs });
  try {
    refuseWithoutEpoch(journal);
    return await rebuild(pass, input);
  } finally {
    await journal.release();
  }
}

async function rebuild(pass: Pass, input: RebuildLogInput): Promise<RebuiltLog> {
  const { journal } = pass;
  await observeWhole(pass);
  const why = journal.state.recovering?.why ?? (await tryFindLossOf(pass));
  if (why === undefined) return { ...reportOf(pass), adopted: [], spent: [], wasRecovering: false };
  if (journal.state.recovering === undefined) await journal.mustRecord([{ type: "recovery.started", why }]);
  const policy = await tryReadPolicy(input.store, journal.state);
  if (policy === undefined) {
    throw failure("E305", { fix: "`leasehold policy accept` first, then `leasehold log rebuild`" });
  }
  await mergeInto(journal, input);
  const adoption: Adoption = await adopt(pass, policy.manifest, input.requests);
  await journal.mustRecord([{ type: "recovery.completed", by: input.by, spent: adoption.spent }]);
  await anchorRebuilt(pass);
  return { ...reportOf(pass), ...adoption, wasRecovering: true };
}

/** A gateway that cannot be read could hold anything: then nothing is rebuilt. */
async function observeWhole(pass: Pass): Promise<void> {
  await observeGateways(pass);
  if (!pass.nothingNew) return;
  const [first] = pass.report.build({ recorded: 0 }).errors;
  throw failure(first?.code ?? "E500", {
    ...(first?.detail === undefined ? {} : { detail: first.detail }),
    fix: first?.fix ?? "run it again when every gateway can be reached",
  });
}

function reportOf(pass: Pass): Pick<RebuiltLog, "outcomes" | "overdue" | "errors" | "exitCodes"> {
  const { outcomes, overdue, errors, exitCodes } = pass.report.build({ recorded: pass.journal.recorded });
  return { outcomes, overdue, errors, exitCodes };
}
