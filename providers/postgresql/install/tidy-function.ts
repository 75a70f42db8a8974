/** `leasehold.tidy`: drops the roles of ended leases that no spent grant needs any more; a few at a time. */
export const tidyFunction = `CREATE OR REPLACE FUNCTION leasehold.tidy(p_installation text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s'
AS $fn$
DECLARE
  v_role name;
  v_dropped integer := 0;
BEGIN
  FOR v_role IN
    SELECT l.role FROM leasehold.lease l, leasehold.setting s
    WHERE s.installation = p_installation AND l.ended_at < clock_timestamp() - interval '1 minute'
      AND NOT EXISTS (SELECT FROM leasehold.spent p WHERE p.role = l.role AND p.until > clock_timestamp())
      AND NOT EXISTS (SELECT FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname = l.role AND d.deptype = 'o')
      AND NOT EXISTS (SELECT FROM pg_prepared_xacts x WHERE x.owner = l.role)
    ORDER BY l.ended_at LIMIT 50 FOR UPDATE OF l SKIP LOCKED
  LOOP
    BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
        EXECUTE format('DROP ROLE %I', v_role);
      END IF;
      DELETE FROM leasehold.spent WHERE role = v_role;
      DELETE FROM leasehold.lease WHERE role = v_role;
      v_dropped := v_dropped + 1;
    EXCEPTION WHEN dependent_objects_still_exist OR object_in_use OR insufficient_privilege THEN
      NULL; -- It owns something: told by leasehold.list, and it stays without a login.
    END;
  END LOOP;
  RETURN v_dropped;
END
$fn$;`;
