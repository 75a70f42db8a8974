/**
 * `leasehold.end_lease`: ends the lease of a pair and cuts its sessions; to be called until it finds none. Sessions are
 * signalled first: one that changes its own password in an open transaction holds the row that is written next.
 */
export const endFunction = `CREATE OR REPLACE FUNCTION leasehold.end_lease(
  p_installation text, p_person text, p_connection text
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET lock_timeout = '2s'
AS $fn$
DECLARE
  v_role name := leasehold.role_of(p_installation, p_person, p_connection);
  v_found pg_roles;
  v_was_there boolean := false;
  v_pid integer;
  v_cut integer[] := '{}';
  v_level name;
  v_left name[];
BEGIN
  IF NOT EXISTS (SELECT FROM leasehold.setting WHERE installation = p_installation) THEN
    RETURN jsonb_build_object('role', v_role, 'was_there', false, 'cut', '[]'::jsonb, 'left', '[]'::jsonb,
      'at_ms', leasehold.ms_of(clock_timestamp()));
  END IF;
  -- One by one: in a condition, the call could be made for rows that another condition leaves out.
  FOR v_pid IN SELECT a.pid FROM pg_stat_activity a WHERE a.usename = v_role LOOP
    PERFORM pg_terminate_backend(v_pid);
    v_cut := v_cut || v_pid;
  END LOOP;
  SELECT ended_at IS NULL INTO v_was_there FROM leasehold.lease WHERE role = v_role FOR UPDATE;
  SELECT * INTO v_found FROM pg_roles WHERE rolname = v_role;
  IF FOUND THEN
    FOR v_level IN
      SELECT DISTINCT l.rolname FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.roleid WHERE m.member = v_found.oid
    LOOP
      BEGIN
        EXECUTE format('REVOKE %I FROM %I', v_level, v_role);
      EXCEPTION WHEN insufficient_privilege THEN
        NULL; -- Granted by somebody else: told below, and nobody can log in by it.
      END;
    END LOOP;
    IF v_found.rolcanlogin OR v_found.rolconnlimit <> 0 OR v_found.rolvaliduntil IS NULL
      OR v_found.rolvaliduntil > clock_timestamp() THEN
      EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL CONNECTION LIMIT 0 VALID UNTIL %L', v_role,
        least(v_found.rolvaliduntil, clock_timestamp() - interval '1 second'));
    END IF;
    SELECT array_agg(l.rolname ORDER BY l.rolname) INTO v_left
      FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.roleid WHERE m.member = v_found.oid;
  END IF;
  UPDATE leasehold.lease SET ended_at = clock_timestamp(), sealed = NULL WHERE role = v_role AND ended_at IS NULL;
  RETURN jsonb_build_object('role', v_role, 'was_there', coalesce(v_was_there, false), 'cut', to_jsonb(v_cut),
    'left', coalesce(to_jsonb(v_left), '[]'::jsonb), 'at_ms', leasehold.ms_of(clock_timestamp()));
END
$fn$;`;
