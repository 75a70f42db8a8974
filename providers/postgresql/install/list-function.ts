import { ownerRole } from "./tables";

/** `leasehold.list`: all that is there, in one look. It writes nothing, and shows neither passwords nor verifiers. */
export const listFunction = `CREATE OR REPLACE FUNCTION leasehold.list() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $fn$
DECLARE
  v_rules jsonb;
BEGIN
  IF has_function_privilege(current_user, 'pg_catalog.pg_hba_file_rules()', 'EXECUTE')
    AND has_table_privilege(current_user, 'pg_catalog.pg_hba_file_rules', 'SELECT') THEN
    EXECUTE $q$SELECT coalesce(jsonb_agg(jsonb_build_object('line', h.line_number, 'type', h.type, 'databases', h.database,
      'users', h.user_name, 'method', h.auth_method, 'error', h.error) ORDER BY h.line_number), '[]'::jsonb)
      FROM pg_catalog.pg_hba_file_rules h$q$ INTO v_rules;
  END IF;
  RETURN jsonb_build_object(
    'setting', (SELECT jsonb_build_object('version', version, 'installation', installation, 'max_seconds', max_seconds)
      FROM leasehold.setting),
    'database', current_database(),
    'server', current_setting('server_version'),
    'now_ms', leasehold.ms_of(clock_timestamp()),
    'ever_held', EXISTS (SELECT FROM leasehold.spent),
    'is_replica', pg_is_in_recovery(),
    'login', (SELECT jsonb_build_object('name', r.rolname, 'is_superuser', r.rolsuper, 'makes_roles', r.rolcreaterole,
      'is_owner', pg_has_role(r.oid, '${ownerRole}', 'MEMBER')) FROM pg_roles r WHERE r.rolname = session_user),
    'levels', (SELECT coalesce(jsonb_agg(jsonb_build_object('connection', v.connection, 'role', v.role,
      'database', v.database, 'flaw', leasehold.level_flaw(v.role, v.database)) ORDER BY v.connection), '[]'::jsonb)
      FROM leasehold.level v),
    'leases', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', l.role, 'person', l.person, 'connection', l.connection,
      'grant', l.grant_id, 'generation', l.generation, 'sealed', l.sealed, 'created_ms', leasehold.ms_of(l.created_at),
      'ends_ms', leasehold.ms_of(l.ends_at), 'is_ended', l.ended_at IS NOT NULL, 'is_there', r.oid IS NOT NULL,
      'can_log_in', coalesce(r.rolcanlogin, false), 'valid_until_ms', leasehold.ms_of(r.rolvaliduntil),
      'is_member', EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        JOIN leasehold.level v ON v.role = g.rolname WHERE m.member = r.oid AND v.connection = l.connection),
      'sessions', coalesce(a.sessions, 0), 'owns', coalesce(o.owns, 0), 'prepared', coalesce(x.prepared, 0)) ORDER BY l.role), '[]'::jsonb)
      FROM leasehold.lease l
      LEFT JOIN pg_roles r ON r.rolname = l.role
      LEFT JOIN (SELECT usename, count(*) AS sessions FROM pg_stat_activity GROUP BY usename) a ON a.usename = l.role
      LEFT JOIN (SELECT refobjid, count(*) AS owns FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' GROUP BY refobjid) o ON o.refobjid = r.oid
      LEFT JOIN (SELECT owner, count(*) AS prepared FROM pg_prepared_xacts GROUP BY owner) x ON x.owner = l.role
      WHERE l.ended_at IS NULL OR r.rolcanlogin OR a.sessions > 0 OR o.owns > 0 OR x.prepared > 0),
    'members', (SELECT coalesce(jsonb_agg(jsonb_build_object('connection', v.connection, 'role', r.rolname,
      'can_log_in', r.rolcanlogin, 'valid_until_ms', leasehold.ms_of(r.rolvaliduntil))
      ORDER BY v.connection, r.rolname), '[]'::jsonb)
      FROM leasehold.level v
      JOIN pg_roles g ON g.rolname = v.role
      JOIN pg_auth_members m ON m.roleid = g.oid
      JOIN pg_roles r ON r.oid = m.member
      WHERE NOT (to_jsonb(m) ? 'set_option' AND NOT (to_jsonb(m)->>'set_option')::boolean
          AND NOT (to_jsonb(m)->>'inherit_option')::boolean)
        AND r.rolname <> '${ownerRole}' AND r.rolname IS DISTINCT FROM v.service_role
        AND NOT EXISTS (SELECT FROM leasehold.level other WHERE other.role = r.rolname)
        AND NOT EXISTS (SELECT FROM leasehold.lease l
          WHERE l.role = r.rolname AND l.connection = v.connection)),
    'rules', v_rules
  );
END
$fn$;`;
