/** What a gateway holds, whole: objects, leases, open ways. Only reads. */
import { failure } from "../../lib/errors";
import { gateName } from "../../lib/model/gateway-object";
import { instantOf } from "../../lib/model/instant";
import type { ObservedObject, ObservedState } from "../../lib/model/observed";
import { listConnections, type ConnectionItem } from "./client/connections";
import { listRules, type RuleItem } from "./client/rules";
import { listSafeguards, type SafeguardItem } from "./client/safeguards";
import { isAuditor, listAgents, listGrantingKeys, tryReadAccessLists, type AgentItem } from "./client/server";
import { listServiceAccounts, listUsers, type UserItem } from "./client/users";
import type { HoopContext } from "./context";
import { gatewayNowMs, observeLeases } from "./leases";
import { connectionFlaw, connectionOf, type ConnectionContext } from "./objects/connection";
import { gateFlaw, gateOf } from "./objects/gate";
import { installationTag, splitMark } from "./objects/mark";
import { guardrailOf, maskingRuleOf } from "./objects/safeguards";
import { openWaysOf, weaknessesOf, type Surroundings } from "./open-ways";
import { readOursWhole } from "./read-whole";

/** Observes a gateway. Throws E504 when its gate is another installation's, E501 for a key that does not see all. */
export async function observe(context: HoopContext): Promise<ObservedState> {
  const caller = await context.observerFacts();
  if (!caller.isAdmin && !isAuditor(caller.groups)) throw tooNarrow(context, "is neither an admin's nor an auditor's");
  const api = context.observer;
  const rules = await listRules(api);
  refuseOtherInstallation(context, rules);
  const [listed, users, services, agents] = await Promise.all([
    listConnections(api),
    listUsers(api),
    listServiceAccounts(api),
    listAgents(api),
  ]);
  const [guardrails, maskingRules, accessLists, keys] = await Promise.all([
    listSafeguards(api, "guardrails"),
    listSafeguards(api, "datamasking-rules"),
    tryReadAccessLists(api),
    caller.isAdmin ? listGrantingKeys(api) : undefined,
  ]);
  if (!caller.isAdmin) refuseHidden(context, { accessLists, groups: caller.groups, listed, rules });
  const connections = await readOursWhole(context, listed);
  const leases = await observeLeases(context, new Set(listed.map((one) => one.name)));
  const { installation, url, dialect } = context;
  const seen = { connections, rules, users, accessLists, keys, caller, skewMs: api.skewMs() };
  const around: Surroundings = { installation, url, dialect, ...seen };
  const isHidden = !caller.isAdmin && dialect.storesSecrets;
  return {
    gateway: context.gateway,
    at: instantOf(gatewayNowMs(context)),
    objects: [
      ...gateObjects(rules),
      ...connectionObjects(connections, connectionContext(context, { agents, guardrails, maskingRules }), { isHidden }),
      ...safeguardObjects(guardrails, maskingRules),
      ...[...users, ...services].map((user) => userObject(user)),
    ],
    leases,
    openWays: openWaysOf(around),
    activeUsers: users.filter((user) => user.isActive).map((user) => user.email),
    weaknesses: weaknessesOf(around),
  };
}

/** The installation on the gate; undefined without a gate, or on one that is nobody's. */
export function gateInstallation(rules: readonly RuleItem[]): string | undefined {
  const gate = rules.find((rule) => rule.name === gateName);
  return gate === undefined ? undefined : splitMark(gate.description).installation;
}

/** Throws E504 when the gate is another installation's. */
export function refuseOtherInstallation(context: HoopContext, rules: readonly RuleItem[]): void {
  const found = gateInstallation(rules);
  if (found === undefined || found === context.installation) return;
  throw failure("E504", {
    detail: `the gate of ${context.gateway} carries installation ${found}, ours is ${context.installation}`,
    fix: "give each installation a gateway of its own; check `installation:` and `url:` in leasehold.yaml",
  });
}

