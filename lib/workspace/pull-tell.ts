import { asDiagnostics, isFailure, type Diagnostic } from "../errors";
import { recordTold } from "../reconcile/record-told";
import type { PassReport } from "../reconcile/report";
import { writeIssues } from "./pull-issues";
import type { OnGitHub } from "./pull-plan";
import { updateReceipts } from "./pull-receipts";
import { readKeptMerge, type KeptMerge, type ToldMerge } from "./pull-untold";
import type { Workspace } from "./workspace";
import { logWorldOf } from "./world";

/** What there is to tell after a run. */
export interface TellMergesInput extends OnGitHub {
  /** The merges that this run decided. */
  readonly decided: readonly ToldMerge[];
  /** Commits that the Log held untold when the run began. */
  readonly earlier: ReadonlySet<string>;
  /** What its pass did. */
  readonly report: PassReport;
}

/** In one run: the rest has its turn in the next one. */
const mostMerges = 50;

/**
 * Tells on GitHub what became of merges: an issue for each of which something was refused, receipts in the
 * comments of pull requests. What the Grants do not show is told from the Log, also what a run before could not
 * tell, and recorded as told only once it stands there. Gives what kept it from that.
 */
export async function tellMerges(workspace: Workspace, input: TellMergesInput): Promise<readonly Diagnostic[]> {
  const trouble: Diagnostic[] = [];
  const owed = await readOwed(workspace, input, trouble);
  const issues = await writeIssues(input, owed);
  const known = new Set(owed.map(({ facts }) => facts.commit));
  const others = input.decided.filter(({ snapshot }) => !known.has(snapshot.subject.sha));
  const receipts = await updateReceipts(workspace, { ...input, merges: [...owed, ...others] });
  const told = owed.filter(
    ({ facts: { commit, refused, pull } }) =>
      (refused === undefined || issues.told.has(commit)) && (pull === undefined || receipts.told.has(commit)),
  );
  trouble.push(...issues.trouble, ...receipts.trouble);
  try {
    await recordTold({ ...(await logWorldOf(workspace)), commits: told.map(({ facts }) => facts.commit) });
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    trouble.push(...asDiagnostics(thrown));
  }
  return trouble;
}

/**
 * What is still to be told of what this run decided, or found untold when it began: a run beside this one tells its
 * own, and may have told meanwhile what was there before.
 */
async function readOwed(
  workspace: Workspace,
  { decided, earlier }: TellMergesInput,
  trouble: Diagnostic[],
): Promise<readonly KeptMerge[]> {
  const log = await workspace.log();
  await log.refresh();
  const { state } = log;
  const ours = new Set([...earlier, ...decided.map(({ snapshot }) => snapshot.subject.sha)]);
  const owed: KeptMerge[] = [];
  for (const [commit, facts] of state.untold ?? []) {
    if (!ours.has(commit) || owed.length === mostMerges) continue;
    try {
      owed.push(await readKeptMerge(workspace.store, state, facts));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      trouble.push(...asDiagnostics(thrown));
    }
  }
  return owed;
}
