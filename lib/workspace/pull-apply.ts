import { governedConfig } from "../config";
import {
  asDiagnostics,
  catalogue,
  diagnostic,
  exitCodes,
  failure,
  LeaseholdError,
  strongestExitCode,
  type Diagnostic,
} from "../errors";
import { readMergeSnapshot } from "../github";
import type { Actor } from "../model/actor";
import { canonicalJson, type Digest } from "../model/canonical";
import { runPass } from "../reconcile/pass";
import type { PassEvent, PassReport } from "../reconcile/report";
import { tryEndAsSeen } from "./end-as-seen";
import { logViewOf } from "./pull-log-view";
import type { OnGitHub } from "./pull-plan";
import { tellMerges } from "./pull-tell";
import { walkMerges, type DecidedMerge, type Walk } from "./pull-walk";
import type { PolicyInForce, Workspace } from "./workspace";
import { worldOf } from "./world";

/** How to apply what was merged. */
export interface ApplyMergesInput extends OnGitHub {
  readonly by: Actor;
  readonly confirmRemovals?: number;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What applying came to. */
export interface AppliedMerges {
  readonly merges: readonly DecidedMerge[];
  readonly report: PassReport;
  /** What kept something from being read or published, and what was merged without approval. */
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/**
 * Decides and records every merge since the last decided one, then runs one pass, and makes receipts of the
 * comments. Where the Log cannot be reached, only what is due ends. Where GitHub cannot be read to the end, its
 * history was rewritten, or the base branch is not what was accepted, nothing new starts and the endings go on.
 * Throws E305 without a policy and E406 where the policy takes its approvals elsewhere.
 */
export async function applyMerges(workspace: Workspace, input: ApplyMergesInput): Promise<AppliedMerges> {
  const cutOff = await tryEndAsSeen(workspace, input);
  if (cutOff !== undefined) return { ...cutOff, merges: [], diagnostics: [] };
  await requirePolicy(workspace);
  const earlier = new Set((await workspace.log()).state.untold?.keys());
  const walk = await walkMerges(workspace, input);
  const widensNothing = await whyNothingWidens(workspace, input, walk);
  const report = await runPass({
    ...(await worldOf(workspace)),
    mode: "apply",
    signal: workspace.ports.signal,
    ...(widensNothing === undefined ? {} : { widensNothing }),
    ...(input.confirmRemovals === undefined ? {} : { confirmRemovals: input.confirmRemovals }),
    ...(input.onEvent === undefined ? {} : { onEvent: input.onEvent }),
  });
  const unapproved = walk.merges.flatMap(unapprovedDiagnostics);
  // Nothing that was decided depends on what is said of it. Where GitHub is not there now, the next run says it.
  const decided = walk.merges.map(({ snapshot, decision }) => ({ snapshot, decision }));
  const unsaid = isOutOfReach(walk) ? [] : await tellMerges(workspace, { ...input, decided, earlier, report });
  const diagnostics = [...walk.trouble.filter((one) => !isTold(report, one)), ...unapproved, ...unsaid];
  return { merges: walk.merges, report, diagnostics, exitCode: exitCodeOf(diagnostics, report) };
}

/** Whether the walk ended because GitHub cannot be reached, or this run is to stop. */
function isOutOfReach({ trouble }: Walk): boolean {
  return trouble.some(({ code }) => {
    const { class: kind } = catalogue[code];
    return kind !== "refused" && kind !== "input";
  });
}

/** The pass has said it, as why nothing widens. */
function isTold({ errors }: PassReport, { code, detail }: Diagnostic): boolean {
  return errors.some((one) => one.code === code && one.detail === detail);
}

async function requirePolicy(workspace: Workspace): Promise<PolicyInForce> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) {
    throw failure("E305", { fix: "check out the default branch and run `leasehold policy accept`" });
  }
  if (policy.manifest.approvals === "github") return policy;
  throw failure("E406", {
    summary: "the policy in force takes approvals on this machine",
    fix: "set `approvals: github` in leasehold.yaml, commit it, and run `leasehold policy accept`",
  });
}

/** Why nothing may widen in the pass: the walk did not come to its end, or the base branch says something else than what was accepted. */
async function whyNothingWidens(
  workspace: Workspace,
  input: OnGitHub,
  walk: Walk,
): Promise<LeaseholdError | undefined> {
  if (walk.trouble.length > 0) return new LeaseholdError(walk.trouble);
  // Read again: a merge of this walk may have brought another policy.
  const { manifest } = await requirePolicy(workspace);
  const { gateways, approvals, limits, protected: kept } = manifest;
  const config = governedConfig(workspace.repository.config);
  if (canonicalJson(config) !== canonicalJson({ gateways, approvals, limits, protected: kept })) {
    return notAccepted("leasehold.yaml of the checked-out branch is not that of the policy in force");
  }
  try {
    const { state } = await workspace.log();
    const there = await governedAtTip(workspace, input, walk);
    if (there === state.policy?.governed) return undefined;
    return notAccepted("the governed files of the base branch are not those of the policy in force");
  } catch (thrown) {
    return new LeaseholdError(asDiagnostics(thrown));
  }
}

function notAccepted(detail: string): LeaseholdError {
  return failure("E301", {
    summary: "the base branch is not what was accepted",
    detail: `${detail}; endings were carried out, nothing was widened`,
    fix: "take the edit back in a pull request; or look at it, check it out and run `leasehold policy accept`",
  });
}

/** The digest of the governed files at the tip of the base branch. */
async function governedAtTip(workspace: Workspace, input: OnGitHub, walk: Walk): Promise<Digest | undefined> {
  const last = walk.merges.at(-1);
  if (last !== undefined) return last.snapshot.subject.governed;
  const { state } = await workspace.log();
  if (walk.tip === undefined || walk.tip === state.policy?.commit) return state.policy?.governed;
  const view = await logViewOf(workspace, { asOf: workspace.ports.clock.now(), state });
  const { snapshot } = await readMergeSnapshot(input.github, input.repository, walk.tip, view);
  return snapshot.subject.governed;
}

/** E404 for each merge of which something was refused. */
function unapprovedDiagnostics({ snapshot, outcome, diagnostics }: DecidedMerge): readonly Diagnostic[] {
  const { subject, pull } = snapshot;
  const where = `${subject.sha.slice(0, 12)}${pull === undefined ? "" : ` (#${pull.number})`}`;
  const refused = outcome.unapproved.slice(0, 5).map(({ desired }) => `${desired.person} on ${desired.connection}`);
  if (outcome.unapproved.length === 0 && outcome.refused.length === 0) return diagnostics;
  const names = outcome.refused.slice(0, 5).map(({ request }) => request);
  const more =
    outcome.unapproved.length > refused.length ? ` and ${outcome.unapproved.length - refused.length} more` : "";
  return [
    ...diagnostics,
    diagnostic("E404", {
      detail: `${where}: refused for ever: ${refused.length > 0 ? `${refused.join(", ")}${more}` : names.join(", ")}`,
      fix: "write a new request under another name, and merge it when it is approved",
    }),
  ];
}

function exitCodeOf(diagnostics: readonly Diagnostic[], report: PassReport): number {
  const codes = diagnostics
    .filter((one) => one.severity === "error")
    .map((one): number => exitCodes[catalogue[one.code].class]);
  return strongestExitCode([...codes, ...report.exitCodes]);
}
