import type { Manifest } from "../model/manifest";
import { ActivationBatch, type Activation } from "./activation-batch";
import { tryFindWaiver, waiversOf } from "./due";
import { endWhatIsDue } from "./end-due";
import { isClosedByGate } from "./gate";
import { PairIndex, pairKey, pairOfDesired } from "./pairs";
import { isInterrupted, mayStart, readSpool, type Pass } from "./pass-state";
import { isTimeToStart } from "./times";

/** Bounds of one batch, and how long one may take before the next is smaller. */
const smallestBatch = 8;
const largestBatch = 512;
const batchMs = 500;

/**
 * Activates Grants in batches: before each, the spool and the clock are read again and what is due
 * ends first, so that a long run of activations holds up no ending.
 */
export async function activateAll(pass: Pass, activations: readonly Activation[], manifest: Manifest): Promise<void> {
  if (activations.length === 0) return;
  const queue = activations.toReversed();
  const total = queue.length;
  const batches = new ActivationBatch(pass, manifest, new PairIndex(pass.journal.state));
  let size = smallestBatch;
  while (queue.length > 0) {
    if (isInterrupted(pass)) {
      pass.report.left += queue.length;
      return;
    }
    await readSpool(pass);
    await endWhatIsDue(pass);
    const began = pass.input.clock.monotonicMs();
    const waivers = waiversOf(pass.journal.state, pass.journal.spool);
    await batches.run(takeBatch(queue, size).filter((one) => isStillWanted(pass, one, waivers)));
    const took = pass.input.clock.monotonicMs() - began;
    size = took > batchMs ? Math.max(smallestBatch, size >> 1) : Math.min(largestBatch, size * 2);
    if (total > smallestBatch) pass.report.progress("activations", total - queue.length, total);
  }
}

/** Takes the next ones off the end of the queue, at most one of a pair: two at once would race at the gateway. */
function takeBatch(queue: Activation[], size: number): readonly Activation[] {
  const batch: Activation[] = [];
  const later: Activation[] = [];
  const pairs = new Set<string>();
  while (queue.length > 0 && batch.length < size) {
    const next = queue.pop() as Activation;
    const key = pairKey(pairOfDesired(next.desired));
    if (pairs.has(key)) later.push(next);
    else batch.push(next);
    pairs.add(key);
  }
  queue.push(...later.reverse());
  return batch;
}

/** Whether nothing has come between the plan and now: a stop, an ending, an opt-out, the clock, an open gate. */
function isStillWanted(pass: Pass, { desired, resumed }: Activation, waivers: ReturnType<typeof waiversOf>): boolean {
  const { state, spool } = pass.journal;
  if (!mayStart(pass, desired.gateway) || isClosedByGate(pass, desired)) return false;
  const known = state.grants.get(desired.id);
  const isNew = known === undefined || known.phase === "pending";
  const isResumable = resumed !== undefined && known?.phase === "activating" && known.ending === undefined;
  if (!(resumed === undefined ? isNew : isResumable) || pass.ended.has(desired.id)) return false;
  if (spool.endings.has(desired.id) || tryFindWaiver(waivers, desired) !== undefined) return false;
  return isTimeToStart(pass.journal.times(), desired);
}
