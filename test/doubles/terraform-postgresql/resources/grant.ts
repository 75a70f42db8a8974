import { saying, type Cluster, type Transaction } from "../postgres/cluster";
import { objectList, quoted } from "../postgres/quote";
import { asMemberOf, hasRole, lockRole, roleOid } from "../postgres/roles";
import { isSameSet, text, texts, type ResourceKind } from "../protocol/kind";
import type { ObjectValue } from "../wire/value";

/** `postgresql_grant` (resource_postgresql_grant.go of 1.26.0): takes everything away, then gives. */
export const grant: ResourceKind = {
  defaults: { with_grant_option: false },
  forceNew: ["role", "database", "schema", "object_type", "objects", "columns", "with_grant_option"],
  async create(cluster, planned) {
    return write(cluster, planned, planned);
  },
  async read(cluster, state) {
    if (!(await isThere(cluster, state))) return undefined;
    return { ...(await readPrivileges(cluster, state)), id: idOf(state) };
  },
  async update(cluster, { prior, planned }) {
    return write(cluster, planned, prior);
  },
  async remove(cluster, prior) {
    await inTransaction(cluster, prior, (transaction) => revoke(transaction, prior));
  },
};

/** Whether the database, the role and the schema of a grant or default are there. */
export async function isThere(cluster: Cluster, state: ObjectValue): Promise<boolean> {
  const database = text(state, "database");
  if (!(await cluster.hasDatabase(database))) return false;
  return cluster.transaction(database, async (transaction) => {
    const [name, schema] = [text(state, "role"), text(state, "schema")];
    if (name !== "public" && !(await hasRole(transaction, name))) return false;
    if (schema === "" || text(state, "object_type") === "database") return true;
    return (await transaction.rows("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema])).length > 0;
  });
}

async function write(cluster: Cluster, planned: ObjectValue, prior: ObjectValue): Promise<ObjectValue> {
  const problem = problemOf(planned);
  if (problem !== undefined) throw new Error(problem);
  await inTransaction(cluster, planned, async (transaction) => {
    await revoke(transaction, prior);
    const privileges = texts(planned, "privileges");
    if (privileges.length === 0) return;
    const columns = texts(planned, "columns");
    const what = columns.length === 0 ? "" : ` (${columns.map(quoted).join(",")})`;
    const option = planned["with_grant_option"] === true ? " WITH GRANT OPTION" : "";
    const to = quoted(text(planned, "role"));
    await transaction.run(`GRANT ${privileges.join(",")}${what} ON ${target(planned)} TO ${to}${option}`);
  });
  return { ...(await readPrivileges(cluster, planned)), id: idOf(planned) };
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  database: ["ALL", "CREATE", "CONNECT", "TEMPORARY"],
  table: ["ALL", "SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  sequence: ["ALL", "USAGE", "SELECT", "UPDATE"],
  schema: ["ALL", "CREATE", "USAGE"],
  function: ["ALL", "EXECUTE"],
  procedure: ["ALL", "EXECUTE"],
  routine: ["ALL", "EXECUTE"],
  column: ["ALL", "SELECT", "INSERT", "UPDATE", "REFERENCES"],
};

/** The real provider's own words. */
function problemOf(planned: ObjectValue): string | undefined {
  const type = text(planned, "object_type");
  const [objects, columns, privileges] = ["objects", "columns", "privileges"].map(
    (name) => texts(planned, name).length,
  );
  if (text(planned, "schema") === "" && type !== "database") {
    return "parameter 'schema' is mandatory for postgresql_grant resource";
  }
  if (objects !== 0 && (type === "database" || type === "schema")) {
    return "cannot specify `objects` when `object_type` is `database` or `schema`";
  }
  if (columns !== 0 && type !== "column") return "cannot specify `columns` when `object_type` is not `column`";
  if (columns === 0 && type === "column") return "must specify `columns` when `object_type` is `column`";
  if (privileges !== 1 && type === "column") {
    return "must specify exactly 1 `privileges` when `object_type` is `column`";
  }
  if (objects !== 1 && type === "column") {
    return "must specify exactly 1 table in the `objects` field when `object_type` is `column`";
  }
  const odd = texts(planned, "privileges").find((one) => !(allowed[type] ?? []).includes(one));
  return odd === undefined ? undefined : `${odd} is not an allowed privilege for object type ${type}`;
}

/** Under the lock of the role: two grants of one role wait for each other, those of two roles on the same table do not. */
async function inTransaction(
  cluster: Cluster,
  state: ObjectValue,
  body: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const [database, type] = [text(state, "database"), text(state, "object_type")];
  await cluster.transaction(database, async (transaction) => {
    await lockRole(transaction, text(state, "role"));
    if (type === "database") {
      await transaction.run("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_database WHERE datname = $1", [
        database,
      ]);
    }
    const owners = type === "database" ? [] : await ownersOf(transaction, text(state, "schema"), type);
    await asMemberOf(transaction, owners, () => body(transaction));
  });
}

async function ownersOf(transaction: Transaction, schema: string, type: string): Promise<readonly string[]> {
  const [found] = await transaction.rows<{ owner: string }>(
    `SELECT CASE WHEN nspowner = 'pg_database_owner'::regrole
       THEN (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database())
       ELSE pg_get_userbyid(nspowner) END AS owner
     FROM pg_namespace WHERE nspname = $1`,
    [schema],
  );
  if (found === undefined) throw new Error(`could not find schema '${schema}' while looking for owner`);
  if (type === "schema") return [found.owner];
  const tables = await transaction.rows<{ owner: string }>(
    "SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE schemaname = $1",
    [schema],
  );
  return [...new Set([...tables.map(({ owner }) => owner), found.owner])];
}

async function revoke(transaction: Transaction, state: ObjectValue): Promise<void> {
  const [type, privileges, columns] = [text(state, "object_type"), texts(state, "privileges"), texts(state, "columns")];
  if (type === "column" && (privileges.length === 0 || columns.length === 0)) return;
  const isNamed = texts(state, "objects").length > 0 && privileges.length > 0;
  const what = isNamed ? privileges.join(",") : "ALL PRIVILEGES";
  const list = type === "column" ? ` (${columns.map(quoted).join(",")})` : "";
  await saying("could not execute revoke query", () =>
    transaction.run(`REVOKE ${what}${list} ON ${target(state)} FROM ${quoted(text(state, "role"))}`),
  );
}

function target(state: ObjectValue): string {
  const [type, schema, objects] = [text(state, "object_type"), text(state, "schema"), texts(state, "objects")];
  if (type === "database") return `DATABASE ${quoted(text(state, "database"))}`;
  if (type === "schema") return `SCHEMA ${quoted(schema)}`;
  if (type === "column") return `TABLE ${objectList(schema, objects)}`;
  const word = type.toUpperCase();
  return objects.length === 0 ? `ALL ${word}S IN SCHEMA ${quoted(schema)}` : `${word} ${objectList(schema, objects)}`;
}

/** The state, with the privileges of the first object that has others than stated: that is what shows as drift. */
async function readPrivileges(cluster: Cluster, state: ObjectValue): Promise<ObjectValue> {
  const [type, schema, wanted] = [text(state, "object_type"), text(state, "schema"), texts(state, "privileges")];
  return cluster.transaction(text(state, "database"), async (transaction) => {
    const role = await roleOid(transaction, text(state, "role"));
    if (type === "column") return readColumns(transaction, state);
    const single =
      type === "database"
        ? { sql: acl("datacl", "pg_database WHERE datname = $1"), parameters: [text(state, "database"), role] }
        : type === "schema"
          ? { sql: acl("nspacl", "pg_namespace WHERE nspname = $1"), parameters: [schema, role] }
          : undefined;
    const rows =
      single === undefined
        ? await objectRows(transaction, { type, schema, role })
        : await transaction.rows<{ name: string; privileges: string[] }>(single.sql, single.parameters);
    const objects = texts(state, "objects");
    const other = rows.find(
      ({ name, privileges }) =>
        (single !== undefined || objects.length === 0 || objects.includes(name)) &&
        !isEqual(privileges, wanted, allowed[type] ?? []),
    );
    return other === undefined ? state : { ...state, privileges: other.privileges };
  });
}

function isEqual(granted: readonly string[], wanted: readonly string[], all: readonly string[]): boolean {
  if (isSameSet(granted, wanted)) return true;
  return (
    wanted.includes("ALL") &&
    isSameSet(
      granted,
      all.filter((one) => one !== "ALL"),
    )
  );
}

function acl(column: string, from: string): string {
  return `SELECT '' AS name, COALESCE(array_agg(DISTINCT privilege_type), '{}') AS privileges
    FROM (SELECT (aclexplode(${column})).* FROM ${from}) AS found WHERE grantee = $2`;
}

/** Tables without views, and every function and procedure together, whatever kind was asked for. */
async function objectRows(
  transaction: Transaction,
  { type, schema, role }: { readonly type: string; readonly schema: string; readonly role: number },
): Promise<readonly { readonly name: string; readonly privileges: string[] }[]> {
  const isCode = type === "function" || type === "procedure" || type === "routine";
  const [catalog, name, space, list, kind] = isCode
    ? ["pg_proc", "proname", "pronamespace", "proacl", ""]
    : ["pg_class", "relname", "relnamespace", "relacl", ` AND relkind = '${type === "sequence" ? "S" : "r"}'`];
  return transaction.rows(
    `SELECT o.${name} AS name, COALESCE(array_agg(DISTINCT p.privilege_type) FILTER (WHERE p.privilege_type IS NOT NULL), '{}') AS privileges
     FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${space}
     LEFT JOIN LATERAL (SELECT * FROM aclexplode(o.${list}) WHERE grantee = $1) p ON true
     WHERE n.nspname = $2${kind} GROUP BY o.${name}`,
    [role, schema],
  );
}

/** Columns that lost the privilege are missing from the state. */
async function readColumns(transaction: Transaction, state: ObjectValue): Promise<ObjectValue> {
  const [privilege = ""] = texts(state, "privileges");
  const rows = await transaction.rows<{ name: string }>(
    `SELECT a.attname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     CROSS JOIN LATERAL aclexplode(a.attacl) p JOIN pg_roles r ON r.oid = p.grantee
     WHERE r.rolname = $1 AND n.nspname = $2 AND c.relname = $3 AND c.relkind = 'r' AND p.privilege_type = $4`,
    [text(state, "role"), text(state, "schema"), texts(state, "objects")[0] ?? "", privilege],
  );
  const there = new Set(rows.map(({ name }) => name));
  const columns = texts(state, "columns");
  const kept = columns.filter((column) => there.has(column));
  return kept.length === columns.length ? state : { ...state, columns: kept };
}

/** The real one's id has the same parts; the order of the sets in it is another. */
function idOf(state: ObjectValue): string {
  const type = text(state, "object_type");
  return [
    text(state, "role"),
    text(state, "database"),
    ...(type === "database" ? [] : [text(state, "schema")]),
    type,
    ...texts(state, "objects"),
    ...texts(state, "columns"),
  ].join("_");
}
