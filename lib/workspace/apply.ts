import { diagnostic, exitCodeOf, exitCodes, strongestExitCode, type Diagnostic } from "../errors";
import type { Actor } from "../model/actor";
import type { Plan } from "../model/plan";
import type { RequestSet } from "../model/request";
import type { World } from "../reconcile/input";
import { recordMergedRequests } from "../reconcile/record-requests";
import { runPass } from "../reconcile/pass";
import type { PassEvent, PassReport } from "../reconcile/report";
import { checkDeclared } from "./plan";
import { readDeclared } from "./declared";
import type { Workspace } from "./workspace";
import { worldOf } from "./world";

/** How to apply. */
export interface ApplyOptions {
  readonly by: Actor;
  /** A plan file: refused when stale; nothing outside it but endings. */
  readonly planned?: Plan;
  readonly confirmRemovals?: number;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What an apply came to. */
export interface Applied {
  /** What is wrong with the input; with errors only endings were carried out. */
  readonly diagnostics: readonly Diagnostic[];
  readonly report: PassReport;
  readonly exitCode: number;
}

/**
 * Records the working tree's requests as merged and runs one pass. With an invalid input nothing new
 * is recorded or granted, and the endings that are due still go on. The rules are never accepted here.
 */
export async function applyTree(workspace: Workspace, options: ApplyOptions): Promise<Applied> {
  const declared = await readDeclared(workspace.ports, workspace.repository);
  const diagnostics = await checkDeclared(workspace, declared, workspace.ports.clock.now());
  const world = await worldOf(workspace);
  const common = { ...world, signal: workspace.ports.signal, onEvent: options.onEvent ?? (() => undefined) };
  if (declared.rules === undefined || exitCodeOf(diagnostics) !== 0) {
    const report = await runPass({ ...common, mode: "reconcile", scope: "endings" });
    return applied(diagnostics, report);
  }
  const refused = await mergeTree(workspace, { world, requests: declared.requests, by: options.by });
  const report = await runPass({
    ...common,
    mode: "apply",
    workingTree: declared.rules.digest,
    ...(options.planned === undefined ? {} : { planned: options.planned }),
    ...(options.confirmRemovals === undefined ? {} : { confirmRemovals: options.confirmRemovals }),
  });
  return applied([...diagnostics, ...refused], report);
}

/** Merges the requests of the tree where its owner decides on this machine; where GitHub decides, a merge there does. */
async function mergeTree(
  workspace: Workspace,
  what: { readonly world: World; readonly requests: RequestSet; readonly by: Actor },
): Promise<readonly Diagnostic[]> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) return [];
  if (policy.manifest.approvals === "github") return notMergedHere(workspace, what.requests);
  return (await recordMergedRequests({ ...what.world, requests: what.requests, by: what.by })).refused;
}

/** E406 for requests of the tree that no merge has brought, and for merged ones that the tree no longer has. */
async function notMergedHere(workspace: Workspace, tree: RequestSet): Promise<readonly Diagnostic[]> {
  const { names } = (await workspace.log()).state;
  const merged = await workspace.mergedRequests();
  const there = new Set(tree.requests.map(({ name }) => name));
  const added = tree.requests.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const removed = merged.requests.filter(({ name }) => !there.has(name)).map(({ name }) => name);
  const differing = [...added, ...removed];
  if (differing.length === 0) return [];
  const some = differing.slice(0, 5).join(", ");
  return [
    diagnostic("E406", {
      detail: `${some}${differing.length > 5 ? ` and ${differing.length - 5} more` : ""}: requests come with an approved pull request`,
      fix: "merge the pull request, then run `leasehold pr apply` (the apply workflow does)",
    }),
  ];
}

function applied(diagnostics: readonly Diagnostic[], report: PassReport): Applied {
  const lacking = report.refusals.length > 0 || report.approvals.length > 0 ? [exitCodes.refused] : [];
  const codes = [exitCodeOf(diagnostics), ...report.exitCodes, ...lacking].filter((code) => code !== 0);
  return { diagnostics, report, exitCode: strongestExitCode(codes) };
}
