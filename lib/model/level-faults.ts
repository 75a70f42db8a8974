import {
  isLevelRoleName,
  isPostgresqlName,
  objectKinds,
  privilegesOn,
  type LevelPrivileges,
  type ObjectPrivileges,
  type PrivilegesInSchema,
} from "./privileges";
import { clusterOf, type Connection, type Resource } from "./resource";

/** What of the rules says where levels are, and what they carry. */
export interface DeclaredLevels {
  readonly resources: readonly Resource[];
  readonly connections: readonly Connection[];
}

/** Something wrong with a level or a cluster. */
export interface LevelFault {
  /** The construct path of the Connection or Resource. */
  readonly path: string;
  /** Without a full stop. */
  readonly sentence: string;
  readonly fix: string;
}

/** Everything that no PostgreSQL could hold, or that two levels would have to fight about. */
export function findLevelFaults(levels: DeclaredLevels): readonly LevelFault[] {
  const resources = new Map(levels.resources.map((one) => [one.name, one]));
  const faults = [...clusterFaults(levels.resources), ...roleFaults(levels, resources)];
  for (const connection of levels.connections) {
    const { privileges, path } = connection;
    if (privileges === undefined) continue;
    const kind = resources.get(connection.resource)?.kind ?? "postgresql";
    const sentences = [
      ...(kind === "postgresql" ? [] : [`it carries privileges of PostgreSQL, and its resource is of kind ${kind}`]),
      ...nameFaults(privileges),
      ...privilegeFaults(privileges),
      ...overlaps(privileges.privileges),
      ...memberFaults(privileges),
      ...databaseFaults(connection, privileges),
    ];
    faults.push(
      ...sentences.map((sentence) => ({ path, sentence, fix: "mend the PostgresqlLevel of the connection" })),
    );
  }
  return faults;
}

/** Resources of one cluster are databases of one server. */
function clusterFaults(resources: readonly Resource[]): readonly LevelFault[] {
  const first = new Map<string, Resource>();
  const shared = resources.filter((one) => one.kind === "postgresql" || one.cluster !== undefined);
  return shared.flatMap((one) => {
    const { name, kind, path } = one;
    if (kind !== "postgresql") {
      return [{ path, sentence: `it is of kind ${kind}, and only PostgreSQL has clusters`, fix: "take `cluster` out" }];
    }
    const cluster = clusterOf(one);
    const other = first.get(cluster);
    if (other === undefined) first.set(cluster, one);
    if (other === undefined || (other.host === one.host && other.port === one.port)) return [];
    const sentence = `it is of cluster \`${cluster}\` like \`${other.name}\`, at another host or port`;
    return [{ path, sentence, fix: `give \`${name}\` the host and port of \`${other.name}\`, or another cluster` }];
  });
}

/** A role carries one level; roles are shared by all databases of a cluster. */
function roleFaults(levels: DeclaredLevels, resources: ReadonlyMap<string, Resource>): readonly LevelFault[] {
  const carried = levels.connections.flatMap((connection) => {
    const resource = resources.get(connection.resource);
    const { privileges } = connection;
    return resource === undefined || privileges === undefined ? [] : [{ connection, resource, privileges }];
  });
  const key = (resource: Resource, role: string): string => JSON.stringify([clusterOf(resource), role]);
  const first = new Map<string, string>();
  const twins = carried.flatMap(({ connection, resource, privileges }) => {
    const taken = first.get(key(resource, privileges.role));
    if (taken === undefined) first.set(key(resource, privileges.role), connection.id);
    if (taken === undefined) return [];
    const sentence = `the role \`${privileges.role}\` carries \`${taken}\` in cluster \`${clusterOf(resource)}\` already`;
    return [{ path: connection.path, sentence, fix: "set `role` on one of the two levels" }];
  });
  const clashes = carried.flatMap(({ connection: { path }, resource, privileges }) => {
    const { memberOf, serviceRole } = privileges;
    const used = [...memberOf, ...(serviceRole === undefined ? [] : [serviceRole])];
    const level = used.find((role) => first.has(key(resource, role)) && role !== privileges.role);
    if (level === undefined) return [];
    const sentence = `\`${level}\` is the role of level \`${first.get(key(resource, level))}\``;
    return [{ path, sentence, fix: "state what this level carries by itself, and name another role" }];
  });
  return [...twins, ...clashes];
}

function nameFaults(level: LevelPrivileges): readonly string[] {
  const roles = [level.role, ...(level.serviceRole === undefined ? [] : [level.serviceRole])];
  const names = [
    level.database,
    ...level.memberOf,
    ...(level.createsAs === undefined ? [] : [level.createsAs]),
    ...level.defaults.flatMap(({ owner, schema }) => [owner, schema]),
    ...level.privileges.flatMap(namesOf),
  ];
  return [
    ...roles.filter((one) => !isLevelRoleName(one)).map((one) => `\`${one}\` is no name for a role of a level`),
    ...names.filter((one) => !isPostgresqlName(one)).map((one) => `\`${one}\` is no name of PostgreSQL (63 bytes)`),
    ...level.privileges.flatMap(callFaults),
  ];
}

function namesOf(one: ObjectPrivileges): readonly string[] {
  if (one.on === "database") return [];
  if (one.on === "schema") return [one.schema];
  if (one.on === "columns") return [one.schema, one.table, ...one.columns];
  // The name of a function comes with its argument types, which may be longer together.
  const objects = one.on === "functions" ? (one.objects ?? []).map(functionName) : (one.objects ?? []);
  return [one.schema, ...objects, ...(one.except ?? [])];
}

/** A function as `name` or `name(types)`. */
const functionForm = /^([^()]+)(?:\((?:[A-Za-z_][A-Za-z0-9_ .]*(?:\[\])*(?:, ?(?!\))|(?=\))))*\))?$/;

