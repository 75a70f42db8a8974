import type { ConfigurationAction, LeaseAction } from "../model/action";
import { reconcilerActor } from "../model/actor";
import type { DesiredGrant } from "../model/desired";
import type { EndReason, GrantId } from "../model/grant";
import { activateAll } from "./activate";
import type { Activation } from "./activation-batch";
import { changeLeases } from "./change";
import { configure } from "./configure";
import type { DueEnding } from "./due";
import { endAll } from "./endings";
import { observeGateways } from "./observe";
import type { Pass } from "./pass-state";
import type { PlannedWork } from "./plan-pass";
import { reject, rejectUnstarted } from "./reject";
import { endStrays, type Stray } from "./strays";

/** Carries out what a pass planned for itself: endings, rejections, configuration, changes, activations. */
export async function carryOutPlan(pass: Pass, work: PlannedWork): Promise<void> {
  const leases = work.actions.filter((action) => action.family === "lease");
  const desired = new Map(work.desired.grants.map((grant) => [grant.id, grant]));

  pass.report.step("revoke");
  await endAll(pass, plannedEndings(pass, leases));
  await endStrays(pass, plannedStrays(leases));
  await reject(pass, ofKind(leases, "reject"), desired);
  await rejectUnstarted(pass, work.resumable, desired);

  pass.report.step("configure");
  const objects = work.actions.filter((action): action is ConfigurationAction => action.family === "configuration");
  const written = await configure(pass, objects, work.desired.adoptions);
  if (written.size > 0) await observeGateways(pass, written);

  pass.report.step("change");
  await changeLeases(pass, ofKind(leases, "change"));

  pass.report.step("activate");
  await activateAll(pass, plannedActivations(pass, work, desired), work.manifest);
}

function ofKind(actions: readonly LeaseAction[], kind: LeaseAction["kind"]): readonly LeaseAction[] {
  return actions.filter((action) => action.kind === kind);
}

/** The endings of Grants that the Log holds. What was ended outside needs our epoch: only then is our view of both sides whole. */
function plannedEndings(pass: Pass, actions: readonly LeaseAction[]): readonly DueEnding[] {
  return ofKind(actions, "end").flatMap((action): DueEnding[] => {
    const grant = action.subject.grant === undefined ? undefined : pass.journal.state.grants.get(action.subject.grant);
    if (grant === undefined || action.reason === "held without a record") return [];
    if (action.reason === "ended outside" && !pass.journal.canRecord) return [];
    const spooled = pass.journal.spool.endings.get(grant.facts.grant);
    const by = grant.ending?.by ?? spooled?.by ?? reconcilerActor;
    const spool = spooled === undefined ? {} : { spool: spooled.spool };
    return [{ grant, reason: action.reason as EndReason, by, ...spool }];
  });
}

function plannedStrays(actions: readonly LeaseAction[]): readonly Stray[] {
  return ofKind(actions, "end")
    .filter((action) => action.reason === "held without a record")
    .map(({ gateway, subject }) => ({
      gateway,
      person: subject.person,
      connection: subject.gatewayName,
      ...(subject.grant === undefined ? {} : { grant: subject.grant }),
    }));
}

/** What starts: an activation is a `change` in the plan where the pair has a Lease already. */
function plannedActivations(
  pass: Pass,
  work: PlannedWork,
  desired: ReadonlyMap<GrantId, DesiredGrant>,
): readonly Activation[] {
  const planned = work.actions.flatMap((action): Activation[] => {
    if (action.family !== "lease" || (action.kind !== "activate" && action.kind !== "change")) return [];
    const wanted = action.subject.grant === undefined ? undefined : desired.get(action.subject.grant);
    const known = wanted === undefined ? undefined : pass.journal.state.grants.get(wanted.id);
    if (wanted === undefined || (known !== undefined && known.phase !== "pending")) return [];
    return [{ desired: wanted }];
  });
  const resumed = work.resumable.flatMap((grant): Activation[] => {
    const wanted = desired.get(grant.facts.grant);
    return wanted === undefined ? [] : [{ desired: wanted, resumed: grant }];
  });
  return [...resumed, ...planned];
}
