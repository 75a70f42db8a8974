import { failure } from "../errors";
import type { Sql, SqlRow, SqlSession, SqlStatement } from "../ports";
import type {
  CatalogCount,
  CatalogDefault,
  CatalogGrant,
  CatalogMembership,
  CatalogObject,
  CatalogRole,
  DatabaseCatalog,
  Granted,
  TableKind,
} from "./catalog";
import { importFailure, oldestVersion } from "./import-failure";
import * as sql from "./statements";

/**
 * Reads what a database's catalogs say about its roles, in one read-only transaction that sees one moment: nothing is written.
 * Throws E710 for what is no PostgreSQL, or an older one than is supported, or too large; E711 where it can't be reached; E712
 * where it refuses the login or the catalogs.
 */
export async function readCatalog(database: Sql): Promise<DatabaseCatalog> {
  const session = database.session();
  try {
    const read = reader(session, database.address);
    await checkServer(read, database.address);
    await read(sql.begin);
    const [server] = await read(sql.server);
    const catalog: DatabaseCatalog = {
      database: text(server, "database"),
      version: text(server, "version"),
      readBy: text(server, "user"),
      roles: (await read(sql.roles)).map(roleOf),
      memberships: (await read(sql.memberships)).map(membershipOf),
      grants: [
        ...(await read(sql.databaseGrants)).map((row) => grantOf(row, { on: "database", name: text(row, "name") })),
        ...(await read(sql.schemaGrants)).map((row) => grantOf(row, { on: "schema", name: text(row, "name") })),
        ...(await read(sql.relationGrants)).map((row) => grantOf(row, relationOf(row))),
        ...(await read(sql.columnGrants)).map((row) => grantOf(row, columnOf(row))),
        ...(await read(sql.routineGrants)).map((row) => grantOf(row, routineOf(row))),
        ...(await read(sql.otherGrants)).map((row) => grantOf(row, otherOf(row))),
      ],
      defaults: (await read(sql.defaults)).map(defaultOf),
      counts: (await read(sql.counts)).map(countOf),
    };
    await read(sql.commit);
    return catalog;
  } finally {
    await session.close();
  }
}

/** Most rows of one kind that are read. */
const mostRows = 200_000;

type Read = (statement: SqlStatement) => Promise<readonly SqlRow[]>;

function reader(session: SqlSession, address: string): Read {
  return async (statement) => {
    const answer = await session.query(statement);
    if (answer.kind !== "rows") throw importFailure(address, answer);
    if (answer.rows.length <= mostRows) return answer.rows;
    throw failure("E710", {
      detail: `${address}: more than ${mostRows} rows of its catalogs are about privileges`,
      fix: "grant to roles on schemas and all that is in them, and not on each object; then import again",
    });
  };
}

/** What only speaks PostgreSQL's protocol has other catalogs. */
async function checkServer(read: Read, address: string): Promise<void> {
  const [row] = await read(sql.identity);
  const [said, number] = [text(row, "said"), Number(row?.["number"])];
  const fix = `import from PostgreSQL ${oldestVersion / 10_000} or newer itself`;
  if (!/^PostgreSQL \d/.test(said) || !Number.isInteger(number)) {
    throw failure("E710", { detail: `${address} says that it is ${JSON.stringify(said.slice(0, 60))}`, fix });
  }
  if (number >= oldestVersion) return;
  throw failure("E710", { detail: `${address} is ${JSON.stringify(said.slice(0, 20))}, which is too old`, fix });
}

function roleOf(row: SqlRow): CatalogRole {
  return {
    name: text(row, "name"),
    canLogin: row["login"] === true,
    isSuperuser: row["super"] === true,
    attributes: texts(row, "attributes"),
    settings: texts(row, "settings"),
    owns: Number(row["owns"] ?? 0),
    elsewhere: texts(row, "elsewhere"),
  };
}

function membershipOf(row: SqlRow): CatalogMembership {
  return { role: text(row, "role"), member: text(row, "member"), options: texts(row, "options") };
}

function grantOf(row: SqlRow, object: CatalogObject): CatalogGrant {
  return { object, ...grantedOf(row) };
}

function grantedOf(row: SqlRow): Granted {
  return {
    grantee: optionalText(row, "grantee"),
    privileges: texts(row, "privileges"),
    grantable: texts(row, "grantable"),
    grantors: texts(row, "grantors"),
  };
}

function relationOf(row: SqlRow): CatalogObject {
  const [schema, name] = [text(row, "schema"), text(row, "name")];
  return row["kind"] === "S" ? { on: "sequences", schema, name } : { on: "tables", schema, name, kind: tableKind(row) };
}

function columnOf(row: SqlRow): CatalogObject {
  return {
    on: "columns",
    schema: text(row, "schema"),
    table: text(row, "table"),
    name: text(row, "name"),
    kind: tableKind(row),
  };
}

function routineOf(row: SqlRow): CatalogObject {
  const [schema, name, takes] = [text(row, "schema"), text(row, "name"), text(row, "takes")];
  return row["kind"] === "p"
    ? { on: "other", what: "procedure", name: `${schema}.${name}(${takes})` }
    : { on: "functions", schema, name, takes, isOverloaded: row["overloaded"] === true };
}

function otherOf(row: SqlRow): CatalogObject {
  return { on: "other", what: text(row, "what"), name: text(row, "name") };
}

function defaultOf(row: SqlRow): CatalogDefault {
  const on = defaultKinds[text(row, "kind")] ?? "types";
  return { owner: text(row, "owner"), schema: optionalText(row, "schema"), on, ...grantedOf(row) };
}

const defaultKinds: Readonly<Record<string, CatalogDefault["on"]>> = {
  r: "tables",
  S: "sequences",
  f: "functions",
  T: "types",
  n: "schemas",
  L: "large objects",
};

function countOf(row: SqlRow): CatalogCount {
  const on = text(row, "kind") as CatalogCount["on"];
  return { on, schema: text(row, "schema"), count: Number(row["count"]) };
}

function tableKind(row: SqlRow): TableKind {
  return tableKinds[text(row, "kind")] ?? "table";
}

const tableKinds: Readonly<Record<string, TableKind>> = {
  r: "table",
  v: "view",
  m: "materialized view",
  f: "foreign table",
  p: "partitioned table",
};

function text(row: SqlRow | undefined, name: string): string {
  return optionalText(row, name) ?? "";
}

function optionalText(row: SqlRow | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === "string" ? value : undefined;
}

function texts(row: SqlRow, name: string): readonly string[] {
  const value = row[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string").sort() : [];
}
