import type { SqlStatement } from "../ports";

// Every list is sorted by bytes where it is made (`COLLATE "C"`), and rows are sorted again by who uses them. `a.grantee <> owner`
// leaves out what an owner has as owner. OID 0 as grantee is PUBLIC.

/** What the server says that it is, in words that servers which only speak the protocol know too. */
export const identity: SqlStatement = {
  text: "SELECT version() AS said, current_setting('server_version_num') AS number",
};

/** One moment, and nothing can be written. */
export const begin: SqlStatement = { text: "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" };

/** Ends it. */
export const commit: SqlStatement = { text: "COMMIT" };

/** The database, its version in short, and who asks. */
export const server: SqlStatement = {
  text: `SELECT current_database()::text AS database, current_user::text AS "user",
    split_part(current_setting('server_version'), ' ', 1) AS version`,
};

/** Roles; pg_shdepend knows of every database of the cluster who owns (`o`) or was granted (`a`) something there. */
export const roles: SqlStatement = {
  text: `WITH here AS (SELECT oid FROM pg_database WHERE datname = current_database()),
    owned AS (
      SELECT refobjid, count(*) AS owns FROM pg_shdepend, here
      WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND dbid IN (0, here.oid) GROUP BY refobjid),
    elsewhere AS (
      SELECT s.refobjid, array_agg(DISTINCT d.datname::text COLLATE "C") AS names
      FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid, here
      WHERE s.refclassid = 'pg_authid'::regclass AND s.deptype IN ('o', 'a') AND s.dbid NOT IN (0, here.oid)
      GROUP BY s.refobjid)
  SELECT r.rolname::text AS name, r.rolcanlogin AS login, r.rolsuper AS super,
    array_remove(ARRAY[
      CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
      CASE WHEN r.rolreplication THEN 'REPLICATION' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
      CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END,
      CASE WHEN r.rolconnlimit <> -1 THEN 'CONNECTION LIMIT ' || r.rolconnlimit END,
      CASE WHEN r.rolvaliduntil <> 'infinity' THEN
        'VALID UNTIL ' || to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END], NULL) AS attributes,
    COALESCE(r.rolconfig, '{}') AS settings, COALESCE(o.owns, 0)::text AS owns, COALESCE(e.names, '{}') AS elsewhere
  FROM pg_roles r LEFT JOIN owned o ON o.refobjid = r.oid LEFT JOIN elsewhere e ON e.refobjid = r.oid
  WHERE NOT starts_with(r.rolname::text, 'pg_')`,
};

/** Memberships. PostgreSQL 16 has a row for each grantor, and options that 15 does not have. */
export const memberships: SqlStatement = {
  text: `SELECT r.rolname::text AS role, u.rolname::text AS member, array_remove(ARRAY[
      CASE WHEN bool_or(m.admin_option) THEN 'ADMIN' END,
      CASE WHEN NOT bool_or(COALESCE((to_jsonb(m) ->> 'inherit_option')::boolean, true)) THEN 'INHERIT FALSE' END,
      CASE WHEN NOT bool_or(COALESCE((to_jsonb(m) ->> 'set_option')::boolean, true)) THEN 'SET FALSE' END], NULL) AS options
    FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
    WHERE NOT starts_with(u.rolname::text, 'pg_') GROUP BY 1, 2`,
};

/** The columns of what somebody was granted; `a` is an exploded list, `owner` who may grant as owner. */
function granted(owner: string): string {
  return `g.rolname::text AS grantee,
    array_agg(DISTINCT a.privilege_type COLLATE "C") AS privileges,
    COALESCE(array_agg(DISTINCT a.privilege_type COLLATE "C") FILTER (WHERE a.is_grantable), '{}') AS grantable,
    COALESCE(array_agg(DISTINCT pg_get_userbyid(a.grantor)::text COLLATE "C") FILTER (WHERE a.grantor <> ${owner}), '{}') AS grantors`;
}

const grantees = "LEFT JOIN pg_roles g ON g.oid = a.grantee";

/** On the databases of the cluster. */
export const databaseGrants: SqlStatement = {
  text: `SELECT d.datname::text AS name, ${granted("d.datdba")}
    FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a ${grantees}
    WHERE a.grantee <> d.datdba GROUP BY d.oid, d.datname, g.rolname`,
};

/** On schemas. What everybody may do in PostgreSQL's own is no news. */
export const schemaGrants: SqlStatement = {
  text: `SELECT n.nspname::text AS name, ${granted("n.nspowner")}
    FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a ${grantees}
    WHERE a.grantee <> n.nspowner AND (a.grantee <> 0 OR NOT ${systemSchema()}) GROUP BY n.oid, n.nspname, g.rolname`,
};

