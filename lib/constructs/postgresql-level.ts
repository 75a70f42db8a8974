import { canonicalJson } from "../model/canonical";
import {
  defaultLevelRole,
  isLevelRoleName,
  isPostgresqlName,
  objectKinds,
  privilegesOn,
  type DefaultPrivileges,
  type LevelPrivileges,
  type ObjectPrivileges,
} from "../model/privileges";
import { checkNotEmpty, checkOneOf, misuse } from "./misuse";

/** What every level of a PostgreSQL database is made with. */
export interface PostgresqlLevelProps {
  /** The database that the level is in. */
  readonly database: string;
  /**
   * The NOLOGIN role that carries the level: at most 63 bytes, not `pg_…` and not `lh_…`.
   * @default - `<resource>-<level>`
   */
  readonly role?: string;
  /**
   * A role with LOGIN that a gateway logs in as at this level, made by Terraform without a password.
   * @default - none
   */
  readonly serviceRole?: string;
}

/** What `PostgresqlLevel.read` and `PostgresqlLevel.write` are made with. */
export interface PostgresqlSchemasProps extends PostgresqlLevelProps {
  /** The schemas whose tables it is about. */
  readonly schemas: readonly string[];
  /**
   * Tables that it is not about, as `<schema>.<table>`.
   * @default - none
   */
  readonly except?: readonly string[];
  /**
   * Roles that make tables in these schemas: what they make later is included. Others' new tables are included from the
   * next `terraform apply` on.
   * @default - none
   */
  readonly owners?: readonly string[];
}

/** What `PostgresqlLevel.migrate` is made with. */
export interface PostgresqlMigrateProps extends PostgresqlLevelProps {
  /** The schemas in which it may create. */
  readonly schemas: readonly string[];
  /** Roles that own what is migrated: PostgreSQL lets only members of the owner alter and drop. The first owns what is made. */
  readonly owners: readonly string[];
}

/** What `PostgresqlLevel.admin` is made with. */
export interface PostgresqlAdminProps extends PostgresqlLevelProps {
  /** The schemas in which it has every privilege. */
  readonly schemas: readonly string[];
  /**
   * Roles that it is a member of, e.g. an owner or `pg_monitor`: it may do all that these may.
   * @default - none
   */
  readonly memberOf?: readonly string[];
  /**
   * Roles that make objects in these schemas: what they make later is included.
   * @default - none
   */
  readonly owners?: readonly string[];
}

/** What `PostgresqlLevel.custom` is made with: exactly what the level carries. */
export interface PostgresqlCustomProps extends PostgresqlLevelProps {
  /** The privileges, each object once. */
  readonly privileges: readonly ObjectPrivileges[];
  /**
   * Privileges on what owners make later.
   * @default - none
   */
  readonly defaults?: readonly DefaultPrivileges[];
  /**
   * Roles that it is a member of.
   * @default - none
   */
  readonly memberOf?: readonly string[];
  /**
   * The role to own what is made at this level; one of `memberOf`.
   * @default - none
   */
  readonly createsAs?: string;
}

/** What a Connection carries in a PostgreSQL database; given to it as `privileges`. */
export class PostgresqlLevel {
  private constructor(private readonly carried: Carried) {}

  /** Reads all tables of some schemas, but for exceptions. */
  static read(props: PostgresqlSchemasProps): PostgresqlLevel {
    return new PostgresqlLevel(ofSchemas("PostgresqlLevel.read", props, { tables: ["SELECT"] }));
  }

  /** Reads and changes the rows of all tables of some schemas, but for exceptions; uses their sequences. */
  static write(props: PostgresqlSchemasProps): PostgresqlLevel {
    const tables = ["SELECT", "INSERT", "UPDATE", "DELETE"];
    return new PostgresqlLevel(ofSchemas("PostgresqlLevel.write", props, { tables, sequences: ["USAGE"] }));
  }

