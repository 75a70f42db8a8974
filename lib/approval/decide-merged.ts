import type { Decision } from "../model/decision";
import type { MergeFacts } from "../model/merge";
import { noMergeWords } from "../policy";
import { decide } from "./decide";
import type { DecisionInput } from "./input";

/**
 * Decides one Grant of a merged request: where approvals are on GitHub, as the merge that brought the request
 * was decided: without those who made it, with the teams as they were. A request that no merge brought is
 * approved by nobody there, and by no rule. Elsewhere it is `decide`.
 */
export function decideMerged(input: DecisionInput, merge: MergeFacts | undefined): Decision {
  if (input.manifest.approvals !== "github") return decide(input);
  if (merge === undefined) return broughtByNothing(input);
  const [author, ...coAuthors] = merge.authors;
  return decide({
    ...input,
    ...(author === undefined ? {} : { author }),
    coAuthors,
    unverified: merge.unverified,
    noAutomatic: merge.unverified || merge.noAutomatic === true,
    rosters: new Map(merge.rosters.map(({ group, people }) => [group, people])),
  });
}

function broughtByNothing({ desired }: DecisionInput): Decision {
  return {
    grant: desired.id,
    request: desired.request,
    verdict: "waiting",
    by: "nobody",
    approvers: [],
    tree: {
      kind: "rule",
      verdict: "open",
      sentence: noMergeWords(desired.request),
      children: [],
    },
  };
}
