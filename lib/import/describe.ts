import { findLevelFaults, type DeclaredLevels } from "../model/level-faults";
import { connectionId } from "../model/names";
import { defaultLevelRole, isLevelRoleName, type LevelPrivileges } from "../model/privileges";
import { carriedBy, isFitName, type Carried, type CountOf } from "./carried";
import type { CatalogGrant, CatalogRole, DatabaseCatalog } from "./catalog";
import { findDebts } from "./debts";
import type { ImportedDatabase, ImportedLevel, Unsaid } from "./description";
import { identifiersFor } from "./identifiers";
import { leasePrefix, chooseLevels, membersOf, rolesAbove } from "./memberships";
import { shown, shownSome } from "./sentences";

/** What the importer chooses. */
export interface ImportChoices {
  /** The name of the Resource: an identifier. */
  readonly resource: string;
  /** Logins that are said to be programs'. */
  readonly services: readonly string[];
}

/**
 * What a database's roles are in the words of rules. A role that nobody can log in as is a level, with all of it that the
 * provider for Terraform reads back as it is; the rest is said role by role. The same for the same catalogs, in any order.
 */
export function describeDatabase(catalog: DatabaseCatalog, choices: ImportChoices): ImportedDatabase {
  const sorted = inOrder(catalog);
  const countOf = countsOf(sorted);
  const found = sorted.roles.map((role): Candidate => candidate(sorted, role, countOf));
  const candidates = found.filter(({ isLevel }) => isLevel);
  const chosen = chooseLevels(
    candidates.map(({ role }) => role.name),
    sorted.memberships,
  );
  const named = identifiersFor(candidates.filter(({ role }) => chosen.has(role.name)).map(({ role }) => role.name));
  const tried = candidates.flatMap(({ role, carried }): readonly ImportedLevel[] => {
    const level = named.get(role.name);
    return level === undefined ? [] : [{ level, privileges: levelOf(sorted, role, carried) }];
  });
  const faults = faultsOf(choices.resource, tried);
  const levels = tried.filter(({ level }) => !faults.has(level));
  return {
    resource: choices.resource,
    database: sorted.database,
    version: sorted.version,
    levels,
    unsaid: [
      ...publicUnsaid(sorted),
      ...found.flatMap((one) =>
        unsaidOf({ one, catalog: sorted, chosen, fault: faults.get(named.get(one.role.name) ?? "") }),
      ),
    ],
    debts: findDebts({ catalog: sorted, choices, levels, countOf }),
  };
}

interface Candidate {
  readonly role: CatalogRole;
  readonly carried: Carried;
  /** Why it is no level whatever else is there. */
  readonly reasons: readonly string[];
  readonly isLevel: boolean;
}

function candidate(catalog: DatabaseCatalog, role: CatalogRole, countOf: CountOf): Candidate {
  const carried = carriedBy({
    database: catalog.database,
    grants: grantsOf(catalog, role.name),
    defaults: catalog.defaults.filter(({ grantee }) => grantee === role.name),
    countOf,
  });
  const reasons = reasonsAgainst(catalog, role);
  const isLevel = !role.canLogin && !isLease(role) && reasons.length === 0 && carried.privileges.length > 0;
  return { role, carried, reasons, isLevel };
}

/** What would make Terraform plan a change, or what the words of a level would hide. */
function reasonsAgainst(catalog: DatabaseCatalog, role: CatalogRole): readonly string[] {
  const above = rolesAbove(role.name, catalog.memberships);
  const odd = above.filter((name) => !isFitName(name));
  const settings = role.settings.filter((one) =>
    /^(?:search_path|statement_timeout|idle_in_transaction_session_timeout|role)=/.test(one),
  );
  return [
    ...(isLevelRoleName(role.name) && isFitName(role.name)
      ? []
      : ["its name is none that rules take for a level's role"]),
    ...(role.isSuperuser ? ["it is a superuser"] : []),
    ...(role.attributes.length > 0 ? [`it has ${role.attributes.join(", ")}, which a level's role does not have`] : []),
    ...(settings.length > 0 ? [`it has settings that Terraform reads: ${shownSome(settings)}`] : []),
    ...(role.owns > 0
      ? [
          `it owns ${role.owns === 1 ? "an object" : `${role.owns} objects`}, with which its members may do anything, and the words of a level would not say so`,
        ]
      : []),
    ...(odd.length > 0 ? [`it is a member of ${shownSome(odd)}, which rules can't name`] : []),
  ];
}

function levelOf(catalog: DatabaseCatalog, role: CatalogRole, carried: Carried): LevelPrivileges {
  return {
    role: role.name,
    database: catalog.database,
    privileges: carried.privileges,
    defaults: carried.defaults,
    memberOf: rolesAbove(role.name, catalog.memberships),
  };
}

