import type { PullDecision } from "../approval/pull/pull-decision";
import type { DecisionNode, NodeVerdict } from "../model/decision";
import type { FoldedSection } from "./markdown-fit";
import { markdownVoice } from "./voice";

/** A sign for each verdict in Markdown, always with words. */
export const nodeMarks: Readonly<Record<NodeVerdict, string>> = { met: "✓", open: "…", failed: "✗", "not needed": "–" };

/** How each rule was evaluated: the whole Decision as a nested list, folded. */
export function decisionSection(decision: PullDecision): FoldedSection {
  return { title: "How each rule was evaluated", body: nodeLines(decision.tree, 0).join("\n") };
}

/** Deeper lists are no help to a reader. */
const deepest = 20;

function nodeLines(node: DecisionNode, depth: number): readonly string[] {
  if (depth > deepest) return [];
  const line = `${"  ".repeat(depth)}- ${nodeMarks[node.verdict]} ${node.verdict}: ${markdownVoice.text(node.sentence)}`;
  return [line, ...node.children.flatMap((child) => nodeLines(child, depth + 1))];
}
