import { doBlock, quotedText } from "../quote";

/** The role that owns schema, tables and functions. It cannot log in. */
export const ownerRole = "leasehold_owner";

/** Owner, schema and tables. A schema of that name that somebody else owns stops it. */
export function tables(setting: {
  readonly installation: string;
  readonly maxSeconds: number;
  readonly version: number;
}): string {
  const installation = quotedText(setting.installation);
  return `${doBlock(`DECLARE
  v_owner name;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ownerRole}') THEN
    CREATE ROLE ${ownerRole} NOLOGIN INHERIT CREATEROLE;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${ownerRole}' AND (rolsuper OR rolcanlogin OR NOT rolcreaterole)) THEN
    RAISE EXCEPTION 'role ${ownerRole} is there and is not what it has to be'
      USING HINT = 'ALTER ROLE ${ownerRole} NOSUPERUSER NOLOGIN INHERIT CREATEROLE';
  END IF;
  -- Who is no superuser needs the membership to hand objects over; the last step takes it back.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT ${ownerRole} TO %I', current_user);
  END IF;
  SELECT pg_get_userbyid(nspowner) INTO v_owner FROM pg_namespace WHERE nspname = 'leasehold';
  IF v_owner <> '${ownerRole}' THEN
    RAISE EXCEPTION 'schema leasehold belongs to %, not to ${ownerRole}', v_owner
      USING HINT = 'look at what is in it; drop or rename it when it is nobody''s';
  END IF;
END`)}

CREATE SCHEMA IF NOT EXISTS leasehold AUTHORIZATION ${ownerRole};
REVOKE ALL ON SCHEMA leasehold FROM PUBLIC;

CREATE TABLE IF NOT EXISTS leasehold.setting (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  version integer NOT NULL,
  installation text NOT NULL,
  max_seconds integer NOT NULL CHECK (max_seconds >= 60)
);
CREATE TABLE IF NOT EXISTS leasehold.level (
  connection text PRIMARY KEY,
  role name NOT NULL,
  database name NOT NULL,
  service_role name
);
CREATE TABLE IF NOT EXISTS leasehold.lease (
  role name PRIMARY KEY,
  person text NOT NULL,
  connection text NOT NULL,
  grant_id text NOT NULL,
  generation integer NOT NULL,
  sealed text,
  created_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE TABLE IF NOT EXISTS leasehold.spent (
  grant_id text NOT NULL,
  generation integer NOT NULL,
  until timestamptz NOT NULL,
  role name NOT NULL,
  PRIMARY KEY (grant_id, generation)
);
CREATE INDEX IF NOT EXISTS spent_by_role ON leasehold.spent (role);
ALTER TABLE leasehold.setting OWNER TO ${ownerRole};
ALTER TABLE leasehold.level OWNER TO ${ownerRole};
ALTER TABLE leasehold.lease OWNER TO ${ownerRole};
ALTER TABLE leasehold.spent OWNER TO ${ownerRole};

${doBlock(`BEGIN
  IF EXISTS (SELECT FROM leasehold.setting WHERE installation <> ${installation}) THEN
    RAISE EXCEPTION 'this database belongs to another installation of Leasehold'
      USING HINT = 'give each installation a database of its own';
  END IF;
  IF EXISTS (SELECT FROM leasehold.setting WHERE version > ${setting.version}) THEN
    RAISE EXCEPTION 'this database has a later version of these functions'
      USING HINT = 'use the leasehold that installed them, or a later one';
  END IF;
END`)}
INSERT INTO leasehold.setting (version, installation, max_seconds)
  VALUES (${setting.version}, ${installation}, ${setting.maxSeconds})
  ON CONFLICT (is_only) DO UPDATE SET version = excluded.version, max_seconds = excluded.max_seconds;

CREATE OR REPLACE FUNCTION leasehold.ms_of(p_at timestamptz) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $fn$
  SELECT CASE WHEN isfinite(p_at) THEN trunc(extract(epoch FROM p_at) * 1000)::double precision END
$fn$;

CREATE OR REPLACE FUNCTION leasehold.role_of(p_installation text, p_person text, p_connection text) RETURNS name
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $fn$
  SELECT ('lh_' || left(encode(sha256(convert_to(
    concat_ws(E'\\n', p_installation, current_database(), p_person, p_connection), 'UTF8')), 'hex'), 40))::name
$fn$;

-- Why leases of a level cannot be given, or null. Role and database must be there, and nothing that would make a holder more than its level.
CREATE OR REPLACE FUNCTION leasehold.level_flaw(p_role name, p_database name) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $fn$
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_role)
      THEN format('its role %I is not there', p_role)
    WHEN NOT EXISTS (SELECT FROM pg_database WHERE datname = p_database)
      THEN format('its database %I is not there', p_database)
    WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = p_role AND rolcanlogin)
      THEN format('its role %I can log in itself', p_role)
    ELSE (SELECT format('its role %I comes with %I, which can do more than a level may', p_role, r.rolname)
      FROM (SELECT oid, rolname FROM pg_roles WHERE rolsuper OR rolcreaterole OR rolreplication OR rolname IN ('${ownerRole}',
        'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'pg_signal_backend') OFFSET 0) r
      WHERE pg_has_role(p_role, r.oid, 'MEMBER')
      ORDER BY r.rolname LIMIT 1)
  END
$fn$;`;
}