/** What Connections are read with: agents, and which of our safeguards are on them. */
export function connectionContext(
  context: HoopContext,
  found: {
    readonly agents: readonly AgentItem[];
    readonly guardrails: readonly SafeguardItem[];
    readonly maskingRules: readonly SafeguardItem[];
  },
): ConnectionContext {
  const sole = found.agents.length === 1 ? found.agents[0]?.name : undefined;
  return {
    dialect: context.dialect,
    agents: new Map(found.agents.map((agent) => [agent.id, agent.name])),
    defaultAgent: context.agent === undefined ? sole : undefined,
    guardrailsOn: namesByConnection(ours(found.guardrails, context.installation)),
    maskingRulesOn: namesByConnection(ours(found.maskingRules, context.installation)),
  };
}

/** Those of some safeguards that carry our installation. */
export function ours(items: readonly SafeguardItem[], installation: string): readonly SafeguardItem[] {
  return items.filter((item) => splitMark(item.description).installation === installation);
}

/** With `access_control`, a key that is not an admin's sees only what its groups are listed for. */
function refuseHidden(
  context: HoopContext,
  found: {
    readonly accessLists: ReadonlyMap<string, readonly string[]> | undefined;
    readonly groups: readonly string[];
    readonly listed: readonly ConnectionItem[];
    readonly rules: readonly RuleItem[];
  },
): void {
  if (found.accessLists === undefined || !context.dialect.visibilityMatters) return;
  const seen = new Set(found.listed.map((one) => one.name));
  const isListedAway = [...found.accessLists.values()].some(
    (list) => !list.some((name) => found.groups.includes(name)),
  );
  const gated = found.rules.filter((rule) => rule.name === gateName).flatMap((rule) => rule.connections);
  if (isListedAway || gated.some((name) => !seen.has(name))) {
    throw tooNarrow(context, "does not see all connections (plugin access_control)");
  }
}

function tooNarrow(context: HoopContext, why: string): Error {
  return failure("E501", {
    detail: `gateway ${context.gateway}: the key that observes ${why}`,
    fix: "use a key of group auditor that is on every access list, or an admin's, as `keys.observe`",
  });
}

function gateObjects(rules: readonly RuleItem[]): readonly ObservedObject[] {
  return rules
    .filter((rule) => rule.name === gateName)
    .map((rule) => observed(rule.id, splitMark(rule.description).installation, gateOf(rule), gateFlaw(rule)));
}

function connectionObjects(
  connections: readonly ConnectionItem[],
  read: ConnectionContext,
  options: { readonly isHidden: boolean },
): readonly ObservedObject[] {
  return connections.map((item) => {
    const installation = item.tags[installationTag];
    const flaw = installation === undefined ? undefined : connectionFlaw(item);
    return {
      ...observed(item.id, installation, connectionOf(item, read), flaw),
      ...(item.secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt: item.secretsUpdatedAt }),
      ...(options.isHidden ? { settingsHidden: true } : {}),
    };
  });
}

function safeguardObjects(
  guardrails: readonly SafeguardItem[],
  maskingRules: readonly SafeguardItem[],
): readonly ObservedObject[] {
  return [
    ...guardrails.map((item) => observed(item.id, splitMark(item.description).installation, guardrailOf(item))),
    ...maskingRules.map((item) => observed(item.id, splitMark(item.description).installation, maskingRuleOf(item))),
  ];
}

function userObject(user: UserItem): ObservedObject {
  return { ref: user.email, value: { kind: "user", name: user.email, displayName: user.name, active: user.isActive } };
}

function observed(
  ref: string,
  installation: string | undefined,
  value: ObservedObject["value"],
  flaw?: string,
): ObservedObject {
  return {
    ref,
    ...(installation === undefined ? {} : { installation }),
    value,
    ...(flaw === undefined ? {} : { flaw }),
  };
}

function namesByConnection(items: readonly SafeguardItem[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const item of items) {
    for (const id of item.connectionIds) names.set(id, [...(names.get(id) ?? []), item.name]);
  }
  return names;
}
