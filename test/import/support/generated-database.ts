import type { TestPostgres } from "../../support/postgres";

/** What of a generated database tests ask about. */
export interface GeneratedDatabase {
  readonly name: string;
  readonly roles: readonly string[];
  readonly logins: readonly string[];
}

/** Names that something between a catalog and Terraform could stumble over; each is a name that rules take. */
export const hostileNames = [
  'orders-db/"read"; DROP TABLE t; --',
  "*/ ${process.exit(1)} /*",
  "`${globalThis}`",
  "' || 'x",
  "\\",
  "\\u0027",
  '"'.repeat(63),
  "ünïcödé 角色",
  "%{ if true }",
  "$${x}",
  "a/b",
  "${postgresql_role.x.name}",
  "TRUE",
  " leading and trailing ",
] as const;

/**
 * Makes a database of exactly 50 roles and 300 privileges, a seeded mix: tables, views, sequences, functions, columns, the
 * database, schemas, defaults of owners, memberships, logins, hostile names.
 */
export async function makeGeneratedDatabase(server: TestPostgres, seed: number): Promise<GeneratedDatabase> {
  const dice = diceOf(seed);
  const name = "shop";
  const owners = ["shop_owner", 'own"er; --'];
  const groups = [...hostileNames, ...Array.from({ length: 18 }, (_, index) => `group_${index}`)];
  const logins = Array.from({ length: 50 - owners.length - groups.length }, (_, index) =>
    index % 3 === 0 ? `person${index}@example.com` : `login_${index}`,
  );
  await server.newDatabase({ name });
  const roles = [...owners, ...groups].map((role) => `CREATE ROLE ${q(role)}`);
  await server.query([...roles, ...logins.map((role) => `CREATE ROLE ${q(role)} LOGIN`)].join(";"));
  const schemas = ["orders", 'sch"ema; --', "${schema}"];
  const run = (sql: readonly string[]) => server.query(sql.join(";\n"), { database: name });
  await run(schemas.flatMap((schema, index) => schemaSql(schema, owners[index % 2] ?? "")));
  const objects = schemas.flatMap((schema) => objectsOf(schema));
  const grants = new Map<string, string>();
  const add = (role: string, grant: Grant): void => {
    grants.set(`${role}\0${grant.key}`, `${grant.sql} TO ${q(role)}`);
  };
  for (const role of groups) {
    add(role, { key: "CONNECT", sql: `GRANT CONNECT ON DATABASE ${name}` });
    add(role, { key: `USAGE ${schemas[0]}`, sql: `GRANT USAGE ON SCHEMA ${q(schemas[0] ?? "")}` });
  }
  // Some have all of a kind, which is said in one word.
  for (const role of groups.slice(-3)) {
    for (const one of objects.filter(({ key }) => key.startsWith('SELECT tables "orders"'))) add(role, one);
  }
  while (grants.size < 300 - defaultsOf(groups).length) {
    const role = dice(10) === 0 ? logins[dice(logins.length)] : groups[dice(groups.length)];
    const grant = objects[dice(objects.length)];
    if (role !== undefined && grant !== undefined) add(role, grant);
  }
  await run([...grants.values(), ...defaultsOf(groups)]);
  // A group may be a member of an earlier one; logins are members of some.
  const members = [
    ...groups.flatMap((role, index) => (index > 0 && dice(5) === 0 ? [[groups[dice(index)] ?? "", role]] : [])),
    ...logins.flatMap((role) => [1, 2].map(() => [groups[dice(groups.length)] ?? "", role])),
    [owners[0] ?? "", groups.at(-1) ?? ""],
    ["pg_monitor", groups.at(-2) ?? ""],
  ];
  await run(members.map(([role = "", member = ""]) => `GRANT ${q(role)} TO ${q(member)}`));
  return { name, roles: [...owners, ...groups, ...logins], logins };
}

/**
 * How many privileges roles have that are not the owners', counted by PostgreSQL: each on one object, column or default; of
 * some roles, or of all.
 */
export async function countPrivileges(
  server: TestPostgres,
  database: string,
  roles?: readonly string[],
): Promise<number> {
  const lists = [
    "SELECT datacl AS acl, datdba AS owner FROM pg_database WHERE datname = current_database()",
    "SELECT nspacl, nspowner FROM pg_namespace",
    "SELECT relacl, relowner FROM pg_class",
    "SELECT attacl, relowner FROM pg_attribute JOIN pg_class c ON c.oid = attrelid",
    "SELECT proacl, proowner FROM pg_proc",
    "SELECT defaclacl, defaclrole FROM pg_default_acl",
  ];
  const [row] = await server.query(
    `SELECT count(*)::int AS n FROM (${lists.join(" UNION ALL ")}) l CROSS JOIN LATERAL aclexplode(l.acl) a
     JOIN pg_roles r ON r.oid = a.grantee WHERE a.grantee <> l.owner AND r.rolname NOT LIKE 'pg\\_%' AND ($1::text[] IS NULL OR r.rolname = ANY ($1))`,
    { database, parameters: [roles ?? null] },
  );
  return Number(row?.["n"]);
}

