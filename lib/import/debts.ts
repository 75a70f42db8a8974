import { isEmail } from "../model/names";
import { isLevelRoleName, type LevelPrivileges } from "../model/privileges";
import { carriedBy, isFitName, type Carried, type CountOf } from "./carried";
import type { CatalogRole, DatabaseCatalog } from "./catalog";
import type { DebtPullRequest, ImportedLevel, LoginDebt } from "./description";
import { identifierFor } from "./identifiers";
import { levelText } from "./level-text";
import { literal, sqlName } from "./literal";
import { leasePrefix, rolesAbove } from "./memberships";
import { shown, shownSome } from "./sentences";

interface Facts {
  readonly catalog: DatabaseCatalog;
  readonly choices: { readonly resource: string; readonly services: readonly string[] };
  readonly levels: readonly ImportedLevel[];
  readonly countOf: CountOf;
}

/** Every login that stands for ever, and what would replace it. Lease roles end by themselves. */
export function findDebts(facts: Facts): readonly LoginDebt[] {
  return facts.catalog.roles
    .filter(({ canLogin, name }) => canLogin && !name.startsWith(leasePrefix))
    .map((role) => debtOf(role, facts));
}

function debtOf(role: CatalogRole, facts: Facts): LoginDebt {
  const { catalog, levels } = facts;
  const above = rolesAbove(role.name, catalog.memberships);
  const held = levels.filter(({ privileges }) => above.includes(privileges.role));
  const others = above.filter((name) => !held.some(({ privileges }) => privileges.role === name));
  const carried = carriedBy({
    database: catalog.database,
    grants: catalog.grants.filter(({ grantee }) => grantee === role.name),
    defaults: catalog.defaults.filter(({ grantee }) => grantee === role.name),
    countOf: facts.countOf,
  });
  const of = facts.choices.services.includes(role.name) ? "service" : "person";
  const own = ownLevel(role, { facts, carried, others });
  return {
    login: role.name,
    of,
    has: [
      ...(role.isSuperuser
        ? ["it is a superuser: no level replaces that, so keep one for emergencies and take it from the others"]
        : []),
      ...(role.attributes.length > 0 ? [`it has ${role.attributes.join(", ")}`] : []),
      ...(held.length > 0
        ? [
            `it is a member of ${shownSome(held.map(({ privileges }) => privileges.role))}, which ${held.length === 1 ? "is a level" : "are levels"}`,
          ]
        : []),
      ...(others.length > 0
        ? [`it is a member of ${shownSome(others)}, which ${others.length === 1 ? "is" : "are"} no level`]
        : []),
      ...(carried.privileges.length + carried.defaults.length > 0 ? ["it has privileges of its own"] : []),
      ...carried.unsaid,
      ...(role.owns > 0
        ? [
            `it owns ${role.owns === 1 ? "an object" : `${role.owns} objects`}: give them to a role that nobody logs in as`,
          ]
        : []),
      ...(role.elsewhere.length > 0
        ? [`it has something in ${shownSome(role.elsewhere)} too, which was not imported`]
        : []),
    ],
    ...(role.isSuperuser || (held.length === 0 && own === undefined)
      ? {}
      : { pullRequest: pullRequestOf(role, { facts, of, held, own }) }),
  };
}

/** A level that carries what a login has for itself, and by roles that are no levels; there is no such role yet. */
function ownLevel(
  role: CatalogRole,
  { facts, carried, others }: { readonly facts: Facts; readonly carried: Carried; readonly others: readonly string[] },
): ImportedLevel | undefined {
  const memberOf = others.filter(isFitName);
  if (carried.privileges.length === 0 && memberOf.length === 0) return undefined;
  const connecting = { on: "database", privileges: ["CONNECT"] } as const;
  const level = `from-${identifierFor(role.name)}`;
  const name = `${facts.choices.resource}-${level}`;
  const privileges: LevelPrivileges = {
    role: isLevelRoleName(name) ? name : level,
    database: facts.catalog.database,
    privileges: carried.privileges.length === 0 ? [connecting] : carried.privileges,
    defaults: carried.defaults,
    memberOf,
  };
  return { level, privileges };
}

function pullRequestOf(
  { name }: CatalogRole,
  facts: {
    readonly facts: Facts;
    readonly of: LoginDebt["of"];
    readonly held: readonly ImportedLevel[];
    readonly own: ImportedLevel | undefined;
  },
): DebtPullRequest {
  const { of, held, own } = facts;
  const { resource } = facts.facts.choices;
  const id = identifierFor(name);
  const email = isEmail(name) ? name : `${id}@example.com`;
  const ids = [...held, ...(own === undefined ? [] : [own])].map(({ level }) => `${resource}/${level}`);
  const who =
    of === "person"
      ? `new User(app, ${literal(id)}, { email: ${literal(email)} })`
      : `new ServiceAccount(app, ${literal(id)})`;
  const lines = [
    ...(own === undefined
      ? []
      : [
          `app.findResource(${literal(resource)}).connection(${literal(own.level)}, {`,
          `  privileges: ${levelText(own.privileges, "  ")},`,
          "});",
        ]),
    `new AccessRule(app, ${literal(`instead-of-${id}`)}, {`,
    `  who: [${who}],`,
    `  may: [${ids.map((one) => `Connection.named(${literal(one)})`).join(", ")}],`,
    "  duration: { default: Duration.hours(1), max: Duration.hours(8) },",
    `  approval: Approval.of(1, Group.named("platform")),`,
    "});",
  ];
  return {
    title: `Replace the standing login ${shown(name)} by leases of ${ids.join(", ")}`,
    rule: lines.join("\n"),
    request: `leasehold request --for ${of === "person" ? email : `service:${id}`} --access ${ids.join(" ")} --duration 1h --reason "instead of a standing login"`,
    afterwards: `ALTER ROLE ${sqlName(name)} NOLOGIN;`,
  };
}
