import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { ApprovalStep, AutomaticApproval } from "../model/rule";
import { budgetWords, conditionWords, countUsage, evaluateCondition } from "./condition";
import type { ConditionContext, ConditionResult } from "./condition";
import { manifestIndex } from "./manifest-index";
import { listWords } from "./words";

/** Whether automatic approval fires for a pair, and why or why not. */
export interface AutomaticResult {
  readonly holds: boolean;
  /** `Automatic approval: used, ...` or `not used, ...`. */
  readonly sentence: string;
  readonly conditions: readonly ConditionResult[];
}

/** Evaluates automatic approval: its condition, its budget, and the classes it is never for. */
export function evaluateAutomatic(automatic: AutomaticApproval, context: ConditionContext): AutomaticResult {
  const condition = evaluateCondition(automatic.when, context);
  const conditions = [condition, ...budgetResult(automatic, context)];
  const excluded = automatic.never.includes(context.class);
  const words = conditionWords(automatic.when);
  if (excluded) {
    const matches = condition.holds ? `${words} matches but ` : "";
    return {
      holds: false,
      sentence: `Automatic approval: not used, ${matches}class ${context.class} is excluded`,
      conditions,
    };
  }
  const failed = conditions.find((one) => !one.holds);
  if (failed === undefined) return { holds: true, sentence: `Automatic approval: used, ${words}`, conditions };
  const why = failed.children.length === 0 ? failed.sentence : `${words} does not match`;
  return { holds: false, sentence: `Automatic approval: not used, ${why}`, conditions };
}

/** Whether a step is asked for a pair: it has no condition, or its condition holds. */
export function isStepAsked(step: ApprovalStep, context: ConditionContext): boolean {
  return step.when === undefined || evaluateCondition(step.when, context).holds;
}

/** A step in words: `1 of orders-leads`, `2 of sre or security, when longer than 1 h`. */
export function stepWords(step: ApprovalStep): string {
  const from =
    step.from.kind === "groups"
      ? `${step.approvals} of ${listWords(step.from.groups, "or")}`
      : "the manager of the beneficiary";
  return step.when === undefined ? from : `${from}, when ${conditionWords(step.when)}`;
}

/**
 * The manager who speaks for a beneficiary: a User's own, a ServiceAccount's owner's; undefined when
 * none is declared.
 */
export function tryFindManager(manifest: Manifest, person: PersonId): PersonId | undefined {
  const { users, serviceAccounts } = manifestIndex(manifest);
  const email = serviceAccounts.get(person)?.owner ?? person;
  const manager = users.get(email)?.manager;
  return manager !== undefined && users.has(manager) ? manager : undefined;
}

function budgetResult({ budget }: AutomaticApproval, context: ConditionContext): ConditionResult[] {
  if (budget === undefined) return [];
  const used = countUsage(budget, context);
  const left = used < budget.grants;
  const sentence = left
    ? `${used} used of ${budgetWords(budget)}`
    : `the budget of ${budgetWords(budget)} is used up (${used} used)`;
  return [{ holds: left, sentence, children: [] }];
}
