import { conditionSize, type Budget, type Condition as ConditionValue } from "../model/condition";
import { Duration } from "../model/duration";
import { limits } from "../model/limits";
import { labelPattern } from "../model/names";
import { resourceClasses, type ResourceClass } from "../model/resource";
import { checkItems, checkName, checkNotEmpty, checkOneOf, checkWholeNumber, misuse } from "./misuse";
import type { IGroup } from "./reference";
import { Window } from "./window";

/** How many activations of one rule one person may have within a sliding time. */
export interface BudgetProps {
  /** How many. */
  readonly grants: number;
  /** Within how long, looking back from the activation. */
  readonly per: Duration;
}

/** A statement about one asked person and Connection that is true or false at a moment. */
export class Condition {
  /** The condition as the Manifest has it. */
  readonly value: ConditionValue;

  private constructor(value: ConditionValue) {
    const size = conditionSize(value);
    if (size.nodes > limits.conditionNodes) {
      throw misuse("a condition", `of at most ${limits.conditionNodes} parts`, `${size.nodes} parts`);
    }
    if (size.depth > limits.documentDepth) {
      throw misuse("a condition", `nested at most ${limits.documentDepth} deep`, `${size.depth} deep`);
    }
    this.value = value;
  }

  /** The beneficiary is in one of these Groups. */
  static memberOf(...groups: readonly IGroup[]): Condition {
    return new Condition({ kind: "memberOf", groups: groupNames("the groups of Condition.memberOf", groups) });
  }

  /** The moment lies in one of these Windows. */
  static within(...windows: readonly Window[]): Condition {
    const what = "the windows of Condition.within";
    checkItems(what, checkNotEmpty(what, windows), "Windows", (one) => one instanceof Window);
    return new Condition({ kind: "within", windows: windows.map((one) => one.value) });
  }

  /** The Resource has one of these classes. */
  static classIs(...classes: readonly ResourceClass[]): Condition {
    return new Condition({ kind: "class", classes: classList("the classes of Condition.classIs", classes) });
  }

  /** The Connection has one of these levels. */
  static levelIs(...levels: readonly string[]): Condition {
    const what = "the levels of Condition.levelIs";
    const names = checkNotEmpty(what, levels).map((one) => checkName(what, one));
    return new Condition({ kind: "level", levels: sortedUnique(names) });
  }

  /** More time is asked than this. */
  static longerThan(duration: Duration): Condition {
    if (!(duration instanceof Duration)) throw misuse("the argument of Condition.longerThan", "a Duration", duration);
    return new Condition({ kind: "longerThan", seconds: duration.seconds });
  }

  /** The Resource has this label with one of these values. */
  static label(key: string, ...values: readonly string[]): Condition {
    checkItems("the label of Condition.label", [key], "labels", isLabel);
    const what = "the values of Condition.label";
    checkItems(what, checkNotEmpty(what, values), "labels", isLabel);
    return new Condition({ kind: "label", key, values: sortedUnique(values) });
  }

  /** The person had fewer activations under the rule than the budget allows. */
  static budget(budget: BudgetProps): Condition {
    return new Condition({ kind: "budget", budget: budgetValue("the budget of Condition.budget", budget) });
  }

  /** All of these hold. */
  static all(...conditions: readonly Condition[]): Condition {
    return new Condition({ kind: "all", of: valuesOf("Condition.all", conditions) });
  }

  /** At least one of these holds. */
  static any(...conditions: readonly Condition[]): Condition {
    return new Condition({ kind: "any", of: valuesOf("Condition.any", conditions) });
  }

  /** This does not hold. */
  static not(condition: Condition): Condition {
    const [of] = valuesOf("Condition.not", [condition]);
    if (of === undefined) throw misuse("the argument of Condition.not", "a Condition", condition);
    return new Condition({ kind: "not", of });
  }
}

/** The names of Groups, sorted and without repeats; throws E203 for anything else and for none. */
export function groupNames(what: string, groups: readonly IGroup[]): readonly string[] {
  checkItems(what, checkNotEmpty(what, groups), "Groups", (one) => typeof one?.groupName === "string");
  return sortedUnique(groups.map((one) => one.groupName));
}

/** Classes in ascending order without repeats; throws E203 for unknown ones and for none. */
export function classList(what: string, classes: readonly ResourceClass[]): readonly ResourceClass[] {
  for (const one of checkNotEmpty(what, classes)) checkOneOf(what, one, resourceClasses);
  return resourceClasses.filter((one) => classes.includes(one));
}

/** A budget as the Manifest has it; throws E203. */
export function budgetValue(what: string, budget: BudgetProps): Budget {
  const grants = checkWholeNumber(`\`grants\` of ${what}`, budget?.grants, 1, 1_000_000);
  if (!(budget.per instanceof Duration)) throw misuse(`\`per\` of ${what}`, "a Duration", budget.per);
  return { grants, perSeconds: budget.per.seconds };
}

/** Whether a text can be a label's key or value. */
export function isLabel(text: unknown): text is string {
  return typeof text === "string" && labelExpression.test(text);
}

/** Texts in ascending order of their UTF-16 code units, each once. */
export function sortedUnique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}

const labelExpression = new RegExp(labelPattern);

function valuesOf(what: string, conditions: readonly Condition[]): readonly ConditionValue[] {
  const which = `the conditions of ${what}`;
  checkItems(which, checkNotEmpty(which, conditions), "Conditions", (one) => one instanceof Condition);
  return conditions.map((one) => one.value);
}
