import type { Transaction } from "./cluster";
import { quoted } from "./quote";

/** Holds a role and all its members until the end of the transaction, as the real provider does before it changes grants. */
export async function lockRole(transaction: Transaction, role: string): Promise<void> {
  await transaction.run("SET statement_timeout = 0");
  await transaction.run("SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_roles WHERE rolname = $1", [role]);
  await transaction.run(
    "SELECT pg_advisory_xact_lock(member::bigint) FROM pg_auth_members JOIN pg_roles ON roleid = pg_roles.oid WHERE rolname = $1",
    [role],
  );
}

/** Whether a role is there. */
export async function hasRole(transaction: Transaction, role: string): Promise<boolean> {
  return (await transaction.rows("SELECT 1 FROM pg_roles WHERE rolname = $1", [role])).length > 0;
}

/** The number of a role; 0 is everybody. Throws where it is not there. */
export async function roleOid(transaction: Transaction, role: string): Promise<number> {
  if (role === "public") return 0;
  const [found] = await transaction.rows<{ oid: number }>("SELECT oid FROM pg_roles WHERE rolname = $1", [role]);
  if (found === undefined) throw new Error(`could not find oid for role ${role}: sql: no rows in result set`);
  return found.oid;
}

/**
 * Does something as a member of roles: who is no superuser becomes one for that long. The real provider also turns a
 * membership round where the role is a member of the administrator; no stack of ours has that, so it is left out here.
 */
export async function asMemberOf(
  transaction: Transaction,
  roles: readonly string[],
  body: () => Promise<void>,
): Promise<void> {
  const [me] = await transaction.rows<{ name: string; super: boolean }>(
    "SELECT rolname AS name, rolsuper AS super FROM pg_roles WHERE rolname = current_user",
  );
  if (me === undefined || me.super) return body();
  const added: string[] = [];
  for (const role of roles) {
    // From PostgreSQL 16 on, who made a role has a membership that is of no use but to give it.
    const [there] = await transaction.rows<{ member: boolean; super: boolean }>(
      `SELECT rolsuper AS super, EXISTS (
         SELECT 1 FROM pg_auth_members m WHERE m.roleid = r.oid AND m.member = current_user::regrole
           AND to_jsonb(m) ->> 'set_option' IS DISTINCT FROM 'false') AS member
       FROM pg_roles r WHERE rolname = $1`,
      [role],
    );
    if (there === undefined || there.member || there.super || role === me.name) continue;
    await transaction.run(`GRANT ${quoted(role)} TO ${quoted(me.name)}`);
    added.push(role);
  }
  await body();
  for (const role of added) await transaction.run(`REVOKE ${quoted(role)} FROM ${quoted(me.name)}`);
}
