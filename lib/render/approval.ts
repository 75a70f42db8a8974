import type { ApprovalGiven } from "../model/approval";
import type { Decision } from "../model/decision";
import type { Instant } from "../model/instant";
import { count } from "./counts";
import { renderDecision } from "./decision";
import { canonicalJsonText } from "./json";
import { terminalVoice } from "./voice";

/** An approval as it is told: what was given, and where the request stands with it. */
export interface ApprovalView {
  readonly approval: ApprovalGiven;
  readonly changed: boolean;
  readonly decisions: readonly Decision[];
}

/** An approval that was just given, and what is still missing. */
export function renderApproval(
  view: ApprovalView,
  options: { readonly format: "text" | "json"; readonly now: Instant; readonly colour?: boolean },
): string {
  if (options.format === "json") return canonicalJsonText({ approvalVersion: 1, ...view });
  const voice = terminalVoice({ colour: options.colour ?? false });
  const { approval } = view;
  const how = approval.by.authenticatedBy === "unauthenticated" ? " (unauthenticated: only what was typed)" : "";
  const person = voice.text(approval.person);
  const request = voice.text(approval.request);
  const head = view.changed
    ? `${person} approved ${request}${how}, ${count(approval.items.length, "grant")}.`
    : `${person} had approved ${request} before; nothing new was recorded.`;
  const open = view.decisions.filter((decision) => decision.verdict !== "approved");
  const trees = open.map((decision) => renderDecision(decision, { format: "text", colour: options.colour ?? false }));
  const tail = open.length === 0 ? "All that it needs is there: `leasehold apply` starts it." : "It still waits:";
  return [head, tail, ...trees].join("\n");
}
