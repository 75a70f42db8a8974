import type { PullDecision } from "../approval/pull/pull-decision";
import { titled } from "./plan-sections";
import { markdownProse } from "./voice";

/** Why a whole commit is refused, each with what mends it; empty when it is not. */
export function wholeRefusals({ refused }: PullDecision): string {
  return titled(
    "Refused as a whole",
    refused.map(({ sentence, fix }) => `- ! ${markdownProse(sentence)}\n  fix: ${markdownProse(fix)}`),
  );
}
