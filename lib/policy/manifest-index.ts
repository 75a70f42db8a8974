import { manifestDigest, type Manifest } from "../model/manifest";
import type { Digest } from "../model/canonical";
import type { ConnectionId, PersonId } from "../model/names";
import type { LevelPrivileges } from "../model/privileges";
import type { Group, ServiceAccount, User } from "../model/principal";
import type { Connection, Resource } from "../model/resource";
import { ruleDigest, type AccessRule, type ApprovalRule } from "../model/rule";
import { digestOf } from "../model/canonical";

/** The look-ups of one Manifest, built once. */
export interface ManifestIndex {
  readonly digest: Digest;
  readonly users: ReadonlyMap<string, User>;
  readonly groups: ReadonlyMap<string, Group>;
  /** By PersonId, `service:<name>`. */
  readonly serviceAccounts: ReadonlyMap<PersonId, ServiceAccount>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly connections: ReadonlyMap<ConnectionId, Connection>;
  /** By gateway, then by gateway name. */
  readonly connectionsAt: ReadonlyMap<string, ReadonlyMap<string, Connection>>;
  readonly rules: ReadonlyMap<string, AccessRule>;
  /** The rules that may give a Connection, in declaration order. */
  readonly rulesByConnection: ReadonlyMap<ConnectionId, readonly AccessRule[]>;
}

/** The index of a Manifest; the same object for the same Manifest. */
export function manifestIndex(manifest: Manifest): ManifestIndex {
  const known = indexes.get(manifest);
  if (known !== undefined) return known;
  const index = buildIndex(manifest);
  indexes.set(manifest, index);
  return index;
}

/** Whether a person is a declared User or ServiceAccount. */
export function isKnownPerson(manifest: Manifest, person: PersonId): boolean {
  const index = manifestIndex(manifest);
  return index.users.has(person) || index.serviceAccounts.has(person);
}

/** The digest of a rule, computed once per rule. */
export function digestOfRule(rule: AccessRule): Digest {
  return remembered(ruleDigests, rule, ruleDigest);
}

/** The digest of an ApprovalRule, computed once per rule. */
export function digestOfApproval(approval: ApprovalRule): Digest {
  return remembered(approvalDigests, approval, digestOf);
}

/** The digest of what a level carries, computed once per level. */
export function digestOfPrivileges(privileges: LevelPrivileges): Digest {
  return remembered(privilegesDigests, privileges, digestOf);
}

const indexes = new WeakMap<Manifest, ManifestIndex>();
const ruleDigests = new WeakMap<AccessRule, Digest>();
const privilegesDigests = new WeakMap<LevelPrivileges, Digest>();
const approvalDigests = new WeakMap<ApprovalRule, Digest>();

function remembered<K extends object>(memory: WeakMap<K, Digest>, key: K, compute: (key: K) => Digest): Digest {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const digest = compute(key);
  memory.set(key, digest);
  return digest;
}

function buildIndex(manifest: Manifest): ManifestIndex {
  const resources = new Map(manifest.resources.map((resource) => [resource.name, resource]));
  return {
    digest: manifestDigest(manifest),
    users: new Map(manifest.users.map((user) => [user.email, user])),
    groups: new Map(manifest.groups.map((group) => [group.name, group])),
    serviceAccounts: new Map(manifest.serviceAccounts.map((account) => [`service:${account.name}`, account])),
    resources,
    connections: new Map(manifest.connections.map((connection) => [connection.id, connection])),
    connectionsAt: indexByGateway(manifest, resources),
    rules: new Map(manifest.rules.map((rule) => [rule.name, rule])),
    rulesByConnection: indexRules(manifest),
  };
}

function indexByGateway(
  manifest: Manifest,
  resources: ReadonlyMap<string, Resource>,
): Map<string, Map<string, Connection>> {
  const byGateway = new Map<string, Map<string, Connection>>();
  for (const connection of manifest.connections) {
    const gateway = resources.get(connection.resource)?.gateway;
    if (gateway === undefined) continue;
    const names = byGateway.get(gateway) ?? new Map<string, Connection>();
    names.set(connection.gatewayName, connection);
    byGateway.set(gateway, names);
  }
  return byGateway;
}

function indexRules(manifest: Manifest): Map<ConnectionId, AccessRule[]> {
  const byConnection = new Map<ConnectionId, AccessRule[]>();
  for (const rule of manifest.rules) {
    for (const connection of new Set(rule.may)) {
      const rules = byConnection.get(connection);
      if (rules === undefined) byConnection.set(connection, [rule]);
      else rules.push(rule);
    }
  }
  return byConnection;
}
