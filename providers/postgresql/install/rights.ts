import { doBlock, quotedName, quotedText } from "../quote";
import type { InstallOptions, StatedLevel } from "./options";
import { ownerRole } from "./tables";

/** Who may call what, the stated levels, and what the owner needs to give them. */
export function rights(options: InstallOptions): string {
  const { reconciler, observer } = options;
  return [
    ...functions.map((one) => `ALTER FUNCTION leasehold.${one} OWNER TO ${ownerRole};`),
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA leasehold FROM PUBLIC;",
    "REVOKE ALL ON ALL TABLES IN SCHEMA leasehold FROM PUBLIC;",
    ...[...new Set([reconciler, observer])].map(login),
    ...[...new Set([reconciler, observer])].flatMap((role) => [
      `GRANT USAGE ON SCHEMA leasehold TO ${quotedName(role)};`,
      `GRANT EXECUTE ON FUNCTION leasehold.list() TO ${quotedName(role)};`,
      `GRANT SELECT ON leasehold.setting, leasehold.spent TO ${quotedName(role)};`,
    ]),
    ...writing.map((one) => `GRANT EXECUTE ON FUNCTION leasehold.${one} TO ${quotedName(reconciler)};`),
    signals,
    ...levels(options.levels),
    handBack,
  ].join("\n");
}

const writing = [
  "hold(text, text, text, text, integer, bigint, bigint, text, text, integer)",
  "end_lease(text, text, text)",
  "tidy(text)",
];
const functions = [
  ...writing,
  "list()",
  "held(leasehold.lease)",
  "role_of(text, text, text)",
  "level_flaw(name, name)",
  "ms_of(timestamptz)",
];

function login(role: string): string {
  return doBlock(`BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quotedText(role)}) THEN
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 50', ${quotedText(role)}::text);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = ${quotedText(role)} AND (rolsuper OR rolcreaterole OR rolbypassrls)) THEN
    RAISE EXCEPTION 'the login of Leasehold can do more than it has to'
      USING HINT = 'name a role of its own, without SUPERUSER, CREATEROLE and BYPASSRLS';
  END IF;
END`);
}

/** A managed service may keep these rights to itself: without the second, \`doctor\` cannot read how logins are checked. */
const signals = doBlock(`BEGIN
  BEGIN
    GRANT pg_signal_backend TO ${ownerRole};
  EXCEPTION WHEN insufficient_privilege THEN
    IF NOT pg_has_role('${ownerRole}', 'pg_signal_backend', 'USAGE') THEN
      RAISE EXCEPTION '% may not give pg_signal_backend, without which no session can be cut when a lease ends', current_user
        USING HINT = format('let who may give it run this once, then run all of this again: GRANT pg_signal_backend TO %I WITH ADMIN OPTION', current_user);
    END IF;
  END;
  BEGIN
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO ${ownerRole};
    GRANT SELECT ON pg_catalog.pg_hba_file_rules TO ${ownerRole};
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pg_hba_file_rules cannot be shown to ${ownerRole}: see by hand that lease roles log in by password only';
  END;
END`);

function levels(stated: readonly StatedLevel[]): readonly string[] {
  const names = stated.map((one) => quotedText(one.connection)).join(", ");
  return [
    stated.length === 0
      ? "DELETE FROM leasehold.level;"
      : `DELETE FROM leasehold.level WHERE connection NOT IN (${names});`,
    ...stated.map(level),
  ];
}

/** From PostgreSQL 16 on, giving a role wants ADMIN OPTION on it; on 15 CREATEROLE is enough, and nothing more is given. */
function level({ connection, role, database, serviceRole }: StatedLevel): string {
  const values = [connection, role, database].map(quotedText);
  const service = serviceRole === undefined ? "NULL" : quotedText(serviceRole);
  return `INSERT INTO leasehold.level (connection, role, database, service_role)
  VALUES (${[...values, service].join(", ")}) ON CONFLICT (connection) DO UPDATE SET
  role = excluded.role, database = excluded.database, service_role = excluded.service_role;
${doBlock(`BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quotedText(role)}) THEN
    RAISE NOTICE 'level % has no role yet: run this again after terraform apply', ${quotedText(connection)};
  ELSIF current_setting('server_version_num')::integer >= 160000 AND NOT EXISTS (
    SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles o ON o.oid = m.member
    WHERE g.rolname = ${quotedText(role)} AND o.rolname = '${ownerRole}' AND m.admin_option
  ) THEN
    EXECUTE format('GRANT %I TO ${ownerRole} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', ${quotedText(role)}::text);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION '% may not give the role of level %', current_user, ${quotedText(connection)}
    USING HINT = format('let who made it run this once, then run all of this again: GRANT %I TO %I WITH ADMIN TRUE, INHERIT FALSE, SET FALSE',
      ${quotedText(role)}, current_user);
END`)}`;
}

const handBack = doBlock(`BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('REVOKE ${ownerRole} FROM %I', current_user);
  END IF;
END`);
