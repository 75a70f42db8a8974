import { diagnostic, type Diagnostic } from "../../errors";
import type { AccessRequest } from "../../model/request";
import type { Snapshot } from "../../model/snapshot";
import { countWords } from "../../policy";

/** A note where a commit removes so much that its apply will wait for a confirmation of the exact number. */
export function bulkRemovalNotes(snapshot: Snapshot, removed: readonly AccessRequest[]): readonly Diagnostic[] {
  const { policy, log } = snapshot;
  if (policy === undefined || removed.length === 0) return [];
  const names = new Set(removed.map(({ name }) => name));
  const ends = log.grants.filter(({ phase, facts }) => phase === "active" && names.has(facts.request)).length;
  const { count, percent } = policy.manifest.limits.bulkRemovals;
  const most = Math.max(count, (log.activeGrants * percent) / 100);
  const isAll = ends > 0 && ends >= log.activeGrants;
  if (ends <= most && !isAll) return [];
  return [
    diagnostic("E304", {
      severity: "warning",
      detail: `${countWords(ends, "active grant")} of ${log.activeGrants} would end because their requests are removed`,
      fix: `after the merge they stay until an apply is given \`--confirm-removals ${ends}\``,
    }),
  ];
}
