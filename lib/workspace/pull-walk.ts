import { decidePull } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import { asDiagnostics, diagnostic, failure, isFailure, type Diagnostic } from "../errors";
import { firstParentsSince, readMergeSnapshot, resolveAccounts } from "../github";
import { stateBefore } from "../log/state-before";
import type { Actor } from "../model/actor";
import type { LogState } from "../model/log-state";
import type { Snapshot } from "../model/snapshot";
import { isHalfRecorded, mergeBasis, recordMerge, type RecordMergeInput } from "../reconcile";
import { pinAccounts } from "./pin-accounts";
import { logViewOf } from "./pull-log-view";
import { keptFacts } from "./pull-merge-facts";
import { mergeOutcome, type MergeOutcome } from "./pull-merge";
import type { OnGitHub } from "./pull-plan";
import { mergedWith } from "./pull-planned";
import { readMergedPolicy } from "./pull-policy";
import type { Workspace } from "./workspace";
import { logWorldOf } from "./world";

/** What became of one commit of the base branch. */
export interface DecidedMerge {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly outcome: MergeOutcome;
  /** Whether the rules that it brings are in force now; absent where it brings none. */
  readonly policy?: "accepted" | "not accepted";
  /** What somebody has to know about it: why its rules are not in force, accounts that were pinned anew. */
  readonly diagnostics: readonly Diagnostic[];
  readonly notices: readonly string[];
}

/** A walk along the base branch. */
export interface Walk {
  readonly merges: readonly DecidedMerge[];
  /** The tip of the base branch, where all of it was walked. */
  readonly tip?: string;
  /** What ended the walk before its end; nothing may widen then. */
  readonly trouble: readonly Diagnostic[];
}

/**
 * Decides every first-parent commit of the base branch since the last one that was decided, each from
 * scratch by its objects, and records each whole before it looks at the next. What ends it early is
 * in its trouble; throws only what keeps the Log from being read.
 */
export async function walkMerges(workspace: Workspace, input: OnGitHub & { readonly by: Actor }): Promise<Walk> {
  const merges: DecidedMerge[] = [];
  try {
    // Another writer that is faster moves the Log on: then the walk begins anew where that one has come to.
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const from = walkedFrom((await workspace.log()).state);
      const { commits, tip } = await firstParentsSince(input.github, input.repository, { from });
      const end = await walk(workspace, { ...input, commits }, merges);
      if (end === "all") return { merges, tip, trouble: [] };
      await (await workspace.log()).refresh();
    }
    throw failure("E605", {
      detail: "another run of `pr apply` records the same merges",
      fix: "let only one run at a time: `concurrency:` in the apply workflow",
    });
  } catch (thrown) {
    if (isFailure(thrown, "log")) throw thrown;
    return { merges, trouble: asDiagnostics(thrown) };
  }
}

const mostAttempts = 10;

/** Where the next walk begins: after the last decided commit, or the one that the policy was accepted with. */
function walkedFrom(state: LogState): string {
  const from = state.decidedCommit ?? state.policy?.commit;
  if (from !== undefined) return from;
  throw failure("E406", {
    summary: "the policy in force comes from no commit",
    fix: "check out the default branch and run `leasehold policy accept`",
  });
}

async function walk(
  workspace: Workspace,
  input: OnGitHub & { readonly by: Actor; readonly commits: readonly string[] },
  merges: DecidedMerge[],
): Promise<"all" | "moved"> {
  for (const commit of input.commits) {
    if (workspace.ports.signal.aborted)
      throw failure("E801", { fix: "run `leasehold pr apply` again: it goes on there" });
    const decided = await decideMerge(workspace, { ...input, commit });
    if (decided === "moved") return "moved";
    merges.push(decided);
  }
  return "all";
}

