import { asDiagnostics, isFailure, type Diagnostic } from "../errors";
import { writeIssue } from "../github";
import { unapprovedMergeIssue } from "../render/pull-issue";
import type { OnGitHub } from "./pull-plan";
import { inputOf } from "./pull-told";
import type { KeptMerge } from "./pull-untold";

/** What writing issues came to. */
export interface WrittenIssues {
  /** The commits of merges whose issues are there. */
  readonly told: ReadonlySet<string>;
  /** What kept the others from it. */
  readonly trouble: readonly Diagnostic[];
}

/** Writes one issue for each merge of which something was refused, or whose rules were not accepted; none twice. */
export async function writeIssues(on: OnGitHub, merges: readonly KeptMerge[]): Promise<WrittenIssues> {
  const told = new Set<string>();
  const trouble: Diagnostic[] = [];
  for (const { facts, snapshot, decision, diagnostics } of merges) {
    if (facts.refused === undefined) continue;
    const { installation, subject, asOf } = snapshot;
    // What its rules program said is as wrong with the merge as what its files say.
    const all = { ...decision, diagnostics: [...decision.diagnostics, ...diagnostics] };
    const { title, body } = unapprovedMergeIssue(inputOf({ snapshot, decision: all, trouble: [], now: asOf }, ""));
    try {
      await writeIssue(on.github, on.repository, { installation, key: subject.sha, title, text: body.trimStart() });
      told.add(subject.sha);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      trouble.push(...asDiagnostics(thrown));
      // Where GitHub cannot be reached, the others cannot be written either.
      if (thrown.class === "unreachable" || thrown.class === "credential") break;
    }
  }
  return { told, trouble };
}
