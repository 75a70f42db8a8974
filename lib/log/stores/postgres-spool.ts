import { failure } from "../../errors";
import { canonicalJson } from "../../model/canonical";
import type { SpoolEntry } from "../../model/record";
import type { Sql } from "../../ports";
import { rowsOf } from "./postgres-failure";
import { checkSpoolEntry, parseSpoolEntry } from "./spool-entry";

/** Adds an entry, durably; a second one of the same id changes nothing. */
export async function addToPostgresSpool(sql: Sql, entry: SpoolEntry): Promise<void> {
  checkSpoolEntry(entry);
  const done = entry.body.kind === "end" ? (entry.body.done ?? []).map(({ grant }) => grant) : [];
  rowsOf(await sql.query({ text: addSql, values: [entry.id, canonicalJson(entry), done] }));
}

/** All entries. Throws E607 for a row that is none. */
export async function readPostgresSpool(sql: Sql): Promise<readonly SpoolEntry[]> {
  const rows = rowsOf(await sql.query({ text: "SELECT id, entry FROM leasehold.spool ORDER BY id" }));
  return rows.map((row) => {
    const entry = parseSpoolEntry(String(row["entry"]));
    if (entry !== undefined && entry.id === row["id"]) return entry;
    throw failure("E607", {
      detail: `${sql.address}: the row ${String(row["id"]).slice(0, 64)} of leasehold.spool is not an entry of the spool`,
      fix: "look at what it says, carry it out with `leasehold revoke`, then delete the row",
    });
  });
}

/** Forgets entries. */
export async function removeFromPostgresSpool(sql: Sql, ids: readonly string[]): Promise<void> {
  rowsOf(await sql.query({ text: "DELETE FROM leasehold.spool WHERE id = ANY ($1::text[])", values: [ids] }));
}

const addSql = `
INSERT INTO leasehold.spool (id, entry, done) VALUES ($1::text, $2::text, $3::text[]) ON CONFLICT (id) DO NOTHING`;
