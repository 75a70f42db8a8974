import { configuresGateway } from "../model/config";
import type { ConnectionObject, GatewayObject, GuardrailObject, MaskingRuleObject } from "../model/gateway-object";
import { gateName, objectKey } from "../model/gateway-object";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { Connection, Resource } from "../model/resource";
import type { Guardrail, MaskingRule } from "../model/safeguard";
import { peopleOfRule } from "./groups";
import { manifestIndex } from "./manifest-index";

/** The configuration that a Manifest wants, by gateway, and what of it may be taken over. */
export interface DesiredObjects {
  readonly objects: Readonly<Record<string, readonly GatewayObject[]>>;
  readonly adoptions: readonly string[];
}

/**
 * The objects of every gateway that has Connections: the gate over all of them, the Connections, the
 * safeguards that hang on them, and the people who may ask there when users are declared. Sorted by
 * kind and name.
 */
export function desiredObjects(manifest: Manifest): DesiredObjects {
  const known = memories.get(manifest);
  if (known !== undefined) return known;
  const objects: Record<string, readonly GatewayObject[]> = {};
  const adoptions: string[] = [];
  for (const gateway of [...manifestIndex(manifest).connectionsAt.keys()].sort()) {
    const wanted = objectsOf(manifest, gateway);
    objects[gateway] = wanted.objects;
    adoptions.push(...wanted.adoptions);
  }
  const desired = { objects, adoptions: adoptions.sort() };
  memories.set(manifest, desired);
  return desired;
}

const memories = new WeakMap<Manifest, DesiredObjects>();

function objectsOf(manifest: Manifest, gateway: string): { objects: GatewayObject[]; adoptions: string[] } {
  const { resources, connectionsAt } = manifestIndex(manifest);
  const connections = [...(connectionsAt.get(gateway)?.values() ?? [])].sort((a, b) =>
    compare(a.gatewayName, b.gatewayName),
  );
  const guardrails = used(
    manifest.guardrails,
    connections.flatMap((one) => one.guardrails),
  );
  const maskingRules = used(
    manifest.maskingRules,
    connections.flatMap((one) => one.maskingRules),
  );
  const isConfigured = configuresGateway(manifest.gateways[gateway]?.provider);
  const gate = { kind: "gate", name: gateName, connections: connections.map((one) => one.gatewayName) } as const;
  const objects: GatewayObject[] = [
    ...(isConfigured ? [gate] : []),
    ...guardrails.map(guardrailObject),
    ...maskingRules.map(maskingRuleObject),
    ...connections.flatMap((one) => {
      const resource = resources.get(one.resource);
      return resource === undefined ? [] : [connectionObject(one, resource, manifest.gateways[gateway]?.agent)];
    }),
    ...(isConfigured ? userObjects(manifest, gateway, connections) : []),
  ];
  const adoptions = [
    ...guardrails.filter((one) => one.adopt).map((one) => objectKey(gateway, { kind: "guardrail", name: one.name })),
    ...maskingRules
      .filter((one) => one.adopt)
      .map((one) => objectKey(gateway, { kind: "maskingRule", name: one.name })),
    ...connections
      .filter((one) => one.adopt)
      .map((one) => objectKey(gateway, { kind: "connection", name: one.gatewayName })),
  ];
  return { objects, adoptions };
}

function used<T extends { readonly name: string }>(declared: readonly T[], names: readonly string[]): readonly T[] {
  const wanted = new Set(names);
  return declared.filter((one) => wanted.has(one.name)).sort((a, b) => compare(a.name, b.name));
}

function guardrailObject(guardrail: Guardrail): GuardrailObject {
  const { name, description, input, output } = guardrail;
  return { kind: "guardrail", name, ...(description === undefined ? {} : { description }), input, output };
}

function maskingRuleObject(rule: MaskingRule): MaskingRuleObject {
  const { name, description, entityTypes, scoreThresholdPercent } = rule;
  return {
    kind: "maskingRule",
    name,
    ...(description === undefined ? {} : { description }),
    entityTypes,
    ...(scoreThresholdPercent === undefined ? {} : { scoreThresholdPercent }),
  };
}

function connectionObject(connection: Connection, resource: Resource, agent: string | undefined): ConnectionObject {
  return {
    kind: "connection",
    name: connection.gatewayName,
    resource: resource.name,
    resourceKind: resource.kind,
    ...(resource.host === undefined ? {} : { host: resource.host }),
    ...(resource.port === undefined ? {} : { port: resource.port }),
    settings: connection.settings,
    secrets: connection.secrets,
    command: connection.command,
    ...(agent === undefined ? {} : { agent }),
    guardrails: connection.guardrails,
    maskingRules: connection.maskingRules,
  };
}

/** The people of every rule that gives something on this gateway, when its users are declared. */
function userObjects(manifest: Manifest, gateway: string, connections: readonly Connection[]): GatewayObject[] {
  if (manifest.gateways[gateway]?.users !== "declared") return [];
  const { users, serviceAccounts } = manifestIndex(manifest);
  const here = new Set(connections.map((one) => one.id));
  const people = new Set<PersonId>();
  for (const rule of manifest.rules) {
    if (!rule.may.some((connection) => here.has(connection))) continue;
    for (const person of peopleOfRule(manifest, rule)) people.add(person);
  }
  return [...people].sort().map((person) => ({
    kind: "user",
    name: person,
    displayName: users.get(person)?.name ?? serviceAccounts.get(person)?.name ?? person,
    active: true,
  }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