  /** Creates in some schemas, and alters and drops what their owners own. */
  static migrate(props: PostgresqlMigrateProps): PostgresqlLevel {
    const what = "PostgresqlLevel.migrate";
    const schemas = checkNotEmpty(`\`schemas\` of ${what}`, props.schemas);
    const owners = checkNotEmpty(`\`owners\` of ${what}`, props.owners);
    const [createsAs = ""] = owners;
    const privileges: readonly ObjectPrivileges[] = [
      { on: "database", privileges: ["CONNECT"] },
      ...schemas.map((schema) => ({ on: "schema" as const, schema, privileges: ["USAGE", "CREATE"] })),
    ];
    return new PostgresqlLevel(levelOf(what, { ...common(props), privileges, memberOf: owners, createsAs }));
  }

  /** Has every privilege in some schemas, and is a member of stated roles; never a superuser. */
  static admin(props: PostgresqlAdminProps): PostgresqlLevel {
    const what = "PostgresqlLevel.admin";
    const schemas = checkNotEmpty(`\`schemas\` of ${what}`, props.schemas);
    const inSchemas = schemas.flatMap((schema) =>
      objectKinds.map((on) => ({ on, schema, privileges: privilegesOn[on] })),
    );
    const privileges: readonly ObjectPrivileges[] = [
      { on: "database", privileges: privilegesOn.database },
      ...schemas.map((schema) => ({ on: "schema" as const, schema, privileges: privilegesOn.schema })),
      ...inSchemas,
    ];
    const defaults = (props.owners ?? []).flatMap((owner) => inSchemas.map((one) => ({ owner, ...one })));
    return new PostgresqlLevel(
      levelOf(what, { ...common(props), privileges, defaults, memberOf: props.memberOf ?? [] }),
    );
  }

  /** Exactly what is stated, down to columns and functions; CONNECT on the database and USAGE on a schema are stated too. */
  static custom(props: PostgresqlCustomProps): PostgresqlLevel {
    return new PostgresqlLevel(levelOf("PostgresqlLevel.custom", props));
  }

  /** The Manifest's entry for a level of a Resource; throws E203 where the role's default name is none that PostgreSQL takes. */
  entryFor(resource: string, level: string): LevelPrivileges {
    const role = this.carried.role ?? defaultLevelRole(resource, level);
    if (isLevelRoleName(role)) return { ...this.carried, role };
    const fix = "set `role` of its PostgresqlLevel";
    throw misuse(`the role of level \`${resource}/${level}\``, roleExpected, role, fix);
  }
}

type Carried = Omit<LevelPrivileges, "role"> & { readonly role: string | undefined };

const nameExpected = "a name of PostgreSQL: 1 to 63 bytes without control characters";
const roleExpected = `${nameExpected}, not \`pg_…\`, \`lh_…\`, \`public\` or \`none\``;

function common({ database, role, serviceRole }: PostgresqlLevelProps): PostgresqlLevelProps {
  return { database, ...(role === undefined ? {} : { role }), ...(serviceRole === undefined ? {} : { serviceRole }) };
}

/** What the levels that are about rows have in common. */
function ofSchemas(
  what: string,
  props: PostgresqlSchemasProps,
  rows: { readonly tables: readonly string[]; readonly sequences?: readonly string[] },
): Carried {
  const schemas = checkNotEmpty(`\`schemas\` of ${what}`, props.schemas);
  const excepted = exceptions(what, schemas, props.except ?? []);
  const { tables, sequences = [] } = rows;
  const privileges = schemas.flatMap((schema): readonly ObjectPrivileges[] => {
    const except = excepted.get(schema);
    return [
      { on: "schema", schema, privileges: ["USAGE"] },
      { on: "tables", schema, ...(except === undefined ? {} : { except }), privileges: tables },
      ...(sequences.length > 0 ? [{ on: "sequences", schema, privileges: sequences } as const] : []),
    ];
  });
  const defaults = (props.owners ?? []).flatMap((owner) =>
    schemas.flatMap((schema): readonly DefaultPrivileges[] => [
      { owner, on: "tables", schema, privileges: tables },
      ...(sequences.length > 0 ? [{ owner, on: "sequences", schema, privileges: sequences } as const] : []),
    ]),
  );
  return levelOf(what, {
    ...common(props),
    privileges: [{ on: "database", privileges: ["CONNECT"] }, ...privileges],
    defaults,
  });
}

