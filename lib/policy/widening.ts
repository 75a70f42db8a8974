import { digestOf, type Digest } from "../model/canonical";
import type { Condition } from "../model/condition";
import type { DesiredState } from "../model/desired";
import type { Manifest } from "../model/manifest";
import { tryParsePrincipal } from "../model/names";
import type { ApprovalStep } from "../model/rule";
import type { GovernedItem, MembershipItem, WideningItem } from "../model/widening";
import { expandGroup } from "./groups";
import { grantItem, isItemIncluded } from "./inclusion";
import { digestOfRule, manifestIndex } from "./manifest-index";

/** One side of a comparison: a desired state, the Manifest that made it, and what else is governed. */
export interface ProposedState {
  readonly desired: DesiredState;
  readonly manifest: Manifest;
  /** Governed files that the Manifest does not hold, e.g. a workflow: path and digest. */
  readonly files?: readonly { readonly name: string; readonly digest: Digest }[];
}

/**
 * What somebody gains from one state to another: the items of `to` that none of `from` includes,
 * sorted. It never looks at a gateway, the clock or effective access.
 */
export function widening(from: ProposedState, to: ProposedState): readonly WideningItem[] {
  const accepted = wideningItems(from);
  return wideningItems(to).filter((item) => !isItemIncluded(item, accepted));
}

/** Every item of a state, sorted by kind and name. */
export function wideningItems(state: ProposedState): readonly WideningItem[] {
  const { manifest, desired } = state;
  const eligible = eligibleGroups(manifest);
  const requested = new Set(desired.grants.flatMap(({ via }) => (via === undefined || eligible.has(via) ? [] : [via])));
  return sortItems([
    ...desired.grants.map(grantItem),
    ...policyItems(manifest),
    ...membershipItems(manifest, requested),
    ...(state.files ?? []).map(({ name, digest }): GovernedItem => ({ kind: "file", name, digest })),
  ]);
}

/** The items of a Manifest alone: who is in the groups that rules ask about, and everything governed. Made once. */
export function policyItems(manifest: Manifest): readonly WideningItem[] {
  const known = itemsOfPolicies.get(manifest);
  if (known !== undefined) return known;
  const items = [...membershipItems(manifest, eligibleGroups(manifest)), ...governedItems(manifest)];
  itemsOfPolicies.set(manifest, items);
  return items;
}

const itemsOfPolicies = new WeakMap<Manifest, readonly WideningItem[]>();

/** Items in the one order in which a widening is shown and digested: by kind and name. */
export function sortItems(items: readonly WideningItem[]): readonly WideningItem[] {
  return items
    .map((item) => ({ item, key: sortKey(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

/** The groups that make somebody eligible or automatically approved. */
export function eligibleGroups(manifest: Manifest): ReadonlySet<string> {
  const known = groupsOfPolicies.get(manifest);
  if (known !== undefined) return known;
  const groups = new Set<string>();
  for (const rule of manifest.rules) {
    for (const ref of rule.who) {
      const principal = tryParsePrincipal(ref);
      if (principal?.kind === "group") groups.add(principal.name);
    }
    const { automatic, steps } = rule.approval;
    for (const condition of [automatic?.when, ...steps.map((step) => step.when)]) {
      for (const group of conditionGroups(condition)) groups.add(group);
    }
  }
  groupsOfPolicies.set(manifest, groups);
  return groups;
}

const groupsOfPolicies = new WeakMap<Manifest, ReadonlySet<string>>();

function membershipItems(manifest: Manifest, groups: ReadonlySet<string>): MembershipItem[] {
  return [...groups].flatMap((group) =>
    expandGroup(manifest, group).map((person): MembershipItem => ({ kind: "membership", group, person })),
  );
}

function conditionGroups(condition: Condition | undefined): readonly string[] {
  switch (condition?.kind) {
    case "memberOf":
      return condition.groups;
    case "all":
    case "any":
      return condition.of.flatMap(conditionGroups);
    case "not":
      return conditionGroups(condition.of);
    default:
      return [];
  }
}

/** Everything that is governed, each by its digest; the order of rules too, since the first that matches decides. */
function governedItems(manifest: Manifest): GovernedItem[] {
  const item = (kind: GovernedItem["kind"], name: string, value: unknown): GovernedItem => ({
    kind,
    name,
    digest: digestOf(value),
  });
  const { gateways, approvals, limits, policyApproval } = manifest;
  return [
    ...manifest.rules.map((rule): GovernedItem => ({ kind: "rule", name: rule.name, digest: digestOfRule(rule) })),
    ...approverGroups(manifest).map((group) => item("approvers", group, approverList(manifest, group))),
    ...manifest.guardrails.map((one) => item("safeguard", `guardrail:${one.name}`, one)),
    ...manifest.maskingRules.map((one) => item("safeguard", `masking:${one.name}`, one)),
    ...manifest.connections.map((one) => item("connection", one.id, one)),
    ...manifest.resources.map((one) => item("resource", one.name, one)),
    ...manifest.users.map((one) => item("user", one.email, one)),
    ...manifest.serviceAccounts.map((one) => item("user", `service:${one.name}`, one)),
    item("config", "gateways", gateways),
    item("config", "approvals", approvals),
    item("config", "limits", limits),
    item("config", "protected", manifest.protected),
    item("config", "policyApproval", policyApproval),
    item(
      "config",
      "order of rules",
      manifest.rules.map((rule) => rule.name),
    ),
  ];
}

function approverGroups(manifest: Manifest): readonly string[] {
  const steps: readonly ApprovalStep[] = [
    ...manifest.policyApproval,
    ...manifest.rules.flatMap((rule) => rule.approval.steps),
  ];
  const groups = [
    ...steps.flatMap((step) => (step.from.kind === "groups" ? step.from.groups : [])),
    ...manifest.rules.flatMap((rule) => rule.mayRevoke),
  ];
  return [...new Set(groups)];
}

function approverList(manifest: Manifest, name: string): unknown {
  const group = manifestIndex(manifest).groups.get(name);
  return { people: expandGroup(manifest, name), declared: group ?? null };
}

function sortKey(item: WideningItem): string {
  switch (item.kind) {
    case "grant":
      return JSON.stringify([item.kind, item.request, item.person, item.connection]);
    case "membership":
      return JSON.stringify([item.kind, item.group, item.person]);
    default:
      return JSON.stringify([item.kind, item.name]);
  }
}
