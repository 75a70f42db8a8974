import type { Head } from "../../model/record";
import type { SqlRow, SqlSession, SqlStatement } from "../../ports";
import { rowsOf } from "./postgres-failure";

/** The head row: where the chain ends, and who holds the newest epoch. */
export interface HeadRow {
  readonly head: Head | undefined;
  readonly newestEpoch: number;
  readonly holder: string | undefined;
  readonly token: string | undefined;
}

/** Who takes an epoch; `token` is random: no two takings are the same, also where an old database was put back. */
export interface EpochTaking {
  readonly holder: string;
  readonly token: string;
  /** For how long, by the database's clock, from each append and renewal on. */
  readonly leaseMs: number;
}

/**
 * Takes the next epoch, in one statement, unless somebody holds it: whose lease has not run out and whose connection is
 * still there. Undefined while that is so.
 */
export async function tryTakeEpoch(session: SqlSession, taking: EpochTaking): Promise<HeadRow | undefined> {
  const [row] = rowsOf(await session.query({ text: takeSql, values: [taking.holder, taking.token, taking.leaseMs] }));
  return row === undefined ? undefined : headRowOf(row);
}

/** Puts the lease of a held epoch off on this connection; undefined when another has taken it since. */
export async function tryRenewEpoch(session: SqlSession, taking: EpochTaking): Promise<HeadRow | undefined> {
  const [row] = rowsOf(await session.query({ text: renewSql, values: [taking.token, taking.leaseMs, taking.token] }));
  return row === undefined ? undefined : headRowOf(row);
}

/**
 * Holds an epoch on under another token. Whatever was sent under the old one has come by then or never comes, so the
 * row that this gives is the truth about it. Undefined when another has taken the epoch since: then that holds too.
 */
export async function tryFenceEpoch(
  session: SqlSession,
  held: EpochTaking,
  token: string,
): Promise<HeadRow | undefined> {
  const [row] = rowsOf(await session.query({ text: renewSql, values: [held.token, held.leaseMs, token] }));
  return row === undefined ? undefined : headRowOf(row);
}

/** Gives an epoch back, if it is held under this token. */
export async function releaseEpoch(session: SqlSession, token: string): Promise<void> {
  rowsOf(await session.query({ text: releaseSql, values: [token] }));
}

/** The statement that reads the head row. */
export const readHead: SqlStatement = {
  text: "SELECT sequence, hash, epoch, newest_epoch, holder, token FROM leasehold.head WHERE one",
};

/** What the head row says. */
export function headRowOf(row: SqlRow): HeadRow {
  const sequence = Number(row["sequence"]);
  const text = (name: string): string | undefined => (typeof row[name] === "string" ? row[name] : undefined);
  return {
    head: sequence === 0 ? undefined : { sequence, hash: text("hash") ?? "", epoch: Number(row["epoch"]) },
    newestEpoch: Number(row["newest_epoch"]),
    holder: text("holder"),
    token: text("token"),
  };
}

/** This connection, by its number and its beginning: numbers are used again. */
const thisConnection = `backend = pg_backend_pid(),
    backend_since = (SELECT a.backend_start FROM pg_stat_activity a WHERE a.pid = pg_backend_pid())`;

/** Another role's connection shows its number and not its beginning. */
const takeSql = `
UPDATE leasehold.head h SET newest_epoch = GREATEST(h.newest_epoch, h.epoch) + 1, holder = $1, token = $2,
    lease_until = clock_timestamp() + $3 * interval '1 millisecond', ${thisConnection}
WHERE h.one AND (
  h.token IS NULL OR h.lease_until <= clock_timestamp() OR NOT EXISTS (
    SELECT 1 FROM pg_stat_activity a
    WHERE a.pid = h.backend AND (a.backend_start IS NULL OR a.backend_start = h.backend_since)
  )
)
RETURNING h.sequence, h.hash, h.epoch, h.newest_epoch, h.holder, h.token`;

const renewSql = `
UPDATE leasehold.head h SET token = $3, lease_until = clock_timestamp() + $2 * interval '1 millisecond', ${thisConnection}
WHERE h.one AND h.token = $1
RETURNING h.sequence, h.hash, h.epoch, h.newest_epoch, h.holder, h.token`;

const releaseSql = `
UPDATE leasehold.head SET holder = NULL, token = NULL, lease_until = NULL, backend = NULL, backend_since = NULL
WHERE one AND token = $1`;
