import { canonicalJson } from "../../model/canonical";
import { durationWords } from "../../model/duration";
import type { AccessRule, ApprovalRule } from "../../model/rule";
import { conditionWords, listWords, stepWords, windowWords } from "../../policy";
import { listChange } from "./named-changes";
import type { FieldChange } from "./policy-change";

/** What an edit changes of a rule, or all that a new one says. */
export function ruleChange(before: AccessRule | undefined, after: AccessRule): readonly FieldChange[] {
  return aspects.flatMap(({ label, of }) => {
    const to = of(after);
    if (before === undefined) return to.length === 0 ? [] : [`${label}: ${listWords(to, "and")}`];
    const from = of(before);
    if (canonicalJson(from) === canonicalJson(to)) return [];
    const change = from.length > 1 || to.length > 1 ? listChange(from, to) : undefined;
    return [`${label}: ${change ?? `${listWords(from, "and")} -> ${listWords(to, "and")}`}`];
  });
}

/** What a rule says, each as a list of words. */
const aspects: readonly { readonly label: string; readonly of: (rule: AccessRule) => readonly string[] }[] = [
  { label: "approval", of: ({ approval }) => approvalWords(approval) },
  { label: "who may ask", of: ({ who }) => who },
  { label: "for what", of: ({ may }) => may },
  { label: "at most", of: ({ maxDurationSeconds }) => [durationWords(maxDurationSeconds)] },
  { label: "by default", of: ({ defaultDurationSeconds }) => [durationWords(defaultDurationSeconds)] },
  { label: "only within", of: ({ windows }) => windows.map(windowWords) },
  { label: "may be ended by", of: ({ mayRevoke }) => mayRevoke },
  { label: "ticket", of: ({ ticketRequired }) => [ticketRequired ? "required" : "not required"] },
];

function approvalWords({ automatic, steps }: ApprovalRule): readonly string[] {
  const budget = automatic?.budget;
  const often = budget === undefined ? "" : `, ${budget.grants} in ${durationWords(budget.perSeconds)} at most`;
  const never =
    automatic === undefined || automatic.never.length === 0
      ? ""
      : `, never for class ${listWords(automatic.never, "or")}`;
  const alone = automatic === undefined ? [] : [`automatic when ${conditionWords(automatic.when)}${often}${never}`];
  return [...alone, ...steps.map(stepWords)];
}