/** What the rules would refuse after all, by level: nothing is written that could not be read again. */
function faultsOf(resource: string, levels: readonly ImportedLevel[]): ReadonlyMap<string, string> {
  const declared: DeclaredLevels = {
    resources: [{ name: resource, path: resource, kind: "postgresql", class: "critical", labels: {}, gateway: "main" }],
    connections: levels.map(({ level, privileges }) => ({
      id: connectionId(resource, level),
      path: level,
      resource,
      level,
      gatewayName: defaultLevelRole(resource, level),
      settings: {},
      secrets: {},
      command: [],
      guardrails: [],
      maskingRules: [],
      privileges,
    })),
  };
  return new Map(findLevelFaults(declared).map(({ path, sentence }) => [path, sentence]));
}

function unsaidOf(facts: {
  readonly one: Candidate;
  readonly catalog: DatabaseCatalog;
  readonly chosen: ReadonlySet<string>;
  readonly fault: string | undefined;
}): readonly Unsaid[] {
  const { one, catalog, chosen, fault } = facts;
  const { role, carried, reasons } = one;
  // Logins are debts, and say there what they have.
  if (role.canLogin || isLease(role)) return [];
  const said = (isWhole: boolean, sentence: string): Unsaid => ({ role: role.name, isWhole, sentence });
  if (reasons.length > 0) return reasons.map((reason) => said(true, reason));
  if (!one.isLevel) {
    return [
      said(true, "it has nothing here that a level can say"),
      ...carried.unsaid.map((sentence) => said(false, sentence)),
    ];
  }
  if (!chosen.has(role.name)) {
    const members = membersOf(role.name, catalog.memberships).filter((name) => chosen.has(name));
    return [
      said(
        true,
        `${members.length === 1 ? "the role of a level" : "roles of levels"} (${shownSome(members)}) ${members.length === 1 ? "is a member" : "are members"} of it, and a level can't be a member of a level`,
      ),
    ];
  }
  if (fault !== undefined) return [said(true, `the rules would refuse it: ${shown(fault).slice(1, -1)}`)];
  return [...carried.unsaid, ...asides(catalog, role)].map((sentence) => said(false, sentence));
}

/** What goes with a level and is not said in it. */
function asides(catalog: DatabaseCatalog, role: CatalogRole): readonly string[] {
  const memberships = catalog.memberships.filter(({ member, options }) => member === role.name && options.length > 0);
  return [
    ...memberships.map(
      ({ role: above, options }) =>
        `it is a member of ${shown(above)} with ${options.join(", ")}, which Terraform does not see and would not grant again`,
    ),
    ...(role.settings.length > 0 ? [`it has settings that a level does not say: ${shownSome(role.settings)}`] : []),
    ...(role.elsewhere.length > 0
      ? [`it has privileges in ${shownSome(role.elsewhere)} too, which were not imported`]
      : []),
  ];
}

/** What everybody has, by kind: levels never say it. */
function publicUnsaid(catalog: DatabaseCatalog): readonly Unsaid[] {
  const own = catalog.grants.filter(
    ({ grantee, object }) => grantee === undefined && (object.on !== "database" || object.name === catalog.database),
  );
  const words = own.map(({ object, privileges }) => {
    const name =
      "schema" in object ? `${object.schema}.${object.on === "columns" ? object.table : object.name}` : object.name;
    return `${privileges.join(", ")} on ${object.on} ${shown(name)}`;
  });
  const everywhere = catalog.defaults.filter(({ grantee }) => grantee === undefined);
  return [
    ...(words.length === 0 ? [] : [`everybody has ${[...new Set(words)].sort().join("; ")}`]),
    ...(everywhere.length === 0
      ? []
      : [
          `everybody gets privileges by default on what ${shownSome([...new Set(everywhere.map(({ owner }) => owner))])} make`,
        ]),
  ].map((sentence) => ({ isWhole: false, sentence }));
}

function grantsOf(catalog: DatabaseCatalog, role: string): readonly CatalogGrant[] {
  return catalog.grants.filter(({ grantee }) => grantee === role);
}

function isLease({ name }: CatalogRole): boolean {
  return name.startsWith(leasePrefix);
}

function countsOf(catalog: DatabaseCatalog): CountOf {
  const counts = new Map(catalog.counts.map(({ on, schema, count }) => [JSON.stringify([on, schema]), count]));
  return (on, schema) => counts.get(JSON.stringify([on, schema])) ?? 0;
}

/** Sorted by what it says, whatever order a server gave its rows in. */
function inOrder(catalog: DatabaseCatalog): DatabaseCatalog {
  return {
    ...catalog,
    roles: sortedBy(catalog.roles, ({ name }) => name),
    memberships: sortedBy(catalog.memberships, ({ role, member }) => JSON.stringify([member, role])),
    grants: sortedBy(catalog.grants, (one) => JSON.stringify([one.grantee ?? "", Object.values(one.object)])),
    defaults: sortedBy(catalog.defaults, ({ owner, schema, on, grantee }) =>
      JSON.stringify([grantee ?? "", owner, schema ?? "", on]),
    ),
  };
}

function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => [keyOf(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}
