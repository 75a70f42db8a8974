import { canonicalJson } from "../../model/canonical";
import { durationWords } from "../../model/duration";
import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import { countWords, expandGroup, levelWords, listWords, someWords, stepWords } from "../../policy";
import { fieldChanges, listChange, namedChanges } from "./named-changes";
import type { FieldChange, PolicyChange, PolicyPart } from "./policy-change";
import { ruleChange } from "./rule-changes";

/**
 * What differs between two Manifests, as a reviewer has to know it: where access goes and who approves
 * first, then safeguards, rules and groups, limits and people last. The second one may be hostile: it is
 * read as data and every list is cut.
 */
export function policyChanges(before: Manifest, after: Manifest): readonly PolicyChange[] {
  return [
    ...configChanges(before, after),
    ...approverChanges(before, after),
    ...namedChanges("guardrail", before.guardrails, after.guardrails, fieldChanges),
    ...namedChanges("masking rule", before.maskingRules, after.maskingRules, fieldChanges),
    ...namedChanges("resource", before.resources, after.resources, fieldChanges),
    ...namedChanges("connection", connections(before), connections(after), fieldChanges),
    ...namedChanges("rule", before.rules, after.rules, ruleChange),
    ...orderChange(before, after),
    ...groupChanges(before, after),
    ...limitChanges(before, after),
    ...namedChanges("user", users(before), users(after), fieldChanges),
    ...namedChanges("service account", before.serviceAccounts, after.serviceAccounts, fieldChanges),
  ];
}

const mostPeople = 10;

/** What a level carries is told in the words of the plan. */
function connections({ connections: all }: Manifest): readonly { readonly name: string }[] {
  return all.map(({ privileges, ...rest }) => ({
    ...rest,
    name: rest.id,
    ...(privileges === undefined ? {} : { carries: levelWords(privileges) }),
  }));
}

function users(manifest: Manifest): readonly { readonly name: string }[] {
  return manifest.users.map(({ email, name, ...rest }) => ({
    ...rest,
    ...(name === undefined ? {} : { called: name }),
    name: email,
  }));
}

/** Where access goes and where approvals come from. */
function configChanges(before: Manifest, after: Manifest): readonly PolicyChange[] {
  const gateways = (manifest: Manifest) =>
    Object.entries(manifest.gateways).map(([name, gateway]) => ({ name, ...gateway }));
  const mode =
    before.approvals === after.approvals
      ? []
      : [changed("source of approvals", [`${before.approvals} -> ${after.approvals}`])];
  const kept = listChange(before.protected, after.protected);
  return [
    ...namedChanges("gateway", gateways(before), gateways(after), fieldChanges),
    ...mode,
    ...(kept === undefined ? [] : [changed("protected principals", [kept])]),
  ];
}

/** Steps of policy edits, and the people of every group that approves or revokes. */
function approverChanges(before: Manifest, after: Manifest): readonly PolicyChange[] {
  const steps = [before, after].map(({ policyApproval }) => policyApproval.map(stepWords));
  const [old = [], wanted = []] = steps;
  const edits =
    canonicalJson(before.policyApproval) === canonicalJson(after.policyApproval)
      ? []
      : [changed("approvers of policy edits", [`${listWords(old, "and")} -> ${listWords(wanted, "and")}`])];
  const groups = [...new Set([...approverGroups(before), ...approverGroups(after)])].toSorted();
  return [...edits, ...groups.flatMap((group) => membersChange(before, after, group, "approvers in group"))];
}

function approverGroups({ policyApproval, rules }: Manifest): readonly string[] {
  const steps = [...policyApproval, ...rules.flatMap(({ approval }) => approval.steps)];
  const asked = steps.flatMap(({ from }) => (from.kind === "groups" ? from.groups : []));
  return [...asked, ...rules.flatMap(({ mayRevoke }) => mayRevoke)];
}

/** Groups that somebody may ask by. */
function groupChanges(before: Manifest, after: Manifest): readonly PolicyChange[] {
  const approving = new Set([...approverGroups(before), ...approverGroups(after)]);
  const names = new Set([...before.groups, ...after.groups].map(({ name }) => name));
  return [...names]
    .filter((name) => !approving.has(name))
    .toSorted()
    .flatMap((name) => membersChange(before, after, name, "group"));
}

/** Who comes to a group and who leaves it, nested groups expanded; a group that is a team says which. */
function membersChange(before: Manifest, after: Manifest, group: string, of: PolicyPart): readonly PolicyChange[] {
  const [old, wanted] = [new Set(expandGroup(before, group)), new Set(expandGroup(after, group))];
  const [gained, lost] = [[...wanted].filter((one) => !old.has(one)), [...old].filter((one) => !wanted.has(one))];
  const team = fieldText(teamOf(before, group), teamOf(after, group));
  const rules = after.rules.filter(({ who }) => who.includes(`group:${group}`)).map(({ name }) => name);
  const access = gained.length > 0 && rules.length > 0 ? `, who may then ask under ${someWords(rules, 3)}` : "";
  const details = [
    ...(team === undefined ? [] : [`members from GitHub team: ${team}`]),
    ...(gained.length > 0 ? [`+ ${peopleWords(gained)}${access}`] : []),
    ...(lost.length > 0 ? [`- ${peopleWords(lost)}`] : []),
  ];
  if (details.length === 0) return [];
  return [{ of, name: group, kind: "changed", details, gained }];
}

function peopleWords(people: readonly PersonId[]): string {
  return `${people.length === 1 ? "1 person" : `${people.length} people`}: ${someWords(people, mostPeople)}`;
}

function teamOf(manifest: Manifest, name: string): string | undefined {
  return manifest.groups.find((group) => group.name === name)?.githubTeam;
}

function fieldText(from: string | undefined, to: string | undefined): FieldChange | undefined {
  return from === to ? undefined : `${from ?? "none"} -> ${to ?? "none"}`;
}

/** The first rule that matches decides. */
function orderChange(before: Manifest, after: Manifest): readonly PolicyChange[] {
  const names = ({ rules }: Manifest) => rules.map(({ name }) => name);
  const both = new Set(names(before).filter((name) => names(after).includes(name)));
  const [old, wanted] = [before, after].map((manifest) => names(manifest).filter((name) => both.has(name)));
  if (canonicalJson(old) === canonicalJson(wanted)) return [];
  return [changed("order of rules", [`the first that matches decides: ${someWords(wanted ?? [], mostPeople)}`])];
}

function limitChanges({ limits: from }: Manifest, { limits: to }: Manifest): readonly PolicyChange[] {
  const times = [
    ["longest grant", from.maxDurationSeconds, to.maxDurationSeconds],
    ["start at the latest after", from.startWithinSeconds, to.startWithinSeconds],
    ["an approval counts for", from.approvalValidForSeconds, to.approvalValidForSeconds],
  ] as const;
  const bulk = ({ count, percent }: typeof from.bulkRemovals) => `${countWords(count, "grant")} or ${percent} %`;
  const details = [
    ...times.flatMap(([label, a, b]) => (a === b ? [] : [`${label}: ${durationWords(a)} -> ${durationWords(b)}`])),
    ...(bulk(from.bulkRemovals) === bulk(to.bulkRemovals)
      ? []
      : [`removals at once without a confirmation: ${bulk(from.bulkRemovals)} -> ${bulk(to.bulkRemovals)}`]),
  ];
  return details.length === 0 ? [] : [changed("limits", details)];
}

function changed(of: PolicyPart, details: readonly FieldChange[]): PolicyChange {
  return { of, name: "", kind: "changed", details, gained: [] };
}
