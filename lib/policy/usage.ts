import type { Activation } from "../model/approval";
import type { LogState } from "../model/log-state";

/** Every activation that the Log knows, also those on their way, in order of time: what budgets count. */
export function activationsOf(state: LogState): readonly Activation[] {
  const activations: Activation[] = [];
  for (const grant of state.grants.values()) {
    const at = grant.activatedAt ?? (grant.phase === "activating" ? grant.intendedAt : undefined);
    if (at !== undefined) activations.push({ rule: grant.facts.rule, person: grant.facts.person, at });
  }
  return activations.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