/** Tables by schema. A schema's name may have a dot of its own, so the stated ones are tried, the longest first. */
function exceptions(
  what: string,
  schemas: readonly string[],
  except: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const bySchema = new Map<string, string[]>();
  const longest = schemas.toSorted((a, b) => b.length - a.length);
  for (const one of except) {
    const schema = longest.find((name) => typeof one === "string" && one.startsWith(`${name}.`));
    if (schema === undefined) {
      throw misuse(`\`except\` of ${what}`, "tables of its schemas, as `<schema>.<table>`", one);
    }
    const table = one.slice(schema.length + 1);
    bySchema.set(schema, [...(bySchema.get(schema) ?? []), table]);
  }
  return bySchema;
}

/** Everything checked, in the one order that a Manifest has. */
function levelOf(what: string, props: PostgresqlCustomProps): Carried {
  const { role, serviceRole, createsAs } = props;
  for (const name of [role, serviceRole]) {
    if (name !== undefined && !isLevelRoleName(name)) throw misuse(`a role of ${what}`, roleExpected, name);
  }
  const privileges = checkNotEmpty(`\`privileges\` of ${what}`, props.privileges);
  return {
    role,
    database: checkedName(`\`database\` of ${what}`, props.database),
    privileges: inOrder(privileges.map((one) => entry(what, one))),
    defaults: inOrder((props.defaults ?? []).map((one) => defaultEntry(what, one))),
    memberOf: checkedNames(`\`memberOf\` of ${what}`, props.memberOf ?? []),
    ...(createsAs === undefined ? {} : { createsAs: checkedName(`\`createsAs\` of ${what}`, createsAs) }),
    ...(serviceRole === undefined ? {} : { serviceRole }),
  };
}

function entry(what: string, one: ObjectPrivileges): ObjectPrivileges {
  const on = checkOneOf(`\`on\` of a privilege of ${what}`, one?.on, kinds);
  const privileges = checkedPrivileges(what, on, one.privileges);
  if (one.on === "database") return { on: one.on, privileges };
  const schema = checkedName(`\`schema\` of a privilege of ${what}`, one.schema);
  if (one.on === "schema") return { on: one.on, schema, privileges };
  if (one.on === "columns") {
    const table = checkedName(`\`table\` of a privilege of ${what}`, one.table);
    const columns = checkNotEmpty(`\`columns\` of a privilege of ${what}`, one.columns);
    return { on: one.on, schema, table, columns: checkedNames(`\`columns\` of ${what}`, columns), privileges };
  }
  const { objects, except } = one;
  if (objects !== undefined) checkNotEmpty(`\`objects\` of a privilege of ${what}`, objects);
  return {
    on: one.on,
    schema,
    ...(objects === undefined ? {} : { objects: checkedNames(`\`objects\` of a privilege of ${what}`, objects) }),
    ...(except === undefined || except.length === 0
      ? {}
      : { except: checkedNames(`\`except\` of a privilege of ${what}`, except) }),
    privileges,
  };
}

function defaultEntry(what: string, one: DefaultPrivileges): DefaultPrivileges {
  const on = checkOneOf(`\`on\` of a default of ${what}`, one?.on, objectKinds);
  return {
    owner: checkedName(`\`owner\` of a default of ${what}`, one.owner),
    on,
    schema: checkedName(`\`schema\` of a default of ${what}`, one.schema),
    privileges: checkedPrivileges(what, on, one.privileges),
  };
}

const kinds = Object.keys(privilegesOn) as readonly ObjectPrivileges["on"][];

/** In the order of `privilegesOn`, each once. */
function checkedPrivileges(what: string, on: ObjectPrivileges["on"], privileges: readonly string[]): readonly string[] {
  const known: readonly string[] = privilegesOn[on];
  const where = `privileges on ${on} of ${what}`;
  for (const one of checkNotEmpty(where, privileges)) checkOneOf(where, one, known);
  return known.filter((one) => privileges.includes(one));
}

function checkedName(what: string, name: string): string {
  if (typeof name === "string" && isPostgresqlName(name)) return name;
  throw misuse(what, nameExpected, name);
}

/** Sorted, each once. */
function checkedNames(what: string, names: readonly string[]): readonly string[] {
  if (!Array.isArray(names)) throw misuse(what, "a list of names", names);
  return [...new Set(names.map((name) => checkedName(what, name)))].sort();
}

function inOrder<T>(items: readonly T[]): readonly T[] {
  const keyed = new Map(items.map((item) => [canonicalJson(item), item]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
