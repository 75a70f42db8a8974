import { asDiagnostics, exitCodeOf, exitCodes, type Diagnostic } from "../errors";
import type { Digest } from "../model/canonical";
import type { Decision } from "../model/decision";
import type { DesiredState } from "../model/desired";
import type { ProviderDescription } from "../model/gateway";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { Plan } from "../model/plan";
import type { RequestSet } from "../model/request";
import { makePlan } from "../plan";
import { desiredState } from "../policy";
import { readAnchor, recoveringFailure, tryFindAnchorLoss, tryFindLoss } from "../reconcile";
import { checkRequests } from "../validate";
import { readDeclared, type Declared } from "./declared";
import type { Workspace } from "./workspace";

/** How to plan. */
export interface PlanOptions {
  readonly asOf: Instant;
  /** Against the Log alone: no gateway is asked. */
  readonly offline: boolean;
  readonly confirmRemovals?: number;
}

/** A plan of the working tree, or why there is none. */
export interface PlannedTree {
  /** Absent when the input is not valid. */
  readonly plan?: Plan;
  readonly declared: Declared;
  /** All that is wrong: with the input, and with the Log where it is recovering. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is planned for. */
export interface PlanSubject {
  readonly manifest: Manifest;
  readonly manifestDigest: Digest;
  readonly requests: RequestSet;
  readonly desired: DesiredState;
  readonly decisions?: ReadonlyMap<GrantId, Decision>;
}

/**
 * What an apply of the working tree would do once its approvals are there. Reads only, makes no Log.
 * Throws what the Log and the gateways throw; problems of the input come back.
 */
export async function planTree(workspace: Workspace, options: PlanOptions): Promise<PlannedTree> {
  const declared = await readDeclared(workspace.ports, workspace.repository);
  const diagnostics = await checkDeclared(workspace, declared, options.asOf);
  if (declared.rules === undefined || exitCodeOf(diagnostics) !== 0) return { declared, diagnostics };
  const { anchor, trouble } = await readAnchor(workspace.anchors);
  const log = await workspace.log();
  // It was read before the anchor was: what was written since then would look like a loss.
  const state = await log.refresh();
  const desired = desiredState({
    installation: workspace.installation,
    manifest: declared.rules.manifest,
    requests: declared.requests,
    asOf: options.asOf,
    state,
    merged: await workspace.mergedRequests(),
  });
  await workspace.followPolicy();
  const seen = options.offline ? undefined : await workspace.gateways.see();
  const policyInForce = await workspace.tryPolicyInForce();
  const plan = makePlan({
    asOf: options.asOf,
    state,
    installation: workspace.installation,
    manifest: declared.rules.manifest,
    manifestDigest: declared.rules.digest,
    ...(policyInForce === undefined ? {} : { policyInForce: policyInForce.digest }),
    requests: declared.requests,
    desired,
    observed: seen?.observed ?? "log",
    descriptions: seen?.descriptions ?? new Map<string, ProviderDescription>(),
    spool: await workspace.store.readSpool(),
    ...(options.confirmRemovals === undefined ? {} : { confirmRemovals: options.confirmRemovals }),
    repairs: "all",
    protectedPrincipals: workspace.repository.config.protected,
  });
  const loss =
    state.recovering?.why ??
    (await tryFindAnchorLoss(log, anchor)) ??
    (seen === undefined ? undefined : tryFindLoss({ state, installation: workspace.installation, ...seen }));
  return {
    plan,
    declared,
    diagnostics: [
      ...diagnostics,
      ...(trouble === undefined ? [] : asDiagnostics(trouble)),
      ...(loss === undefined ? [] : recoveringFailure(loss).diagnostics),
    ],
  };
}

/** What is wrong with what the working tree declares: files by themselves, and requests held against the rules. */
export async function checkDeclared(
  workspace: Workspace,
  declared: Declared,
  asOf: Instant,
): Promise<readonly Diagnostic[]> {
  if (declared.rules === undefined) return declared.diagnostics;
  const { names } = (await workspace.log()).state;
  const found = checkRequests({
    requests: declared.sources,
    manifest: declared.rules.manifest,
    asOf,
    isNew: (name) => !names.has(name),
    app: workspace.repository.config.app,
  });
  return [...declared.diagnostics, ...found];
}

/** The exit code of a plan: invalid 3, refused by a rule 5, changes 2 where asked for, else 0. */
export function planExitCode(planned: PlannedTree, options: { readonly detailed: boolean }): number {
  const wrong = exitCodeOf(planned.diagnostics);
  if (planned.plan === undefined || wrong !== 0) return wrong === 0 ? exitCodes.input : wrong;
  if (planned.plan.refusals.length > 0 || planned.plan.heldRemovals > 0) return exitCodes.refused;
  return options.detailed && planned.plan.actions.length > 0 ? 2 : 0;
}
