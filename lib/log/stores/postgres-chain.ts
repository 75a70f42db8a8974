import type { Head } from "../../model/record";
import type { Sql } from "../../ports";
import { rowsOf } from "./postgres-failure";

/** A page is as many records as fit both, but at least one. */
const pageRecords = 4_096;
const pageBytes = 8_388_608;

/** Gives the lines of the chain from a sequence on, a page at a time: what was read needs no transaction, because it never changes. */
export async function* readChainPages(sql: Sql, fromSequence: number): AsyncGenerator<readonly string[]> {
  let from = fromSequence;
  for (;;) {
    const rows = rowsOf(await sql.query({ text: pageSql, values: [from, pageRecords, pageBytes] }));
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => String(row["line"]));
    from = Number(last["sequence"]) + 1;
  }
}

/** Whether the chain has the record of a Head. */
export async function holdsHead(sql: Pick<Sql, "query">, head: Head): Promise<boolean> {
  const text = "SELECT 1 AS found FROM leasehold.chain WHERE sequence = $1::bigint AND hash = $2::text";
  return rowsOf(await sql.query({ text, values: [head.sequence, head.hash] })).length > 0;
}

/** The length of what is stored elsewhere in the table is known without reading it. */
const pageSql = `
SELECT c.sequence, c.line
FROM (
  SELECT l.sequence, sum(l.bytes) OVER (ORDER BY l.sequence) AS total, row_number() OVER (ORDER BY l.sequence) AS place
  FROM (
    SELECT sequence, octet_length(line) AS bytes FROM leasehold.chain
    WHERE sequence >= $1::bigint ORDER BY sequence LIMIT $2::bigint
  ) l
) p
JOIN leasehold.chain c ON c.sequence = p.sequence
WHERE p.place = 1 OR p.total <= $3::bigint
ORDER BY c.sequence`;