/** Everything that this is about, as the catalogs have it. */
export async function accessOf(server: TestPostgres, database: string): Promise<readonly unknown[]> {
  return server.query(
    `SELECT 'database' AS what, datname::text AS name, datacl::text AS acl FROM pg_database
     UNION ALL SELECT 'schema', nspname::text, nspacl::text FROM pg_namespace
     UNION ALL SELECT 'relation', oid::text, relacl::text FROM pg_class
     UNION ALL SELECT 'column', attrelid || '.' || attnum, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
     UNION ALL SELECT 'function', oid::text, proacl::text FROM pg_proc
     UNION ALL SELECT 'default', defaclrole || '.' || defaclnamespace || defaclobjtype::text, defaclacl::text FROM pg_default_acl
     UNION ALL SELECT 'member', roleid || ' ' || member, admin_option::text FROM pg_auth_members
     UNION ALL SELECT 'role', rolname::text, to_jsonb(pg_roles)::text FROM pg_roles
     ORDER BY 1, 2`,
    { database },
  );
}

/** What each role may do with each column, however it came by it. */
export async function columnsOf(server: TestPostgres, database: string): Promise<readonly unknown[]> {
  return server.query(
    `SELECT r.rolname, c.relname, t.attname, p.privilege FROM pg_roles r, pg_class c JOIN pg_attribute t ON t.attrelid = c.oid,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS p(privilege)
     WHERE c.relnamespace::regnamespace::text NOT LIKE 'pg\\_%' AND c.relnamespace <> 'information_schema'::regnamespace
       AND t.attnum > 0 AND has_column_privilege(r.oid, c.oid, t.attnum, p.privilege)
     ORDER BY r.rolname, c.oid, t.attnum, 4`,
    { database },
  );
}

interface Grant {
  readonly key: string;
  readonly sql: string;
}

function schemaSql(schema: string, owner: string): readonly string[] {
  const s = q(schema);
  const tables = ["t1", "t2", 'ta"ble; --', "${t}"].map(
    (table) => `CREATE TABLE ${s}.${q(table)} (id int, "c;ol" text, note text)`,
  );
  return [
    `CREATE SCHEMA ${s} AUTHORIZATION ${q(owner)}`,
    `SET ROLE ${q(owner)}`,
    ...tables,
    `CREATE VIEW ${s}.seen AS SELECT 1 AS one`,
    `CREATE SEQUENCE ${s}.numbers`,
    `CREATE SEQUENCE ${s}."more ""numbers"""`,
    `CREATE FUNCTION ${s}.alone(int, text[]) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    `CREATE FUNCTION ${s}.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    `CREATE FUNCTION ${s}.twice(timestamptz, character varying) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    "RESET ROLE",
  ];
}

function objectsOf(schema: string): readonly Grant[] {
  const s = q(schema);
  const on = (privileges: string, kind: string, object: string): Grant => ({
    key: `${privileges} ${kind} ${s} ${object}`,
    sql: `GRANT ${privileges} ON ${kind === "tables" ? "TABLE" : kind === "sequences" ? "SEQUENCE" : "FUNCTION"} ${s}.${object}`,
  });
  const tables = ["t1", "t2", 'ta"ble; --', "${t}", "seen"].map(q);
  return [
    ...["USAGE", "CREATE"].map((one) => ({ key: `${one} ${schema}`, sql: `GRANT ${one} ON SCHEMA ${s}` })),
    ...tables.flatMap((table) => ["SELECT", "INSERT", "UPDATE"].map((one) => on(one, "tables", table))),
    ...["t1", 'ta"ble; --']
      .map(q)
      .flatMap((table) =>
        ["DELETE", "REFERENCES"].flatMap((one) =>
          one === "DELETE"
            ? [on(one, "tables", table)]
            : ['"c;ol"', "id"].map((column) => on(`${one} (${column})`, "tables", table)),
        ),
      ),
    ...['"c;ol"', "note"].map((column) => on(`UPDATE (${column})`, "tables", q("t2"))),
    ...["numbers", '"more ""numbers"""'].flatMap((one) =>
      ["USAGE", "SELECT"].map((privilege) => on(privilege, "sequences", one)),
    ),
    ...["alone(int, text[])", "twice(int)", "twice(timestamptz, character varying)"].map((one) =>
      on("EXECUTE", "functions", one),
    ),
  ];
}

function defaultsOf(groups: readonly string[]): readonly string[] {
  const some = groups.slice(-8);
  return [
    ...some.map(
      (role) => `ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA orders GRANT SELECT ON TABLES TO ${q(role)}`,
    ),
    ...some.map(
      (role) =>
        `ALTER DEFAULT PRIVILEGES FOR ROLE "own""er; --" IN SCHEMA "\${schema}" GRANT USAGE ON SEQUENCES TO ${q(role)}`,
    ),
  ];
}

function q(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Mulberry32: the same numbers for the same seed, each below `most`. */
function diceOf(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}
