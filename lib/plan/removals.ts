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
  const { count, percent } = context.manifest.limits.bulkRemovals;
  const most = Math.max(count, (held.length * percent) / 100);
  const isEmpty = context.requests.requests.length === 0;
  const isBulk = removed.length > most || (isEmpty && removed.length > 0);
  if (!isBulk || context.confirmRemovals === removed.length) return { held, heldRemovals: 0, notes: [] };
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

function isRemoval(one: HeldGrant): boolean {
  return one.ending === "request removed" && one.grant.ending === undefined;
}