function functionName(text: string): string {
  return functionForm.exec(text)?.[1] ?? text;
}

/** Terraform's provider quotes a name up to its first parenthesis, and takes the rest for the types of arguments. */
function callFaults(one: ObjectPrivileges): readonly string[] {
  if (one.on === "database" || one.on === "schema") return [];
  if (one.on === "columns") return parenthesis([one.table]);
  const { objects = [] } = one;
  if (one.on !== "functions") return parenthesis(objects);
  const odd = objects.filter((name) => !functionForm.test(name));
  return odd.map((name) => `\`${name}\` is no function: write its name, or its name and the types of its arguments`);
}

function parenthesis(names: readonly string[]): readonly string[] {
  const odd = names.filter((name) => name.includes("("));
  return odd.map((name) => `\`${name}\` has a parenthesis, which Terraform's provider for PostgreSQL does not quote`);
}

function privilegeFaults({ privileges, defaults }: LevelPrivileges): readonly string[] {
  const unknown = [...privileges, ...defaults].flatMap(({ on, privileges: list }) => {
    const known: readonly string[] = privilegesOn[on];
    return list.filter((one) => !known.includes(one)).map((one) => `there is no ${one} on ${on}`);
  });
  const twice = duplicates(defaults.map(({ owner, on, schema }) => JSON.stringify([owner, on, schema])));
  return [...unknown, ...twice.map((one) => `the defaults of ${one} are stated twice`)];
}

/** Each object once: a grant takes away what another grant on the same object gave. */
function overlaps(all: readonly ObjectPrivileges[]): readonly string[] {
  const singles = all.flatMap((one) =>
    one.on === "database" ? ["the database"] : one.on === "schema" ? [one.schema] : [],
  );
  const faults = duplicates(singles).map((one) => `privileges on \`${one}\` are stated twice`);
  for (const on of objectKinds) {
    const bySchema = new Map<string, PrivilegesInSchema[]>();
    for (const one of all) if (one.on === on) bySchema.set(one.schema, [...(bySchema.get(one.schema) ?? []), one]);
    for (const [schema, list] of bySchema) faults.push(...overlapsIn(`${on} of \`${schema}\``, list));
  }
  return [...faults, ...columnOverlaps(all)];
}

function overlapsIn(what: string, list: readonly PrivilegesInSchema[]): readonly string[] {
  const [whole, ...more] = list.filter(({ objects }) => objects === undefined);
  if (more.length > 0) return [`privileges on all ${what} are stated twice`];
  const stated = list.flatMap(({ objects = [] }) => objects);
  const named = stated.map(functionName);
  // A function by its name alone may be any of that name; with the types of its arguments it is one.
  const bare = duplicates(named).filter((name) => stated.includes(name));
  const twice = [...new Set([...duplicates(stated), ...bare])].map(
    (one) => `privileges on \`${one}\` among the ${what} are stated twice`,
  );
  if (whole === undefined) return twice;
  const except = new Set(whole.except);
  const covered = named.filter((one) => !except.has(one));
  return [
    ...twice,
    ...covered.map((one) => `\`${one}\` is among all ${what} and stated by itself: except it from these`),
  ];
}

function columnOverlaps(all: readonly ObjectPrivileges[]): readonly string[] {
  const named = new Map<string, readonly string[]>();
  const whole = new Map<string, ReadonlySet<string>>();
  for (const one of all) {
    if (one.on !== "tables") continue;
    if (one.objects === undefined) whole.set(one.schema, new Set(one.except));
    for (const table of one.objects ?? []) named.set(JSON.stringify([one.schema, table]), one.privileges);
  }
  const seen: string[] = [];
  const faults: string[] = [];
  for (const one of all) {
    if (one.on !== "columns") continue;
    const { schema, table } = one;
    // A grant on a named table takes away no other privileges of its columns than its own.
    const onTable = named.get(JSON.stringify([schema, table])) ?? [];
    const isDoubled = one.privileges.some((privilege) => onTable.includes(privilege));
    const isCovered = isDoubled || whole.get(schema)?.has(table) === false;
    if (isCovered) {
      faults.push(`\`${schema}.${table}\` has privileges as a table and by columns: except it from the tables`);
    }
    // One grant per privilege of a table: a second one would take its columns away.
    seen.push(...one.privileges.map((privilege) => `${privilege} on columns of ${schema}.${table}`));
  }
  return [...faults, ...duplicates(seen).map((one) => `\`${one}\` is stated twice: put the columns in one list`)];
}

function memberFaults({ role, memberOf, createsAs, serviceRole, defaults }: LevelPrivileges): readonly string[] {
  return [
    ...(createsAs === undefined || memberOf.includes(createsAs)
      ? []
      : [`\`createsAs\` is \`${createsAs}\`, which is not among \`memberOf\``]),
    ...(memberOf.includes(role) ? [`\`${role}\` would be a member of itself`] : []),
    ...(serviceRole === role || (serviceRole !== undefined && memberOf.includes(serviceRole))
      ? [`\`serviceRole\` \`${serviceRole}\` is one of the level's other roles`]
      : []),
    ...(defaults.some(({ owner }) => owner === role) ? [`\`${role}\` owns nothing, so it has no defaults`] : []),
  ];
}

/** A gateway would log in to another database than the one that the role has its privileges in. */
function databaseFaults({ settings }: Connection, { database }: LevelPrivileges): readonly string[] {
  const stated = Object.hasOwn(settings, "database") ? settings["database"] : undefined;
  return stated === undefined || stated === database
    ? []
    : [`its setting \`database\` is \`${stated}\`, and its privileges are in \`${database}\``];
}

function duplicates(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => (seen.has(name) ? true : (seen.add(name), false))))];
}