/** On tables, what GRANT takes for tables, and sequences. */
export const relationGrants: SqlStatement = {
  text: `SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind AS kind, ${granted("c.relowner")}
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) a ${grantees}
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p', 'S') AND a.grantee <> c.relowner AND (a.grantee <> 0 OR NOT ${systemSchema()})
    GROUP BY c.oid, n.nspname, c.relname, c.relkind, g.rolname`,
};

/** On columns. */
export const columnGrants: SqlStatement = {
  text: `SELECT n.nspname::text AS schema, c.relname::text AS table, t.attname::text AS name, c.relkind AS kind, ${granted("c.relowner")}
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(t.attacl) a ${grantees}
    WHERE NOT t.attisdropped AND a.grantee <> c.relowner AND (a.grantee <> 0 OR NOT ${systemSchema()})
    GROUP BY c.oid, n.nspname, c.relname, c.relkind, t.attname, g.rolname`,
};

/** On functions and procedures. */
export const routineGrants: SqlStatement = {
  text: `SELECT n.nspname::text AS schema, p.proname::text AS name, p.prokind AS kind, oidvectortypes(p.proargtypes) AS takes,
      EXISTS (SELECT 1 FROM pg_proc o WHERE o.pronamespace = p.pronamespace AND o.proname = p.proname AND o.oid <> p.oid) AS overloaded,
      ${granted("p.proowner")}
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace CROSS JOIN LATERAL aclexplode(p.proacl) a ${grantees}
    WHERE a.grantee NOT IN (0, p.proowner) GROUP BY p.oid, n.nspname, p.proname, p.prokind, p.proargtypes, g.rolname`,
};

/** On all else that has privileges, to roles: nothing of it can be said in a level. */
export const otherGrants: SqlStatement = {
  text: [
    other(
      "type",
      "o.typowner",
      "n.nspname || '.' || o.typname",
      "o.typacl FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace",
    ),
    other("language", "o.lanowner", "o.lanname", "o.lanacl FROM pg_language o"),
    other("foreign data wrapper", "o.fdwowner", "o.fdwname", "o.fdwacl FROM pg_foreign_data_wrapper o"),
    other("foreign server", "o.srvowner", "o.srvname", "o.srvacl FROM pg_foreign_server o"),
    other("tablespace", "o.spcowner", "o.spcname", "o.spcacl FROM pg_tablespace o"),
    other("large object", "o.lomowner", "o.oid", "o.lomacl FROM pg_largeobject_metadata o"),
    // Nobody owns a parameter: its privileges come from the first superuser.
    other("parameter", "10::oid", "o.parname", "o.paracl FROM pg_parameter_acl o"),
  ].join(" UNION ALL "),
};

/** `from` is the list of privileges and where it stands. */
function other(what: string, owner: string, name: string, from: string): string {
  const [list = "", ...tables] = from.split(" FROM ");
  return `SELECT '${what}' AS what, (${name})::text AS name, ${granted(owner)}
    FROM ${tables.join("")} CROSS JOIN LATERAL aclexplode(${list}) a ${grantees}
    WHERE a.grantee NOT IN (0, ${owner}) GROUP BY o.oid, 2, g.rolname`;
}

/** What is granted by default on what owners make, to others than themselves. */
export const defaults: SqlStatement = {
  text: `SELECT w.rolname::text AS owner, n.nspname::text AS schema, d.defaclobjtype AS kind, ${granted("d.defaclrole")}
    FROM pg_default_acl d JOIN pg_roles w ON w.oid = d.defaclrole LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
    CROSS JOIN LATERAL aclexplode(d.defaclacl) a ${grantees}
    WHERE a.grantee <> d.defaclrole GROUP BY w.rolname, n.nspname, d.defaclobjtype, g.rolname`,
};

/** How many there are, to know whether a role may use all of them. */
export const counts: SqlStatement = {
  text: `SELECT n.nspname::text AS schema, CASE c.relkind WHEN 'S' THEN 'sequences' ELSE 'tables' END AS kind, count(*)::text AS count
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p', 'S') GROUP BY 1, 2
    UNION ALL
    SELECT n.nspname::text, CASE p.prokind WHEN 'p' THEN 'procedures' ELSE 'functions' END, count(*)::text
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace GROUP BY 1, 2`,
};

function systemSchema(): string {
  return "n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast')";
}
