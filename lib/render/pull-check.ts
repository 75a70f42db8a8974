import { assertNever } from "../model/exhaustive";
import { escapeTerminal } from "./escape";
import { pullAnnotations, type PullAnnotation } from "./pull-annotations";
import { pullComment } from "./pull-comment";
import type { PullInput } from "./pull-input";
import { pullVerdict } from "./pull-verdict";
import { bounded, markdownVoice, plainVoice } from "./voice";

/** A check run as it is published; never neutral or skipped, which GitHub counts as passing. */
export interface PullCheck {
  readonly conclusion: "success" | "failure" | "action_required";
  /** Plain text. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** Markdown: what the comment says. */
  readonly text: string;
  readonly annotations: readonly PullAnnotation[];
}

/**
 * The check run of a pull request. It succeeds only where everything that is widened is approved, or
 * nothing is, all that must be seen is shown, and nothing went wrong on the way.
 */
export function pullCheck(input: PullInput): PullCheck {
  const { text, fits } = pullComment(input);
  const verdict = pullVerdict(input, plainVoice);
  const title = fits ? verdict : `Does not fit in the comment: ${verdict}`;
  const summary = `${fits ? "" : "Not all that must be seen fits in the comment, so this check fails. Split the change.\n\n"}${pullVerdict(input, markdownVoice)}.`;
  return {
    conclusion: conclusionOf(input, { fits }),
    title: bounded(escapeTerminal(title), mostTitle),
    summary,
    text,
    annotations: pullAnnotations(input),
  };
}

/** GitHub cuts longer titles. */
const mostTitle = 200;

function conclusionOf(input: PullInput, { fits }: { readonly fits: boolean }): PullCheck["conclusion"] {
  if (!fits || (input.trouble ?? []).length > 0) return "failure";
  if ((input.receipt ?? []).some(({ failed }) => failed !== undefined)) return "failure";
  switch (input.decision.verdict) {
    case "approved":
    case "nothing to approve":
      return "success";
    case "waiting":
      return "action_required";
    case "refused":
    case "invalid":
      return "failure";
    default:
      return assertNever(input.decision.verdict);
  }
}
