import type { Activation } from "../model/approval";
import { epochMsOf, type Instant } from "../model/instant";
import type { LogState } from "../model/log-state";

/**
 * The activations up to `now` that count against budgets, oldest first: Grants that are active, were, or
 * are on their way. `withinSeconds` leaves out what is older, where the longest budget is known.
 */
export function usageOf(state: LogState, now: Instant, withinSeconds = Number.POSITIVE_INFINITY): Activation[] {
  const from = epochMsOf(now) - withinSeconds * 1000;
  const usage: Activation[] = [];
  for (const { facts, phase, activatedAt, intendedAt } of state.grants.values()) {
    const at = activatedAt ?? (phase === "activating" ? intendedAt : undefined);
    if (at === undefined || at > now || epochMsOf(at) <= from) continue;
    usage.push({ rule: facts.rule, person: facts.person, at });
  }
  return usage.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}
