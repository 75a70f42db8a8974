import type { GrantId } from "../../model/grant";
import type { Instant } from "../../model/instant";
import type { Clock, Sql, SqlSession } from "../../ports";
import { rowsOf, SqlTrouble } from "./postgres-failure";

/** How many shares are taken at once. */
const sharesAtOnce = 8;

/** Shorter than the server waits for a transaction that says nothing: a process that is stopped loses its shares by that. */
const beatMs = 2_000;

/**
 * What is due, a few shares at a time, each locked until the next are asked for: see `LogStore.dueShares`. The lock is that of a row and
 * hangs on a connection of its own, so that it ends with its process, and with a process that was stopped.
 */
export async function* postgresDueShares(
  { sql, clock }: { readonly sql: Sql; readonly clock: Clock },
  { until }: { readonly until: Instant },
): AsyncGenerator<ReadonlySet<GrantId>> {
  const session = sql.session();
  const had: number[] = [];
  try {
    for (;;) {
      rowsOf(await session.query({ text: "BEGIN" }));
      const locked = rowsOf(await session.query({ text: lockSql, values: [until, had, sharesAtOnce] }));
      if (locked.length === 0) return;
      const shares = locked.map((row) => Number(row["share"]));
      had.push(...shares);
      const due = rowsOf(await session.query({ text: dueSql, values: [until, shares] }));
      if (due.length > 0) yield* whileHeld(session, clock, new Set(due.map((row) => String(row["grant_id"]))));
      if (!(await isGivenBack(session))) return;
    }
  } finally {
    await session.close();
  }
}

/** Lets the server know that the process is there while somebody looks at its part. */
async function* whileHeld<T>(session: SqlSession, clock: Clock, part: T): AsyncGenerator<T> {
  const ended = new AbortController();
  const beating = beat(session, clock, ended.signal);
  try {
    yield part;
  } finally {
    ended.abort();
    await beating;
  }
}

async function beat(session: SqlSession, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(beatMs, signal);
    if (signal.aborted) return;
    const { kind } = await session.query({ text: "SELECT 1" });
    if (kind !== "rows") return;
  }
}

/** False where the connection was lost meanwhile, and the shares with it. */
async function isGivenBack(session: SqlSession): Promise<boolean> {
  try {
    rowsOf(await session.query({ text: "COMMIT" }));
    return true;
  } catch (error) {
    if (error instanceof SqlTrouble) return false;
    throw error;
  }
}

/** What was ended already waits in the spool to be recorded. */
const isDue = `
(g.ends_at <= $1::timestamptz OR g.ending IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM leasehold.spool p, unnest(p.done) AS d (grant_id) WHERE d.grant_id = g.grant_id)`;

const lockSql = `
SELECT s.share FROM leasehold.shares s
JOIN (
  SELECT g.share, min(g.ends_at) AS first FROM leasehold.live_grants g
  WHERE g.share <> ALL ($2::integer[]) AND ${isDue}
  GROUP BY g.share
) d ON d.share = s.share
ORDER BY d.first LIMIT $3::integer FOR UPDATE OF s SKIP LOCKED`;

const dueSql = `
SELECT g.grant_id FROM leasehold.live_grants g WHERE g.share = ANY ($2::integer[]) AND ${isDue}`;
