import type { DecisionNode } from "../model/decision";
import type { PersonId } from "../model/names";
import type { ApprovalStep } from "../model/rule";
import { evaluateCondition, stepWords, tryFindManager } from "../policy";
import type { AutomaticResult, ConditionResult } from "../policy";
import { contextOf, type DecisionInput } from "./input";
import { moreApprovals } from "./sentences";

/** What a Decision's node says of one step. */
export interface StepFacts {
  readonly step: ApprovalStep;
  /** Counts from 1. */
  readonly number: number;
  /** How many people it asks. */
  readonly wanted: number;
  /** Who fills its places. */
  readonly people: readonly PersonId[];
  /** The rule approved by itself, so nobody is asked. */
  readonly isAutomatic: boolean;
}

/** The node of one step: not needed, met, open, or impossible to meet. */
export function stepNode(input: DecisionInput, facts: StepFacts): DecisionNode {
  const { step, number, wanted, people, isAutomatic } = facts;
  const condition = step.when === undefined ? undefined : evaluateCondition(step.when, contextOf(input));
  const conditions = condition === undefined ? [] : [conditionNode(condition)];
  const node = (verdict: DecisionNode["verdict"], words: string): DecisionNode => ({
    kind: "step",
    verdict,
    sentence: `Step ${number}, ${stepWords(step)}${wanted > step.approvals ? oneMore : ""}: ${words}`,
    children: [...conditions, ...people.map(approvalNode)],
  });
  if (isAutomatic) return node("not needed", "not needed, approved automatically");
  if (condition?.holds === false) return node("not needed", `not needed, ${condition.sentence}`);
  if (people.length === wanted) return node("met", `approved by ${people.join(" and ")}`);
  const { person } = input.desired;
  if (step.from.kind === "managerOfBeneficiary" && tryFindManager(input.manifest, person) === undefined) {
    return node("failed", `${person} has no manager in the rules`);
  }
  const words = `waiting for ${moreApprovals(wanted - people.length)}`;
  if (step.from.kind === "groups" || wanted === step.approvals) return node("open", words);
  return node("failed", `${words}, and there is only one manager: verify the commits`);
}

const oneMore = ", and one more since a commit is not verified";

/** The node of automatic approval, with its conditions. */
export function automaticNode(result: AutomaticResult): DecisionNode {
  return {
    kind: "automatic",
    verdict: result.holds ? "met" : "failed",
    sentence: result.sentence,
    children: result.conditions.map(conditionNode),
  };
}

/** The node of an approval that does not count. */
export function exclusionNode({ person, why }: { readonly person: PersonId; readonly why: string }): DecisionNode {
  return { kind: "exclusion", verdict: "failed", sentence: `${person} cannot count: ${why}`, children: [] };
}

/** The node of an OptOut that keeps the Grant away from its person. */
export function optOutNode(person: PersonId): DecisionNode {
  return {
    kind: "exclusion",
    verdict: "open",
    sentence: `${person} has opted out of this; nothing is granted until they lift it`,
    children: [],
  };
}

function conditionNode(result: ConditionResult): DecisionNode {
  return {
    kind: "condition",
    verdict: result.holds ? "met" : "failed",
    sentence: result.sentence,
    children: result.children.map(conditionNode),
  };
}

function approvalNode(person: PersonId): DecisionNode {
  return { kind: "approval", verdict: "met", sentence: `${person} approved`, children: [] };
}
