import { limits } from "../model/limits";
import type { ResourceClass } from "../model/resource";
import type {
  ApprovalRule as ApprovalRuleValue,
  ApprovalStep as ApprovalStepValue,
  Approvers as ApproversValue,
  AutomaticApproval as AutomaticApprovalValue,
} from "../model/rule";
import { budgetValue, classList, Condition, groupNames, type BudgetProps } from "./condition";
import { checkItems, checkNotEmpty, checkWholeNumber, misuse } from "./misuse";
import type { IGroup } from "./reference";

/** Approvers who are no Group. */
export const Approvers = {
  /** The manager of the person who gains access, as declared on the User. */
  managerOfBeneficiary: Object.freeze({ approvers: "managerOfBeneficiary" } as const),
} as const;

/** Who may approve a step: a Group, or `Approvers.managerOfBeneficiary`. */
export type Approver = IGroup | typeof Approvers.managerOfBeneficiary;

/** What has to be there before access starts; made by `Approval`. */
export abstract class ApprovalRule {
  /** The steps for people, in the order in which they are asked and shown. */
  abstract readonly steps: readonly ApprovalStep[];
  /** Approval without people, where it holds. */
  readonly automatic: AutomaticApprovalValue | undefined = undefined;

  /** The rule as the Manifest has it. */
  get value(): ApprovalRuleValue {
    const steps = this.steps.map((step) => step.step);
    return this.automatic === undefined ? { steps } : { automatic: this.automatic, steps };
  }
}

/** One step: n distinct people out of some approvers. By itself it is an ApprovalRule of one step. */
export class ApprovalStep extends ApprovalRule {
  /** The step as the Manifest has it. */
  readonly step: ApprovalStepValue;

  /** Use `Approval.of`. */
  constructor(step: ApprovalStepValue) {
    super();
    this.step = step;
  }

  override get steps(): readonly ApprovalStep[] {
    return [this];
  }

  /** The same step, asked only when the condition holds; of several conditions all have to hold. */
  when(condition: Condition): ApprovalStep {
    if (!(condition instanceof Condition)) throw misuse("the argument of `when`", "a Condition", condition);
    const before = this.step.when;
    const when: Condition["value"] =
      before === undefined ? condition.value : { kind: "all", of: [before, condition.value] };
    return new ApprovalStep({ ...this.step, when });
  }
}

/** Several steps, all of which have to be met; one person fills one place in all of them. */
export class StepwiseApproval extends ApprovalRule {
  override readonly steps: readonly ApprovalStep[];

  /** Use `Approval.steps`. */
  constructor(steps: readonly ApprovalStep[]) {
    super();
    this.steps = steps;
  }
}

/** What an automatic approval is made with. */
export interface AutomaticApprovalProps {
  /** What has to hold. */
  readonly when: Condition;
  /**
   * How often within a time one person may be approved automatically under the rule.
   * @default - without bound
   */
  readonly budget?: BudgetProps;
  /**
   * Classes of Resources that are never approved automatically.
   * @default - none
   */
  readonly never?: readonly ResourceClass[];
}

/** Approval without people where its conditions hold, else by the steps of `otherwise`, else refused. */
export class AutomaticApproval extends ApprovalRule {
  override readonly steps: readonly ApprovalStep[];
  override readonly automatic: AutomaticApprovalValue;

  /** Use `Approval.automatic`. */
  constructor(automatic: AutomaticApprovalValue, steps: readonly ApprovalStep[] = []) {
    super();
    this.automatic = automatic;
    this.steps = steps;
  }

  /** The same, with these steps for people when a condition fails. */
  otherwise(...approvals: readonly (ApprovalStep | StepwiseApproval)[]): AutomaticApproval {
    return new AutomaticApproval(this.automatic, stepsOf("the arguments of `otherwise`", approvals));
  }
}

/** Makes ApprovalRules. */
export const Approval = {
  /** n distinct people out of the Groups given, or the beneficiary's manager. */
  of(approvals: number, ...from: readonly Approver[]): ApprovalStep {
    const what = "the approvers of Approval.of";
    checkItems(what, checkNotEmpty(what, from), "Groups or Approvers.managerOfBeneficiary", isApprover);
    checkWholeNumber("the number of approvals of Approval.of", approvals, 1, 100);
    return new ApprovalStep({ approvals, from: approversValue(what, approvals, from) });
  },

  /** All of these steps, asked in this order. */
  steps(...steps: readonly (ApprovalStep | StepwiseApproval)[]): StepwiseApproval {
    return new StepwiseApproval(stepsOf("the arguments of Approval.steps", steps));
  },

  /** Without people while the conditions hold; add `.otherwise(…)` for what needs them. */
  automatic(props: AutomaticApprovalProps): AutomaticApproval {
    const condition: unknown = props?.when;
    if (!(condition instanceof Condition)) throw misuse("`when` of Approval.automatic", "a Condition", condition);
    const { budget, never = [] } = props;
    return new AutomaticApproval({
      when: condition.value,
      ...(budget === undefined ? {} : { budget: budgetValue("the budget of Approval.automatic", budget) }),
      never: never.length === 0 ? [] : classList("`never` of Approval.automatic", never),
    });
  },
} as const;

function isApprover(one: unknown): boolean {
  return (
    one === Approvers.managerOfBeneficiary ||
    (typeof one === "object" && one !== null && "groupName" in one && typeof one.groupName === "string")
  );
}

function approversValue(what: string, approvals: number, from: readonly Approver[]): ApproversValue {
  const groups = from.filter((one): one is IGroup => "groupName" in one);
  if (groups.length === from.length) return { kind: "groups", groups: groupNames(what, groups) };
  if (groups.length > 0) {
    throw misuse(what, "either Groups or Approvers.managerOfBeneficiary", groups[0]?.principalRef, "make two steps");
  }
  if (approvals > 1) {
    throw misuse("the number of approvals of Approval.of", "1, because a person has one manager", approvals);
  }
  return { kind: "managerOfBeneficiary" };
}

function stepsOf(what: string, approvals: readonly ApprovalRule[]): readonly ApprovalStep[] {
  checkItems(
    what,
    checkNotEmpty(what, approvals),
    "steps made by Approval.of or Approval.steps",
    (one) => one instanceof ApprovalStep || one instanceof StepwiseApproval,
  );
  const steps = approvals.flatMap((one) => one.steps);
  if (steps.length > limits.approvalSteps) {
    throw misuse(what, `at most ${limits.approvalSteps} steps`, `${steps.length} steps`);
  }
  return steps;
}
