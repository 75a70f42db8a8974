import {
  type AccessApp,
  AccessRequest,
  AccessRule,
  Connection,
  type Declaration,
  Group,
  Guardrail,
  MaskingRule,
  Resource,
  ServiceAccount,
  User,
} from "../constructs";
import type { Manifest } from "../model/manifest";
import { everyoneName } from "../model/principal";
import { governedPart } from "./governed-part";
import { namedGroups } from "./named-groups";
import { sortedBy } from "./order";
import { DeclaredPaths } from "./paths";
import { everyoneEntry, groupEntry, serviceAccountEntry, userEntry } from "./principals";
import { throwProblems } from "./problem";
import { findProblems } from "./problems";
import { requestEntry } from "./requests";
import { connectionEntry, guardrailEntry, maskingRuleEntry, resourceEntry } from "./resources";
import { ruleEntry } from "./rules";
import type { GovernedConfig, Synthesis } from "./synthesis";

/**
 * Turns an app and the governed part of the config into data. The same declarations give the same
 * bytes on every machine; only the order of AccessRules matters. Throws E202 with every problem of the
 * whole at once, each under its construct path.
 */
export function synthesize(app: AccessApp, governed: GovernedConfig): Synthesis {
  const paths = new DeclaredPaths();
  const declared = app.declarations;
  const users = entries(declared, User, paths, userEntry);
  const groups = entries(declared, Group, paths, groupEntry);
  const gateway = defaultGateway(governed);
  const resources = entries(declared, Resource, paths, (one) => resourceEntry(one, gateway));
  const connections = entries(declared, Connection, paths, connectionEntry);
  const around = { resources, connections, maxDurationSeconds: governed.limits.maxDurationSeconds };
  const rules = entries(declared, AccessRule, paths, (one) => ruleEntry(one, around));
  const requests = entries(declared, AccessRequest, paths, requestEntry);
  const policyApproval = app.policyApproval.value.steps;
  const usesEveryone = namedGroups({ groups, rules, requests, policyApproval }).has(everyoneName);
  const manifest: Manifest = {
    manifestVersion: 1,
    users: sortedBy(users, (one) => one.email),
    groups: sortedBy(usesEveryone ? [...groups, everyoneEntry(users)] : groups, (one) => one.name),
    serviceAccounts: sortedBy(entries(declared, ServiceAccount, paths, serviceAccountEntry), (one) => one.name),
    resources: sortedBy(resources, (one) => one.name),
    connections: sortedBy(connections, (one) => one.id),
    guardrails: sortedBy(entries(declared, Guardrail, paths, guardrailEntry), (one) => one.name),
    maskingRules: sortedBy(entries(declared, MaskingRule, paths, maskingRuleEntry), (one) => one.name),
    rules,
    policyApproval,
    ...governedPart(governed),
  };
  const synthesis = { manifest, requests: sortedBy(requests, (one) => one.name) };
  throwProblems("E202", findProblems(synthesis, paths));
  return synthesis;
}

type Class<T> = abstract new (...args: never[]) => T;

function entries<D extends Declaration, E extends object>(
  declared: readonly Declaration[],
  kind: Class<D>,
  paths: DeclaredPaths,
  entry: (declaration: D) => E,
): readonly E[] {
  return declared.flatMap((one) => (one instanceof kind ? [paths.at(one.node.path, entry(one))] : []));
}

/** The only gateway of the config; else the one called main. */
function defaultGateway(governed: GovernedConfig): string {
  const [only = "main", ...others] = Object.keys(governed.gateways);
  return others.length === 0 ? only : "main";
}
