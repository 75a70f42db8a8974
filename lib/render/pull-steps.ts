import type { JudgedGrant, PullDecision } from "../approval/pull/pull-decision";
import type { DecisionNode } from "../model/decision";
import { groupBy } from "./counts";

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

/** Every step that a pull request is asked, those of Grants with the same state together. */
export function stepGroups(decision: PullDecision): readonly StepGroup[] {
  const ofGrants = decision.grants.flatMap((judged) => [
    { source: `rule ${judged.desired.rule}`, judged, steps: stepsOf(judged.decision.tree) },
    ...(judged.underNewRules === undefined
      ? []
      : [{ source: "the rules of this pull request", judged, steps: stepsOf(judged.underNewRules.tree) }]),
  ]);
  const groups = [...groupBy(ofGrants, ({ source, steps }) => JSON.stringify([source, steps])).values()];
  const { policyEdit } = decision;
  const ofRules = policyEdit === undefined ? [] : stepsOf(policyEdit.tree);
  return [
    ...(ofRules.length === 0 ? [] : [{ source: "edit of rules", grants: [], steps: ofRules }]),
    ...groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined || first.steps.length === 0) return [];
      return [{ source: first.source, grants: group.map(({ judged }) => judged), steps: first.steps }];
    }),
  ];
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

function stepsOf(tree: DecisionNode): readonly StepView[] {
  return nodesOf(tree, "step").map(stepView);
}

/** A step's sentence is `Step 2, 1 of security: waiting for 1 more approval` (lib/approval/nodes.ts). */
function stepView(node: DecisionNode, index: number): StepView {
  const [, number, asked, state] = /^Step (\d{1,3}), (.*?): (.*)$/s.exec(node.sentence) ?? [];
  const because = node.children.find((child) => child.kind === "condition")?.sentence;
  return {
    number: Number(number ?? index + 1),
    asked: asked ?? node.sentence,
    verdict: node.verdict,
    state: state ?? node.verdict,
    people: nodesOf(node, "approval").map(({ sentence }) => sentence.replace(/ approved$/, "")),
    missing: node.verdict === "open" ? Number(/(\d{1,5}) more approval/.exec(state ?? "")?.[1] ?? 1) : 0,
    ...(because === undefined ? {} : { because }),
  };
}
