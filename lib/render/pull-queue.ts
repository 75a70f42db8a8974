import type { PullDecision } from "../approval/pull/pull-decision";
import type { Instant } from "../model/instant";
import type { Snapshot } from "../model/snapshot";
import { count } from "./counts";
import { escapeTerminal } from "./escape";
import type { PullCheck } from "./pull-check";
import { short } from "./pull-names";
import { pullVerdict } from "./pull-verdict";
import { bounded, markdownVoice, plainVoice } from "./voice";

/** What a merge queue's commit holds, decided. */
export interface QueueInput {
  readonly decided: readonly { readonly snapshot: Snapshot; readonly decision: PullDecision }[];
  readonly passes: boolean;
  readonly now: Instant;
}

/** The check run of a merge queue's commit: a line for each pull request in it. */
export function queueCheck({ decided, passes, now }: QueueInput): PullCheck {
  const lines = decided.slice(0, mostLines).map(({ snapshot, decision }) => {
    const input = { snapshot, decision, now, marker: "" };
    const number = snapshot.pull === undefined ? "a commit without a pull request" : `#${snapshot.pull.number}`;
    const refused = decision.refused.map(({ sentence }) => ` ${markdownVoice.text(sentence)}`).join("");
    return `- ${number} as ${markdownVoice.code(short(snapshot.subject.sha))}: ${pullVerdict(input, markdownVoice)}.${refused}`;
  });
  const first = decided.find(({ decision }) => !["approved", "nothing to approve"].includes(decision.verdict));
  const title =
    first === undefined
      ? `${count(decided.length, "merge")} approved`
      : pullVerdict({ ...first, now, marker: "" }, plainVoice);
  return {
    conclusion: passes ? "success" : "failure",
    title: bounded(escapeTerminal(title), 200),
    summary: lines.length === 0 ? "The queue's commit brings no merge that could be decided." : lines.join("\n"),
    text: "",
    annotations: [],
  };
}

/** A queue merges few at a time. */
const mostLines = 100;
