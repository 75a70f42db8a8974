import type { Decision } from "../model/decision";
import { assertNever } from "../model/exhaustive";
import { evaluateAutomatic, isOptedOut, isStepAsked, type AutomaticResult } from "../policy";
import { countApprovals, wantedPlaces } from "./count";
import { contextOf, type DecisionInput } from "./input";
import { automaticNode, exclusionNode, optOutNode, stepNode } from "./nodes";
import { ruleSentence } from "./sentences";

/**
 * Decides one Grant: automatic approval if it fires, else all steps whose condition holds. A review
 * counts for any step whenever it was given; one person fills one place in the whole rule; approved
 * iff some assignment of reviewers to places fills all. Without steps, a condition that fails
 * refuses. A rule that asks nobody is approved by nobody. What came with a commit that is not verified is
 * never approved automatically, and the last step that is asked asks one person more; where no step is
 * asked nobody could be that person, so it is refused. Pure, and never throws.
 */
export function decide(input: DecisionInput): Decision {
  const { desired } = input;
  const { automatic, steps } = desired.approval;
  const context = contextOf(input);
  const result = automatic === undefined ? undefined : automaticOf(input, evaluateAutomatic(automatic, context));
  const isAutomatic = result?.holds === true;
  const isAsked = steps.map((step) => isStepAsked(step, context));
  const wanted = wantedPlaces(input, isAsked);
  const count = countApprovals(input, wanted);
  const isWaived = input.optOuts?.some((one) => isOptedOut(one, desired)) === true;
  const hasSteps = steps.length > 0 && !(input.unverified === true && !isAsked.includes(true));
  const { verdict, by } = outcomeOf({ isAutomatic, isWaived, hasSteps, missing: count.missing });
  const approvers = verdict === "approved" && !isAutomatic ? count.byStep.flat() : [];
  return {
    grant: desired.id,
    request: desired.request,
    verdict,
    by: by === "people" && approvers.length === 0 ? "nobody" : by,
    approvers,
    tree: {
      kind: "rule",
      verdict: nodeVerdict(verdict),
      sentence: ruleSentence(input, { verdict, by, missing: count.missing }),
      children: [
        ...(isWaived ? [optOutNode(desired.person)] : []),
        ...(result === undefined ? [] : [automaticNode(result)]),
        ...steps.map((step, index) =>
          stepNode(input, {
            step,
            number: index + 1,
            wanted: wanted[index] ?? 0,
            people: count.byStep[index] ?? [],
            isAutomatic,
          }),
        ),
        ...count.excluded.map(exclusionNode),
      ],
    },
  };
}

/** A commit that is not verified is approved by people, whatever else holds. */
function automaticOf({ unverified, noAutomatic }: DecisionInput, result: AutomaticResult): AutomaticResult {
  if (unverified !== true && noAutomatic !== true) return result;
  return { ...result, holds: false, sentence: "Automatic approval: not used, a commit is not verified" };
}

function outcomeOf(facts: {
  readonly isAutomatic: boolean;
  readonly isWaived: boolean;
  readonly hasSteps: boolean;
  readonly missing: number;
}): Pick<Decision, "verdict" | "by"> {
  if (!facts.isAutomatic && !facts.hasSteps) return { verdict: "refused", by: "nobody" };
  if (facts.isWaived) return { verdict: "waiting", by: "nobody" };
  if (facts.isAutomatic) return { verdict: "approved", by: "automatic" };
  return facts.missing > 0 ? { verdict: "waiting", by: "nobody" } : { verdict: "approved", by: "people" };
}

function nodeVerdict(verdict: Decision["verdict"]): Decision["tree"]["verdict"] {
  switch (verdict) {
    case "approved":
      return "met";
    case "waiting":
      return "open";
    case "refused":
      return "failed";
    default:
      return assertNever(verdict);
  }
}