async function decideMerge(
  workspace: Workspace,
  input: OnGitHub & { readonly by: Actor; readonly commit: string },
): Promise<DecidedMerge | "moved"> {
  const { github, repository, commit, by } = input;
  const { state } = await workspace.log();
  const basis = mergeBasis(state);
  const view = await logViewOf(workspace, {
    asOf: workspace.ports.clock.now(),
    state: await decidedBy(workspace, commit),
  });
  const { snapshot } = await readMergeSnapshot(github, repository, commit, view);
  const decision = decidePull(snapshot);
  const edit = await mergedEdit(workspace, { ...input, snapshot, decision });
  const whole = mergeOutcome(snapshot, decision, edit.policy === "not accepted" ? edit.why : undefined);
  const recorded = await recordMerge({
    ...(await logWorldOf(workspace)),
    ...whole,
    merge: await keptFacts(workspace.store, { snapshot, decision, outcome: whole, edit }),
    verdict: decision.verdict,
    requests: mergedWith(view.merged, { snapshot, decision }),
    ...(edit.record === undefined ? {} : { policy: edit.record }),
    by,
    basis,
  });
  if (recorded.kind === "moved") return "moved";
  return {
    snapshot,
    decision,
    outcome: whole,
    ...(edit.policy === undefined ? {} : { policy: edit.policy }),
    diagnostics: [...edit.diagnostics, ...recorded.refused],
    notices: edit.notices,
  };
}

/** The Log as it stood before this merge, also where a run before this one recorded half of it. */
async function decidedBy(workspace: Workspace, commit: string): Promise<LogState> {
  const { state } = await workspace.log();
  if (!isHalfRecorded(state, commit)) return state;
  return stateBefore(workspace.store, ({ body }) =>
    body.type === "policy.accepted" || body.type === "requests.merged" ? body.commit === commit : false,
  );
}

interface MergedEdit {
  readonly policy?: "accepted" | "not accepted";
  readonly record?: NonNullable<RecordMergeInput["policy"]>;
  /** Why it is not accepted. */
  readonly why?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly notices: readonly string[];
}

/** The policy that a merge makes: only where its edit was approved, and its program says what was reviewed. */
async function mergedEdit(
  workspace: Workspace,
  merge: OnGitHub & { readonly snapshot: Snapshot; readonly decision: PullDecision },
): Promise<MergedEdit> {
  const { snapshot, decision, github } = merge;
  if (decision.policyEdit === undefined) return { diagnostics: [], notices: [] };
  if (decision.policyEdit.verdict !== "approved" || decision.refused.length > 0 || decision.verdict === "invalid") {
    return notAccepted(diagnostic("E404", editNotApproved(snapshot)));
  }
  try {
    const { manifest, governed, constructs } = await readMergedPolicy(workspace.ports, merge);
    const before = snapshot.policy?.pinned ?? [];
    const resolve = (logins: readonly string[]) => resolveAccounts(github, logins);
    const { pinned, notices } = await pinAccounts({ manifest, before, resolve });
    return {
      policy: "accepted",
      record: { manifest, governed, pinned },
      diagnostics: [],
      notices: [...notices, ...constructNotices(constructs)],
    };
  } catch (thrown) {
    // What is wrong with the commit is for ever; what is wrong with the way to it ends the walk.
    const isForEver = isFailure(thrown, "input") || isFailure(thrown, "refused") || isFailure(thrown, "log");
    if (!isForEver || thrown.code.startsWith("E52")) throw thrown;
    const [first = diagnostic("E404", editNotApproved(snapshot)), ...more] = thrown.diagnostics;
    return notAccepted(first, ...more);
  }
}

function notAccepted(first: Diagnostic, ...more: readonly Diagnostic[]): MergedEdit {
  const why = `the same merge edits governed files, and that edit is not in force: ${first.detail ?? first.summary}`;
  return { policy: "not accepted", why, diagnostics: [first, ...more], notices: [] };
}

function editNotApproved({ subject }: Snapshot): { readonly detail: string; readonly fix: string } {
  return {
    detail: `the edit of governed files in ${subject.sha.slice(0, 12)} was not approved: it is not in force, and nothing widens`,
    fix: "take it back in a pull request; or look at it, check it out and run `leasehold policy accept`",
  };
}

function constructNotices(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [`Requests that the rules declare are not taken over, only files are: ${names.slice(0, 5).join(", ")}.`];
}
