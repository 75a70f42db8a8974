import type { Decision } from "../model/decision";
import { assertNever } from "../model/exhaustive";
import type { DecisionInput } from "./input";

/** The verdict of a Decision in a sentence without a full stop. */
export function ruleSentence(
  input: DecisionInput,
  outcome: Pick<Decision, "verdict" | "by"> & { readonly missing: number },
): string {
  return `Rule ${input.desired.rule}: ${verdictWords(input, outcome)}`;
}

/** `1 more approval`, `2 more approvals`. */
export function moreApprovals(count: number): string {
  return `${count} more approval${count === 1 ? "" : "s"}`;
}

function verdictWords(
  { desired }: DecisionInput,
  outcome: Pick<Decision, "verdict" | "by"> & { readonly missing: number },
): string {
  switch (outcome.verdict) {
    case "approved":
      return outcome.by === "automatic" ? "approved automatically" : "approved";
    case "waiting":
      return outcome.missing === 0 ? "held back by an opt-out" : `needs ${moreApprovals(outcome.missing)}`;
    case "refused":
      if (desired.approval.steps.length > 0) {
        return "refused, a commit is not verified and no step is asked that one more person could approve";
      }
      return desired.approval.automatic === undefined
        ? "refused, it has nobody to ask"
        : "refused, automatic approval does not apply and it has nobody to ask";
    default:
      return assertNever(outcome.verdict);
  }
}
