import { exitCodeOf, exitCodes, strongestExitCode, type Diagnostic } from "../errors";
import type { Actor } from "../model/actor";
import type { Plan } from "../model/plan";
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
  const isBegun = (await workspace.tryPolicyInForce()) !== undefined;
  const merged = isBegun
    ? await recordMergedRequests({ ...world, requests: declared.requests, by: options.by })
    : undefined;
  const report = await runPass({
    ...common,
    mode: "apply",
    workingTree: declared.rules.digest,
    ...(options.planned === undefined ? {} : { planned: options.planned }),
    ...(options.confirmRemovals === undefined ? {} : { confirmRemovals: options.confirmRemovals }),
  });
  return applied([...diagnostics, ...(merged?.refused ?? [])], report);
}

function applied(diagnostics: readonly Diagnostic[], report: PassReport): Applied {
  const lacking = report.refusals.length > 0 || report.approvals.length > 0 ? [exitCodes.refused] : [];
  const codes = [exitCodeOf(diagnostics), ...report.exitCodes, ...lacking].filter((code) => code !== 0);
  return { diagnostics, report, exitCode: strongestExitCode(codes) };
}
