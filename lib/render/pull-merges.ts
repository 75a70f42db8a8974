import type { PullDecision } from "../approval/pull/pull-decision";
import type { Snapshot } from "../model/snapshot";
import { count } from "./counts";
import { canonicalJsonText } from "./json";
import { short } from "./pull-names";
import { terminalVoice } from "./voice";

/** A merge that was decided, and what became of it. */
export interface MergeView {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly outcome: { readonly unapproved: readonly unknown[]; readonly refused: readonly unknown[] };
  readonly policy?: "accepted" | "not accepted";
}

/** A line for each merge, or a JSON document of them; empty for none as text. */
export function renderMerges(merges: readonly MergeView[], options: { readonly format: "text" | "json" }): string {
  if (options.format === "text") return merges.map(lineOf).join("\n");
  return canonicalJsonText({
    mergesVersion: 1,
    merges: merges.map(({ snapshot, decision, outcome, policy }) => ({
      commit: snapshot.subject.sha,
      ...(snapshot.pull === undefined ? {} : { pull: snapshot.pull.number }),
      verdict: decision.verdict,
      approvals: decision.approvals.length,
      refused: outcome.unapproved.length,
      spent: outcome.refused.length,
      ...(policy === undefined ? {} : { policy }),
    })),
  });
}

function lineOf({ snapshot, decision, outcome, policy }: MergeView): string {
  const { text } = terminalVoice({ colour: false });
  const where = snapshot.pull === undefined ? "without a pull request" : `#${snapshot.pull.number}`;
  const going = decision.grants.length - outcome.unapproved.length;
  const parts = [
    `${short(snapshot.subject.sha)} ${where}: ${text(decision.verdict)}`,
    ...(decision.grants.length === 0 ? [] : [`${count(going, "grant")} approved`]),
    ...(outcome.unapproved.length === 0 ? [] : [`${outcome.unapproved.length} refused for ever`]),
    ...(decision.narrowing.length === 0 ? [] : [`${count(decision.narrowing.length, "request")} narrowed or removed`]),
    ...(policy === undefined ? [] : [policy === "accepted" ? "its rules are in force" : "its rules are not in force"]),
  ];
  return parts.join(", ");
}
