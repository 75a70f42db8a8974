import { exitCodes, failure } from "../errors";
import type { Action } from "../model/action";
import type { Digest } from "../model/canonical";
import type { DesiredGrant, DesiredState } from "../model/desired";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { Plan } from "../model/plan";
import { actionKey, makePlan, stalenessOf } from "../plan";
import { desiredState, isAnyWindowOpen, manifestIndex } from "../policy";
import { decideAll, recordDecisions } from "./decisions";
import { observedSince } from "./observe";
import type { Pass } from "./pass-state";
import { readRequests, tryReadPolicy } from "./stored";

/** A plan that a pass made for itself, and what it was made from. */
export interface PlannedWork {
  readonly plan: Plan;
  readonly manifest: Manifest;
  readonly desired: DesiredState;
  /** The Actions that may be carried out, in order; every ending is among them. */
  readonly actions: readonly Action[];
  /** Activations that never reached their gateway, and go on in this pass. */
  readonly resumable: readonly GrantState[];
}

/**
 * Works out what this pass has to do: what policy in force and merged requests want, decided by rules
 * and approvals, against what the gateways hold. Undefined while no policy is in force.
 */
export async function planPass(pass: Pass, resumable: readonly GrantState[]): Promise<PlannedWork | undefined> {
  const { input, journal } = pass;
  const { state } = journal;
  const policy = await tryReadPolicy(input.store, state);
  if (policy === undefined) {
    refuseWithoutPolicy(pass);
    return undefined;
  }
  const { manifest, digest } = policy;
  const requests = await readRequests(input.store, state);
  const asOf = journal.times().record;
  const desired = desiredState({ installation: input.installation, manifest, requests, asOf, state });
  refuseOtherTree(pass, digest);
  if (input.widensNothing !== undefined) {
    pass.nothingNew = true;
    pass.report.trouble(input.widensNothing);
  }
  const startable = desired.grants.filter((grant) => isForNow(grant, manifest, asOf));
  const context = { manifest, digest, grants: startable, asOf };
  const decisions = await decideAll(pass, context);
  if (input.dryRun !== true) await recordDecisions(pass, context, decisions);
  const plan = makePlan({
    asOf,
    state: journal.state,
    installation: input.installation,
    manifest,
    manifestDigest: digest,
    policyInForce: digest,
    requests,
    desired,
    observed: observedSince(pass),
    descriptions: pass.descriptions,
    spool: journal.spool.waiting,
    decisions,
    ...(input.confirmRemovals === undefined ? {} : { confirmRemovals: input.confirmRemovals }),
    repairs: mayConfigure(pass, digest) ? "all" : "narrowing",
    protectedPrincipals: manifest.protected,
  });
  pass.report.plan = plan;
  sayWhatWaits(pass, plan, manifest);
  refuseStale(pass, plan);
  const isAllowed = filterOf(pass, digest);
  return {
    plan,
    manifest,
    desired,
    actions: plan.actions.filter(isAllowed),
    resumable: input.only === undefined && input.planned === undefined ? resumable : [],
  };
}

/** Removals that the breaker holds back are an error in every mode; what is refused or not approved only for who applies. */
function sayWhatWaits(pass: Pass, plan: Plan, { approvals }: Manifest): void {
  const { heldRemovals } = plan;
  if (heldRemovals > 0) {
    const command = approvals === "github" ? "leasehold pr apply" : "leasehold apply";
    pass.report.trouble(
      failure("E304", {
        detail: `${heldRemovals} active grants would end`,
        fix: `look at what was removed; if it is right: ${command} --confirm-removals ${heldRemovals}`,
      }),
    );
  }
  const isHeldBack = plan.refusals.length + plan.approvals.length > 0;
  if (pass.input.mode === "apply" && isHeldBack) pass.report.exitCode(exitCodes.refused);
}

/** Whether what is declared may be written: in `apply`, and only while the working tree says what was accepted. */
function mayConfigure({ input }: Pass, accepted: Digest): boolean {
  if (input.mode !== "apply" || input.widensNothing !== undefined) return false;
  return input.workingTree === undefined || input.workingTree === accepted;
}

function refuseWithoutPolicy(pass: Pass): void {
  pass.nothingNew = true;
  if (pass.input.mode === "reconcile") return;
  pass.report.trouble(
    failure("E305", { fix: "`leasehold policy accept` makes the rules of the working tree the policy" }),
  );
}

/** Promise 7: while the tree differs from what was accepted, nothing widens. */
function refuseOtherTree(pass: Pass, accepted: Digest): void {
  const { workingTree } = pass.input;
  if (workingTree === undefined || workingTree === accepted) return;
  pass.nothingNew = true;
  pass.report.trouble(
    failure("E301", {
      detail: `the working tree's rules are ${workingTree.slice(0, 12)}, accepted are ${accepted.slice(0, 12)}; endings were carried out, nothing was widened`,
      fix: "`leasehold policy accept`, or take the edit of the rules back",
    }),
  );
}

/** A plan file is held against this pass's own plan, under our epoch: nothing can move in between. */
function refuseStale(pass: Pass, plan: Plan): void {
  const { planned } = pass.input;
  if (planned === undefined) return;
  const moved = stalenessOf(planned, plan.base, pass.observed);
  if (moved.length === 0) return;
  pass.nothingNew = true;
  pass.isStale = true;
  pass.report.trouble(
    failure("E302", { detail: moved.slice(0, 5).join(" "), fix: "plan again, look at it, and apply that" }),
  );
}

/** Which Actions may be carried out: every ending and rejection; of the rest what mode, plan file and policy let. */
function filterOf(pass: Pass, accepted: Digest): (action: Action) => boolean {
  const { only } = pass.input;
  const planned = pass.input.planned === undefined ? undefined : new Set(pass.input.planned.actions.map(actionKey));
  const mayWrite = mayConfigure(pass, accepted);
  return (action) => {
    if (action.family === "lease" && (action.kind === "end" || action.kind === "reject")) return true;
    if (pass.isStale || action.waitsForPolicy) return false;
    if (action.family === "configuration" && action.direction !== "narrows" && !mayWrite) return false;
    const key = actionKey(action);
    return only?.has(key) !== false && planned?.has(key) !== false;
  };
}

/** Whether a Grant could start at this moment by its own window and its rule's. */
function isForNow(desired: DesiredGrant, manifest: Manifest, asOf: Instant): boolean {
  if (desired.startAfter !== undefined && desired.startAfter > asOf) return false;
  return isAnyWindowOpen(manifestIndex(manifest).rules.get(desired.rule)?.windows ?? [], asOf);
}
