import { asDiagnostics, isFailure, type Diagnostic } from "../errors";
import { writeIssue } from "../github";
import { unapprovedMergeIssue } from "../render/pull-issue";
import type { OnGitHub } from "./pull-plan";
import { inputOf } from "./pull-told";
import type { DecidedMerge } from "./pull-walk";

/** Writes one issue for each merge of which something was refused, or whose rules are not in force. Gives what kept it from that. */
export async function writeIssues(on: OnGitHub, merges: readonly DecidedMerge[]): Promise<readonly Diagnostic[]> {
  const trouble: Diagnostic[] = [];
  for (const { snapshot, decision, diagnostics } of merges.filter(isToBeTold)) {
    const { installation, subject, asOf } = snapshot;
    // What its rules program said is as wrong with the merge as what its files say.
    const all = { ...decision, diagnostics: [...decision.diagnostics, ...diagnostics] };
    const { title, body } = unapprovedMergeIssue(inputOf({ snapshot, decision: all, trouble: [], now: asOf }, ""));
    try {
      await writeIssue(on.github, on.repository, { installation, key: subject.sha, title, text: body.trimStart() });
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      trouble.push(...asDiagnostics(thrown));
    }
  }
  return trouble;
}

function isToBeTold({ outcome, policy }: DecidedMerge): boolean {
  return outcome.unapproved.length > 0 || outcome.refused.length > 0 || policy === "not accepted";
}
