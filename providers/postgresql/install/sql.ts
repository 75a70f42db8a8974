/** The SQL that an admin installs once per database, and again whenever levels are added. */
import { endFunction } from "./end-function";
import { holdFunction } from "./hold-function";
import { listFunction } from "./list-function";
import type { InstallOptions } from "./options";
import { rights } from "./rights";
import { ownerRole, tables } from "./tables";
import { tidyFunction } from "./tidy-function";

/** The version of tables and functions; `leasehold.setting` has the one that is installed. */
export const installedVersion = 2;

/**
 * The whole of it, in one transaction and safe to repeat: roles, tables, functions, rights, levels. A level that is no longer
 * stated is taken out; leases that it has are ended by the next pass.
 */
export function installSql(options: InstallOptions): string {
  return [
    opening(options),
    "BEGIN;",
    "SET LOCAL standard_conforming_strings = on;",
    "SET LOCAL search_path = pg_catalog, pg_temp;",
    tables({ installation: options.installation, maxSeconds: options.maxSeconds, version: installedVersion }),
    holdFunction,
    endFunction,
    listFunction,
    tidyFunction,
    // Of version 1; what called it is replaced above.
    "DROP FUNCTION IF EXISTS leasehold.level_flaw(name);",
    rights(options),
    "COMMIT;",
    "",
  ].join("\n\n");
}

function opening(options: InstallOptions): string {
  return `-- Direct leases of Leasehold, version ${installedVersion}. Run it in the database that the gateway's URL leads to, as a superuser or as
-- the admin of a managed service: \`psql -v ON_ERROR_STOP=1 -f THIS_FILE\`. It may be run again at any time.
--
-- ${ownerRole} owns the functions and cannot log in. The logins of the reconciler and of those who only look own nothing,
-- and have no right but to call these functions. They are made without a password: give them one each
-- (\\password in psql), or make them with Terraform beforehand.
-- Levels: ${options.levels.length}. Run it again after \`terraform apply\` has made or renamed the role of one.`;
}
