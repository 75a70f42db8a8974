import type { Decision, DecisionNode, NodeVerdict } from "../model/decision";
import { someOf } from "./counts";
import { canonicalJsonText } from "./json";
import { terminalVoice, type Paint, type Tone, type Voice } from "./voice";

/** How a Decision is told. */
export interface DecisionOptions {
  /** Default `text`. */
  readonly format?: "text" | "json";
  readonly colour?: boolean;
}

/** A Decision and why, as indented sentences or JSON; no line break at the end. */
export function renderDecision(decision: Decision, options: DecisionOptions): string {
  if (options.format === "json") return canonicalJsonText({ decisionVersion: 1, ...decision });
  const voice = terminalVoice({ colour: options.colour ?? false });
  return decisionLines(decision, voice).join("\n");
}

/** The verdict of a Decision and its tree, a line each, marks and words together. */
export function decisionLines(decision: Decision, voice: Voice & { readonly paint: Paint }): readonly string[] {
  return [`${voice.strong(decision.request)}: ${verdictWords(decision, voice)}`, ...nodeLines(decision.tree, voice, 1)];
}

const looks: Readonly<Record<NodeVerdict, { readonly mark: string; readonly tone: Tone }>> = {
  met: { mark: "+", tone: "good" },
  open: { mark: "~", tone: "careful" },
  failed: { mark: "x", tone: "bad" },
  "not needed": { mark: ".", tone: "quiet" },
};

/** Trees are as deep as the conditions of a rule; see limits.conditionNodes. */
const deepest = 40;

/** A tree of a Decision, a line for each node, indented. */
export function nodeLines(
  node: DecisionNode,
  voice: Voice & { readonly paint: Paint },
  depth: number,
): readonly string[] {
  if (depth > deepest) return [];
  const { mark, tone } = looks[node.verdict];
  const line = `${"  ".repeat(depth)}${voice.paint(tone, `${mark} ${node.verdict}:`)} ${voice.text(node.sentence)}`;
  return [line, ...node.children.flatMap((child) => nodeLines(child, voice, depth + 1))];
}

function verdictWords(decision: Decision, voice: Voice): string {
  switch (decision.verdict) {
    case "approved":
      return decision.by === "automatic"
        ? "approved automatically"
        : `approved by ${someOf(decision.approvers.map(voice.strong), 5)}`;
    case "waiting":
      return decision.approvers.length === 0
        ? "waits for approval"
        : `waits for more approval; so far ${someOf(decision.approvers.map(voice.strong), 5)}`;
    case "refused":
      return "refused";
  }
}
