import type { Condition } from "../model/condition";
import type { Manifest } from "../model/manifest";
import { tryParsePrincipal, type PrincipalRef } from "../model/names";
import type { AccessRequest } from "../model/request";
import type { ApprovalRule, ApprovalStep } from "../model/rule";

/** The names of all Groups that something refers to. */
export function namedGroups(
  parts: Pick<Manifest, "groups" | "rules" | "policyApproval"> & { readonly requests: readonly AccessRequest[] },
): ReadonlySet<string> {
  return new Set([
    ...parts.groups.flatMap((group) => group.groups),
    ...parts.rules.flatMap((rule) => [...groupsOf(rule.who), ...groupsOfApproval(rule.approval), ...rule.mayRevoke]),
    ...parts.requests.flatMap((request) => groupsOf(request.for)),
    ...parts.policyApproval.flatMap(groupsOfStep),
  ]);
}

/** The Groups whose members a Condition asks about. */
export function groupsOfCondition(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "memberOf":
      return condition.groups;
    case "all":
    case "any":
      return condition.of.flatMap(groupsOfCondition);
    case "not":
      return groupsOfCondition(condition.of);
    default:
      return [];
  }
}

/** The Conditions of an ApprovalRule. */
export function conditionsOf(approval: ApprovalRule): readonly Condition[] {
  const steps = approval.steps.flatMap((step) => (step.when === undefined ? [] : [step.when]));
  return approval.automatic === undefined ? steps : [approval.automatic.when, ...steps];
}

function groupsOfApproval(approval: ApprovalRule): readonly string[] {
  const automatic = approval.automatic === undefined ? [] : groupsOfCondition(approval.automatic.when);
  return [...automatic, ...approval.steps.flatMap(groupsOfStep)];
}

function groupsOfStep(step: ApprovalStep): readonly string[] {
  const from = step.from.kind === "groups" ? step.from.groups : [];
  return step.when === undefined ? from : [...from, ...groupsOfCondition(step.when)];
}

function groupsOf(refs: readonly PrincipalRef[]): readonly string[] {
  return refs.flatMap((ref) => {
    const parsed = tryParsePrincipal(ref);
    return parsed?.kind === "group" ? [parsed.name] : [];
  });
}
