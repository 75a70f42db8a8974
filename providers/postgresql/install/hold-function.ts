/**
 * \`leasehold.hold\`: makes or extends the lease of a pair, in the caller's one transaction. The row of \`leasehold.lease\` is
 * the lock: an advisory lock could be taken by any session of the database, also by a holder's.
 */
export const holdFunction = `CREATE OR REPLACE FUNCTION leasehold.held(p_lease leasehold.lease) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $fn$
  SELECT jsonb_build_object('held', true, 'role', (p_lease).role, 'grant', (p_lease).grant_id,
    'generation', (p_lease).generation, 'sealed', (p_lease).sealed,
    'created_ms', leasehold.ms_of((p_lease).created_at), 'ends_ms', leasehold.ms_of((p_lease).ends_at))
$fn$;

-- Times are lengths in milliseconds from now: the clocks of caller and server need not agree.
CREATE OR REPLACE FUNCTION leasehold.hold(
  p_installation text, p_person text, p_connection text, p_grant text, p_generation integer,
  p_lasts_ms bigint, p_remembered_ms bigint, p_verifier text, p_sealed text, p_connections integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET lock_timeout = '5s'
AS $fn$
DECLARE
  v_level leasehold.level;
  v_lease leasehold.lease;
  v_role name := leasehold.role_of(p_installation, p_person, p_connection);
  v_found pg_roles;
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_max bigint;
  v_end timestamptz;
  v_flaw text;
  v_standing boolean;
  v_what text;
  v_database name;
BEGIN
  SELECT max_seconds * 1000::bigint INTO v_max FROM leasehold.setting WHERE installation = p_installation;
  IF v_max IS NULL THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', 'the database belongs to another installation');
  END IF;
  IF p_grant !~ '^[a-z2-7]{26}$' OR p_generation NOT BETWEEN 0 AND 999999 OR p_connections NOT BETWEEN 1 AND 1000
    OR p_person ~ '[[:cntrl:]]' OR length(p_person) NOT BETWEEN 1 AND 300 OR length(p_sealed) > 20000
    OR p_verifier !~ '^SCRAM-SHA-256\\$[0-9]{4,7}:[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', 'what was asked for has no right form');
  END IF;
  SELECT * INTO v_level FROM leasehold.level WHERE connection = p_connection;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', 'the database does not state this level');
  END IF;
  v_flaw := leasehold.level_flaw(v_level.role, v_level.database);
  IF v_flaw IS NOT NULL THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', v_flaw);
  END IF;
  IF p_lasts_ms < 1000 THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', 'less than a second is left of it');
  END IF;
  v_end := v_now + least(p_lasts_ms, v_max) * interval '1 millisecond';

  INSERT INTO leasehold.lease (role, person, connection, grant_id, generation, created_at, ends_at, ended_at)
    VALUES (v_role, p_person, p_connection, p_grant, p_generation, v_now, v_now, v_now) ON CONFLICT DO NOTHING;
  SELECT * INTO v_lease FROM leasehold.lease WHERE role = v_role FOR UPDATE;
  SELECT * INTO v_found FROM pg_roles WHERE rolname = v_role;
  v_standing := coalesce(v_lease.ended_at IS NULL AND v_found.rolcanlogin AND v_found.rolvaliduntil = v_lease.ends_at
    AND v_lease.ends_at > v_now, false) AND EXISTS (
      SELECT FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.roleid
      WHERE m.member = v_found.oid AND l.rolname = v_level.role);

  IF EXISTS (SELECT FROM leasehold.spent WHERE grant_id = p_grant AND generation = p_generation) THEN
    IF v_standing AND v_lease.grant_id = p_grant AND v_lease.generation = p_generation THEN
      RETURN leasehold.held(v_lease);
    END IF;
    RETURN jsonb_build_object('refused', 'spent', 'why', 'this generation of the lease was there before');
  END IF;
  IF NOT v_standing AND (p_verifier IS NULL OR p_sealed IS NULL) THEN
    RETURN jsonb_build_object('refused', 'permanent', 'why', 'there is no key to seal its secret to');
  END IF;

  v_what := format('LOGIN CONNECTION LIMIT %s VALID UNTIL %L', p_connections, v_end);
  IF v_standing THEN
    EXECUTE format('ALTER ROLE %I %s', v_role, v_what);
  ELSE
    IF v_found.rolname IS NULL THEN
      EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION INHERIT PASSWORD %L %s',
        v_role, p_verifier, v_what);
      EXECUTE format('COMMENT ON ROLE %I IS %L', v_role, 'Leasehold: ' || p_person || ' on ' || p_connection);
    ELSE
      EXECUTE format('ALTER ROLE %I PASSWORD %L %s', v_role, p_verifier, v_what);
      -- Whatever the last holder set for this role is not the next lease's.
      FOR v_database IN SELECT d.datname FROM pg_db_role_setting c LEFT JOIN pg_database d ON d.oid = c.setdatabase
        WHERE c.setrole = v_found.oid
      LOOP
        EXECUTE format('ALTER ROLE %I %s RESET ALL', v_role, coalesce(format('IN DATABASE %I', v_database), ''));
      END LOOP;
    END IF;
    v_lease.sealed := p_sealed;
  END IF;
  EXECUTE format('GRANT %I TO %I', v_level.role, v_role);

  INSERT INTO leasehold.spent (grant_id, generation, until, role)
    VALUES (p_grant, p_generation, greatest(v_end, v_now + p_remembered_ms * interval '1 millisecond'), v_role);
  UPDATE leasehold.lease SET person = p_person, connection = p_connection, grant_id = p_grant, generation = p_generation,
    sealed = v_lease.sealed, created_at = v_now, ends_at = v_end, ended_at = NULL
    WHERE role = v_role RETURNING * INTO v_lease;
  RETURN leasehold.held(v_lease);
END
$fn$;`;
