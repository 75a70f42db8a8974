import type { JudgedGrant, OpenStep, PullDecision } from "../approval/pull/pull-decision";
import type { DecisionNode } from "../model/decision";
import { groupBy, someOf } from "./counts";

/** One step of a Decision as a reader sees it. */
export interface StepView {
  readonly number: number;
  /** Whom it asks: `1 of security`. */
  readonly asked: string;
  readonly verdict: DecisionNode["verdict"];
  /** What its Decision says of it: `waiting for 1 more approval`. */
  readonly state: string;
  /** Who fills its places. */
  readonly people: readonly string[];
  /** How many approvals it still lacks. */
  readonly missing: number;
  /** Who could fill the places that are left, where it is open. */
  readonly possible: readonly string[];
  /** Groups whose members could not be read. */
  readonly unreadable: readonly string[];
  /** Why it is asked, where a condition decides that. */
  readonly because?: string;
}

/** The steps of several Grants that stand the same. */
export interface StepGroup {
  /** What asks: `rule orders-write`, `policy edit`. */
  readonly source: string;
  readonly grants: readonly JudgedGrant[];
  readonly steps: readonly StepView[];
}

/** Every step that a pull request is asked, those that stand the same together, whoever asks them. */
export function stepGroups(decision: PullDecision): readonly StepGroup[] {
  const ofGrants = decision.grants.flatMap((judged) => {
    const { desired, underNewRules, openSteps } = judged;
    const old = { source: `rule ${desired.rule}`, judged, steps: stepsOf(judged.decision.tree, openSteps) };
    if (underNewRules === undefined) return [old];
    return [old, { source: `rule ${desired.rule} as edited`, judged, steps: stepsOf(underNewRules.tree, openSteps) }];
  });
  const all: readonly Asked[] = [...editSteps(decision), ...ofGrants].filter(({ steps }) => steps.length > 0);
  return [...groupBy(all, ({ steps }) => JSON.stringify(steps)).values()].map((group) => ({
    source: someOf([...new Set(group.map(({ source }) => source))], mostSources).replace(` and ${edit}`, " and "),
    grants: group.flatMap(({ judged }) => judged ?? []),
    steps: group[0]?.steps ?? [],
  }));
}

interface Asked {
  readonly source: string;
  readonly judged?: JudgedGrant;
  readonly steps: readonly StepView[];
}

const mostSources = 4;
const edit = "edit of rules, by ";

/** An edit of rules asks by the policy in force and by the rules that it brings, a node each. */
function editSteps({ policyEdit }: PullDecision): readonly Asked[] {
  if (policyEdit === undefined) return [];
  return policyEdit.tree.children.map((node) => ({
    source: `${edit}${/^By (.{1,80}?): /.exec(node.sentence)?.[1] ?? "the policy in force"}`,
    steps: stepsOf(node, policyEdit.openSteps),
  }));
}

/**
 * How many approvals a pull request still lacks. One review approves all of it, so steps that ask the
 * same people for several Grants count once.
 */
export function missingApprovals(groups: readonly StepGroup[]): number {
  const most = new Map<string, number>();
  for (const { steps } of groups) {
    const here = new Map<string, number>();
    for (const { asked, missing } of steps) here.set(asked, (here.get(asked) ?? 0) + missing);
    for (const [asked, missing] of here) most.set(asked, Math.max(most.get(asked) ?? 0, missing));
  }
  return [...most.values()].reduce((sum, missing) => sum + missing, 0);
}

/** The nodes of one kind in a tree, each once, from the top; none below another of them. */
export function nodesOf(tree: DecisionNode, kind: DecisionNode["kind"]): readonly DecisionNode[] {
  return tree.kind === kind ? [tree] : tree.children.flatMap((child) => nodesOf(child, kind));
}

function stepsOf(tree: DecisionNode, open: readonly OpenStep[]): readonly StepView[] {
  return nodesOf(tree, "step").map((node, index) => stepView(node, index, open));
}

/** A step's sentence is `Step 2, 1 of security: waiting for 1 more approval` (lib/approval/nodes.ts). */
function stepView(node: DecisionNode, index: number, open: readonly OpenStep[]): StepView {
  const [, number, asked, state] = /^Step (\d{1,3}), (.*?): (.*)$/s.exec(node.sentence) ?? [];
  const because = node.children.find((child) => child.kind === "condition")?.sentence;
  const one = node.verdict === "open" ? open.find(({ words }) => asked?.startsWith(words)) : undefined;
  return {
    number: Number(number ?? index + 1),
    asked: asked ?? node.sentence,
    verdict: node.verdict,
    state: state ?? node.verdict,
    people: nodesOf(node, "approval").map(({ sentence }) => sentence.replace(/ approved$/, "")),
    missing: node.verdict === "open" ? Number(/(\d{1,5}) more approval/.exec(state ?? "")?.[1] ?? 1) : 0,
    possible: one?.people ?? [],
    unreadable: one?.unreadable ?? [],
    ...(because === undefined ? {} : { because }),
  };
}
