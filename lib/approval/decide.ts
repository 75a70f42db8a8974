import type { Decision } from "../model/decision";
import { assertNever } from "../model/exhaustive";
import type { PersonId } from "../model/names";
import type { ApprovalStep } from "../model/rule";
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
  return decideSteps(input).decision;
}

/** A step of a rule, how many people it asks, and who fills its places. */
export interface FilledStep {
  readonly step: ApprovalStep;
  readonly wanted: number;
  readonly people: readonly PersonId[];
}

/** As `decide`, with what became of each step. */
export function decideSteps(input: DecisionInput): {
  readonly decision: Decision;
  readonly steps: readonly FilledStep[];
} {
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
  const filled = steps.map((step, index) => ({
    step,
    wanted: wanted[index] ?? 0,
    people: count.byStep[index] ?? [],
  }));
  const decision: Decision = {
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
        ...filled.map((one, index) => stepNode(input, { ...one, number: index + 1, isAutomatic })),
        ...count.excluded.map(exclusionNode),
      ],
    },
  };
  return { decision, steps: filled };
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
