import { failure } from "../../errors";
import type { Sql } from "../../ports";
import { migrateFix, rowsOf, SqlTrouble } from "./postgres-failure";
import { migrations } from "./postgres-migrations";

/**
 * Throws E613 unless the database has the tables of this version: not fewer steps, and none that this version does not know. Gives
 * the id of the database: the one by which it is told from others, also after a failover or a restore.
 */
export async function checkVersion(sql: Sql): Promise<string> {
  const found = await stepsIn(sql);
  const newest = migrations.length;
  if (found === newest) return idOf(sql);
  if (found > newest) {
    throw failure("E613", {
      detail: `${sql.address} is at step ${found} of the schema, this version knows ${newest}`,
      fix: "use the version of Leasehold that migrated it, or a later one",
    });
  }
  const seen =
    found === 0 ? "has no tables of a Log" : `is at step ${found} of the schema, this version needs ${newest}`;
  throw failure("E613", { detail: `${sql.address} ${seen}`, fix: migrateFix });
}

async function idOf(sql: Sql): Promise<string> {
  const [row] = rowsOf(await sql.query({ text: "SELECT database FROM leasehold.head WHERE one" }));
  const id = row?.["database"];
  // It names a directory of this machine.
  if (typeof id === "string" && /^[0-9a-f-]{36}$/.test(id)) return id;
  throw failure("E607", {
    detail: `${sql.address}: the row of leasehold.head is gone or altered`,
    fix: "put back a copy of the database that verifies, then `leasehold log rebuild`",
  });
}

async function stepsIn(sql: Sql): Promise<number> {
  try {
    const [row] = rowsOf(await sql.query({ text: "SELECT max(number) AS newest FROM leasehold.migrations" }));
    return Number(row?.["newest"] ?? 0);
  } catch (error) {
    // No schema, no table: nobody has migrated it.
    if (error instanceof SqlTrouble && (error.state === "3F000" || error.state === "42P01")) return 0;
    throw error;
  }
}
