import { grantIntentKey } from "../log";
import type { GrantState, LogState } from "../model/log-state";

/** Whether the Log says the same of a Grant's Lease in two of its states: recorded or not, and asked for under the same record. */
export function isSameLease(one: GrantState, other: GrantState): boolean {
  return one.phase === other.phase && one.generation === other.generation && one.heldSequence === other.heldSequence;
}

/**
 * Whether no Lease of a Grant can have been on its way in other hands while it ended: it was recorded as there when the
 * ending began, and nothing else is being asked for or has been recorded since.
 */
export function isSettled(state: LogState, before: GrantState): boolean {
  const { grant } = before.facts;
  const now = state.grants.get(grant);
  const isChanging = state.intents.has(grantIntentKey("change", grant));
  return before.phase === "active" && !isChanging && now !== undefined && isSameLease(before, now);
}
