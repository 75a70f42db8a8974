import type { PlanNote } from "../model/plan";
import { countWords } from "../policy";
import type { PlanContext } from "./context";
import type { HeldGrant } from "./held-grants";

/** What the breaker makes of removals through removed files. */
export interface RemovalResult {
  readonly held: readonly HeldGrant[];
  /** How many removals are held back; 0 when all go on. */
  readonly heldRemovals: number;
  readonly notes: readonly PlanNote[];
}

/**
 * The breaker: when more active Grants would end through removed files than `limits.bulkRemovals`
 * allows, or when there is no request at all, those endings wait for a confirmation of their exact
 * number. It never stops another ending, nor one that was intended before.
 */
export function holdBackRemovals(context: PlanContext, held: readonly HeldGrant[]): RemovalResult {
  const removed = held.filter(isRemoval);
  const isEmpty = context.requests.requests.length === 0;
  const counted = { removed: removed.length, held: held.length, isEmpty };
  if (!isHeldBack(context, counted)) return { held, heldRemovals: 0, notes: [] };
  const grants = countWords(removed.length, "active grant");
  const why = isEmpty ? "there is no request at all" : "their requests were removed";
  return {
    held: held.map((one) => (isRemoval(one) ? { ...one, ending: undefined } : one)),
    heldRemovals: removed.length,
    notes: [
      {
        kind: "breaker",
        subject: "removals",
        sentence: `${grants} would end because ${why}; they stay until \`--confirm-removals ${removed.length}\` says so.`,
      },
    ],
  };
}

/** Whether so many removals among so many held Grants wait for a confirmation. */
export function isHeldBack(
  { manifest, confirmRemovals }: Pick<PlanContext, "manifest" | "confirmRemovals">,
  counted: { readonly removed: number; readonly held: number; readonly isEmpty: boolean },
): boolean {
  const { count, percent } = manifest.limits.bulkRemovals;
  const most = Math.max(count, (counted.held * percent) / 100);
  const isBulk = counted.removed > most || (counted.isEmpty && counted.removed > 0);
  return isBulk && confirmRemovals !== counted.removed;
}

/** Whether a Grant ends because its request was removed, and no ending of it was intended before. */
export function isRemoval(one: HeldGrant): boolean {
  return one.ending === "request removed" && one.grant.ending === undefined;
}
