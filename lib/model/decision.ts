import type { GrantId } from "./grant";

/** Where a node of a Decision stands. */
export type NodeVerdict = "met" | "open" | "failed" | "not needed";

/** One statement of a Decision with the statements under it. */
export interface DecisionNode {
  readonly kind: "rule" | "automatic" | "condition" | "step" | "approval" | "exclusion";
  readonly verdict: NodeVerdict;
  /** One sentence for people. */
  readonly sentence: string;
  readonly children: readonly DecisionNode[];
}

/** The approval result for one Grant as a tree with reasons. */
export interface Decision {
  readonly grant: GrantId;
  readonly request: string;
  /** `refused` is final for this request; `waiting` needs people. */
  readonly verdict: "approved" | "waiting" | "refused";
  readonly by: "automatic" | "people" | "nobody";
  /** Who filled the places, in order of the steps. */
  readonly approvers: readonly string[];
  readonly tree: DecisionNode;
}
