import type { Condition } from "../model/condition";
import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import type { AskedApproval } from "../model/plan";
import type { ApprovalRule } from "../model/rule";
import {
  activationsOf,
  evaluateAutomatic,
  isStepAsked,
  noMergeWords,
  stepWords,
  type AutomaticResult,
  type ConditionContext,
} from "../policy";
import type { Activation } from "../model/approval";
import { compareText, type PlanContext } from "./context";

/** What one Grant that has not started asks of people. */
export interface PendingApproval {
  readonly desired: DesiredGrant;
  readonly verdict: Decision["verdict"];
  /** Decisions were given and this Grant is not approved. */
  readonly isHeldBack: boolean;
  /** One sentence per asked step. */
  readonly steps: readonly string[];
  readonly automatic?: string;
  /** For the Action: `automatic`, or the steps in a line. */
  readonly words: string;
}

/** Judges Grants that have not started one after the other, since earlier ones use up budgets. */
export interface ApprovalBook {
  judge(desired: DesiredGrant): PendingApproval;
  /** Counts a Grant that this Plan activates. */
  count(desired: DesiredGrant): void;
}

/**
 * Works out who is asked for Grants that have not started. A budget counts what the Log has and this
 * Plan's earlier ones by grant id. With Decisions given, their verdict is taken.
 */
export function approvalBook(context: PlanContext, pending: readonly DesiredGrant[]): ApprovalBook {
  const usage = usageByPair(context, pending);
  const usedBy = (desired: DesiredGrant): Activation[] => usage.get(usageKey(desired.rule, desired.person)) ?? [];
  return {
    judge: (desired) => pendingApproval(context, desired, usedBy(desired)),
    count: (desired) => {
      usedBy(desired).push({ rule: desired.rule, person: desired.person, at: context.asOf });
    },
  };
}

/** Gathers what is asked by request and rule, in order. */
export function askedApprovals(pending: readonly PendingApproval[]): readonly AskedApproval[] {
  const groups = new Map<string, { first: PendingApproval; grants: string[] }>();
  for (const one of pending) {
    const key = JSON.stringify([one.desired.request, one.desired.rule, one.steps, one.automatic ?? ""]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: one, grants: [one.desired.id] });
    else group.grants.push(one.desired.id);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { first, grants }]) => ({
      request: first.desired.request,
      grants: grants.sort(),
      rule: first.desired.rule,
      steps: first.steps,
      ...(first.automatic === undefined ? {} : { automatic: first.automatic }),
    }));
}

/** The activations of the people and rules that are asked about, and of no others. */
function usageByPair(context: PlanContext, pending: readonly DesiredGrant[]): Map<string, Activation[]> {
  const usage = new Map<string, Activation[]>();
  for (const { rule, person, approval } of pending) if (hasBudget(approval)) usage.set(usageKey(rule, person), []);
  if (usage.size === 0) return usage;
  for (const activation of activationsOf(context.state)) {
    usage.get(usageKey(activation.rule, activation.person))?.push(activation);
  }
  return usage;
}

/** Whether an ApprovalRule counts activations; most do not, and then none are gathered. */
function hasBudget({ automatic, steps }: ApprovalRule): boolean {
  const conditions = [automatic?.when, ...steps.map((step) => step.when)];
  return automatic?.budget !== undefined || conditions.some((condition) => countsActivations(condition));
}

function countsActivations(condition: Condition | undefined): boolean {
  switch (condition?.kind) {
    case "budget":
      return true;
    case "all":
    case "any":
      return condition.of.some(countsActivations);
    case "not":
      return countsActivations(condition.of);
    default:
      return false;
  }
}

function usageKey(rule: string, person: string): string {
  return `${rule} ${person}`;
}

function pendingApproval(context: PlanContext, desired: DesiredGrant, usage: readonly Activation[]): PendingApproval {
  const nobody = tryFindNobody(context, desired);
  if (nobody !== undefined) {
    const words = "nobody can approve it";
    return { desired, verdict: "waiting", isHeldBack: true, steps: [nobody], words };
  }
  const about = conditionContext(context, desired, usage);
  const { steps } = desired.approval;
  const result = automaticResult(context, desired, about);
  const sentences =
    result?.holds === true ? [] : steps.filter((step) => isStepAsked(step, about)).map((step) => stepWords(step));
  const verdict = verdictOf(context, { desired, result, sentences });
  return {
    desired,
    verdict,
    isHeldBack: context.decisions !== undefined && verdict !== "approved",
    steps: sentences,
    ...(result === undefined ? {} : { automatic: result.sentence }),
    words:
      result?.holds === true ? "automatic" : sentences.length === 0 ? "nobody is asked" : sentences.join(", then "),
  };
}

/** Why nobody is asked and no rule approves: where approvals are on GitHub, what no merge there brought. */
function tryFindNobody({ state, manifest, decisions }: PlanContext, { id, request }: DesiredGrant): string | undefined {
  const isOnGitHub = manifest.approvals === "github";
  if (!isOnGitHub || !state.names.has(request) || state.merges?.has(request) === true) return undefined;
  return decisions?.get(id)?.verdict === "approved" ? undefined : noMergeWords(request);
}

/** Whether a rule approves, and why or why not: as it was decided, where it was. */
function automaticResult(
  context: PlanContext,
  desired: DesiredGrant,
  about: ConditionContext,
): AutomaticResult | undefined {
  const { automatic } = desired.approval;
  if (automatic === undefined) return undefined;
  const result = tryFindRecorded(context, desired) ?? evaluateAutomatic(automatic, about);
  const decision = context.decisions?.get(desired.id);
  if (!result.holds || decision === undefined || decision.by === "automatic" || decision.verdict === "approved") {
    return result;
  }
  const why = decision.tree.children.find(({ kind, verdict }) => kind === "automatic" && verdict === "failed");
  return {
    ...result,
    holds: false,
    sentence: why?.sentence ?? `Automatic approval: not used, ${decision.tree.sentence}`,
  };
}

/** What was approved automatically under this very policy is not counted against its budget again. */
function tryFindRecorded({ state, manifestDigest }: PlanContext, { id }: DesiredGrant): AutomaticResult | undefined {
  const made = state.decisions?.get(id);
  if (made?.approvedBy !== "automatic" || made.policy !== manifestDigest) return undefined;
  return { holds: true, sentence: "Automatic approval: used, as the Log says", conditions: [] };
}

function verdictOf(
  context: PlanContext,
  facts: {
    readonly desired: DesiredGrant;
    readonly result: AutomaticResult | undefined;
    readonly sentences: readonly string[];
  },
): Decision["verdict"] {
  if (context.decisions !== undefined) return context.decisions.get(facts.desired.id)?.verdict ?? "waiting";
  if (facts.result?.holds === true) return "approved";
  if (facts.desired.approval.steps.length === 0) return "refused";
  return facts.sentences.length === 0 ? "approved" : "waiting";
}

function conditionContext(context: PlanContext, desired: DesiredGrant, usage: readonly Activation[]): ConditionContext {
  return {
    manifest: context.manifest,
    person: desired.person,
    rule: desired.rule,
    class: desired.class,
    level: desired.level,
    labels: desired.labels,
    durationSeconds: desired.durationSeconds,
    at: context.asOf,
    usage,
  };
}
