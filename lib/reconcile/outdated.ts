import { failure } from "../errors";
import { refreshOrTrouble } from "./out-of-reach";
import type { Pass } from "./pass-state";

/**
 * Whether another writer has written since this pass took its epoch, as when it was held up for longer than its lock
 * lasts. Leases that look like strays to its old fold are then the other's, whose intents were in the Log before
 * anything was done: looked at after the gateway, the Log tells. Says so, and lets nothing more be recorded.
 */
export async function isOutdated(pass: Pass): Promise<boolean> {
  const { journal, report } = pass;
  const trouble = (await refreshOrTrouble(journal.log)) ?? tryFindNewer(pass);
  if (trouble === undefined) return false;
  report.trouble(trouble);
  pass.nothingNew = true;
  await journal.release();
  return true;
}

function tryFindNewer({ journal }: Pass): unknown {
  if (journal.isNewest) return undefined;
  return failure("E604", {
    detail: `epoch ${journal.state.epoch} was taken by another writer while this pass was held up`,
    fix: "run the command again: it reads what the other writer recorded",
  });
}
