import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import { assertNever } from "../model/exhaustive";

/** The verdict of a Decision in a sentence without a full stop. */
export function ruleSentence(
  desired: DesiredGrant,
  outcome: Pick<Decision, "verdict" | "by"> & { readonly missing: number },
): string {
  return `Rule ${desired.rule}: ${verdictWords(desired, outcome)}`;
}

/** `1 more approval`, `2 more approvals`. */
export function moreApprovals(count: number): string {
  return `${count} more approval${count === 1 ? "" : "s"}`;
}

function verdictWords(
  desired: DesiredGrant,
  outcome: Pick<Decision, "verdict" | "by"> & { readonly missing: number },
): string {
  switch (outcome.verdict) {
    case "approved":
      return outcome.by === "automatic" ? "approved automatically" : "approved";
    case "waiting":
      return outcome.missing === 0 ? "held back by an opt-out" : `needs ${moreApprovals(outcome.missing)}`;
    case "refused":
      return desired.approval.automatic === undefined
        ? "refused, it has nobody to ask"
        : "refused, automatic approval does not apply and it has nobody to ask";
    default:
      return assertNever(outcome.verdict);
  }
}
