import type { Activation } from "../model/approval";
import type { Budget, Condition } from "../model/condition";
import { durationWords } from "../model/duration";
import { assertNever } from "../model/exhaustive";
import { plusSeconds, type Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { ResourceClass } from "../model/resource";
import { isMember } from "./groups";
import { isWindowOpen } from "./windows";
import { listWords, windowWords } from "./words";

/** The asked pair that a Condition is about, and when. */
export interface ConditionContext {
  readonly manifest: Manifest;
  readonly person: PersonId;
  readonly rule: string;
  readonly class: ResourceClass;
  readonly level: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly durationSeconds: number;
  readonly at: Instant;
  /** Activations so far; those of other rules and people are skipped. */
  readonly usage: readonly Activation[];
}

/** Whether a Condition holds, said in a sentence, and the same of its parts. */
export interface ConditionResult {
  readonly holds: boolean;
  readonly sentence: string;
  readonly children: readonly ConditionResult[];
}

/** Evaluates a Condition with all of its parts, also where the first would decide: people read them all. */
export function evaluateCondition(condition: Condition, context: ConditionContext): ConditionResult {
  switch (condition.kind) {
    case "all": {
      const children = condition.of.map((part) => evaluateCondition(part, context));
      return combined(
        children.every((part) => part.holds),
        "all of these hold",
        "not all of these hold",
        children,
      );
    }
    case "any": {
      const children = condition.of.map((part) => evaluateCondition(part, context));
      return combined(
        children.some((part) => part.holds),
        "one of these holds",
        "none of these holds",
        children,
      );
    }
    case "not": {
      const child = evaluateCondition(condition.of, context);
      return combined(!child.holds, "this does not hold, as wanted", "this holds, but must not", [child]);
    }
    default:
      return evaluateSimple(condition, context);
  }
}

/** How many activations of a rule a person had within (at − per, at]. */
export function countUsage(budget: Budget, context: ConditionContext): number {
  const since = plusSecondsOrStart(context.at, -budget.perSeconds);
  return context.usage.filter(
    (one) => one.rule === context.rule && one.person === context.person && one.at > since && one.at <= context.at,
  ).length;
}

/** A Condition in words, without a verdict: `member of backend and longer than 1 h`. */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case "memberOf":
      return `member of ${listWords(condition.groups, "or")}`;
    case "within":
      return `within ${listWords(condition.windows.map(windowWords), "or")}`;
    case "class":
      return `class ${listWords(condition.classes, "or")}`;
    case "level":
      return `level ${listWords(condition.levels, "or")}`;
    case "longerThan":
      return `longer than ${durationWords(condition.seconds)}`;
    case "label":
      return `label ${condition.key} is ${listWords(condition.values, "or")}`;
    case "budget":
      return `fewer than ${budgetWords(condition.budget)}`;
    case "all":
      return condition.of.map(partWords).join(" and ");
    case "any":
      return condition.of.map(partWords).join(" or ");
    case "not":
      return `not ${partWords(condition.of)}`;
    default:
      return assertNever(condition);
  }
}

/** `5 grants in 1 d`. */
export function budgetWords(budget: Budget): string {
  return `${budget.grants} ${budget.grants === 1 ? "grant" : "grants"} in ${durationWords(budget.perSeconds)}`;
}

type SimpleCondition = Exclude<Condition, { kind: "all" | "any" | "not" }>;

function evaluateSimple(condition: SimpleCondition, context: ConditionContext): ConditionResult {
  const { manifest, person } = context;
  switch (condition.kind) {
    case "memberOf": {
      const group = condition.groups.find((name) => isMember(manifest, name, person));
      return group === undefined
        ? simple(false, `${person} is not a member of ${listWords(condition.groups, "or")}`)
        : simple(true, `${person} is a member of ${group}`);
    }
    case "within": {
      const words = listWords(condition.windows.map(windowWords), "or");
      const open = condition.windows.some((window) => isWindowOpen(window, context.at));
      return simple(open, open ? `it is within ${words}` : `it is outside ${words}`);
    }
    case "class":
      return compared("class", context.class, condition.classes);
    case "level":
      return compared("level", context.level, condition.levels);
    case "longerThan": {
      const longer = context.durationSeconds > condition.seconds;
      const [asked, bound] = [durationWords(context.durationSeconds), durationWords(condition.seconds)];
      return simple(longer, `${asked} is ${longer ? "" : "not "}longer than ${bound}`);
    }
    case "label": {
      const value = Object.hasOwn(context.labels, condition.key) ? context.labels[condition.key] : undefined;
      if (value === undefined) return simple(false, `the resource has no label ${condition.key}`);
      return compared(`label ${condition.key}`, value, condition.values);
    }
    case "budget": {
      const used = countUsage(condition.budget, context);
      return simple(used < condition.budget.grants, `${used} used of ${budgetWords(condition.budget)}`);
    }
    default:
      return assertNever(condition);
  }
}

function compared(what: string, value: string, wanted: readonly string[]): ConditionResult {
  const holds = wanted.includes(value);
  return simple(holds, holds ? `${what} is ${value}` : `${what} is ${value}, not ${listWords(wanted, "or")}`);
}

function simple(holds: boolean, sentence: string): ConditionResult {
  return { holds, sentence, children: [] };
}

function combined(
  holds: boolean,
  whenTrue: string,
  whenFalse: string,
  children: readonly ConditionResult[],
): ConditionResult {
  return { holds, sentence: holds ? whenTrue : whenFalse, children };
}

function partWords(condition: Condition): string {
  const words = conditionWords(condition);
  return condition.kind === "all" || condition.kind === "any" ? `(${words})` : words;
}

/** Budgets may reach back past 1970, where no instant is. */
function plusSecondsOrStart(at: Instant, seconds: number): Instant {
  try {
    return plusSeconds(at, seconds);
  } catch {
    return "";
  }
}
