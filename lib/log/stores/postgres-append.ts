import type { Head, LogRecord } from "../../model/record";
import type { SqlStatement } from "../../ports";
import { lineHash, noDigest } from "../chain";
import { projectionOf, shareOf, type LiveGrant } from "../projection";
import { shareCount } from "./postgres-migrations";

/** Records to append, as one statement. */
export interface PostgresAppend {
  readonly token: string;
  readonly leaseMs: number;
  readonly after: Head | undefined;
  readonly head: Head;
  readonly records: readonly LogRecord[];
  /** Their lines, in the same order. */
  readonly lines: readonly string[];
}

/**
 * The statement that appends: it moves the head row if that stands where the writer left it and its epoch is the newest, and only
 * then writes the records and what they change of the live grants. It gives one row when it did, none when it did nothing.
 */
export function appendStatement(append: PostgresAppend): SqlStatement {
  const { token, leaseMs, after, head, records, lines } = append;
  const { put, changed, gone } = projectionOf(records);
  return {
    text: appendSql,
    values: [
      token,
      leaseMs,
      ...positionOf(after),
      ...positionOf(head),
      head.epoch,
      records.map((record) => record.sequence),
      records.map((record) => record.epoch),
      lines.map((line) => lineHash(line)),
      lines,
      gone,
      changed.map((change) => change.grant),
      changed.map((change) => change.phase ?? null),
      changed.map((change) => change.end ?? null),
      changed.map((change) => change.ending ?? null),
      ...liveColumns.map((column) => put.map(column)),
    ],
  };
}

/** A position as the head row has it: before the first record its sequence is 0. */
export function positionOf(head: Head | undefined): readonly [sequence: number, hash: string] {
  return [head?.sequence ?? 0, head?.hash ?? noDigest];
}

const liveColumns: readonly ((live: LiveGrant) => string | number | null)[] = [
  ({ facts }) => facts.grant,
  ({ facts }) => facts.request,
  ({ facts }) => facts.person,
  ({ facts }) => facts.connection,
  ({ facts }) => facts.gateway,
  ({ facts }) => facts.gatewayName,
  ({ facts }) => facts.level,
  ({ phase }) => phase,
  ({ end }) => end,
  ({ ending }) => ending ?? null,
  ({ facts }) => shareOf(facts, shareCount),
];

const appendSql = `
WITH moved AS (
  UPDATE leasehold.head SET sequence = $5::bigint, hash = $6::text, epoch = $7::bigint,
    newest_epoch = GREATEST(newest_epoch, $7::bigint), lease_until = clock_timestamp() + $2 * interval '1 millisecond'
  WHERE one AND token = $1::text AND sequence = $3::bigint AND hash = $4::text
  RETURNING sequence
), chained AS (
  INSERT INTO leasehold.chain (sequence, epoch, hash, line)
  SELECT r.sequence, r.epoch, r.hash, r.line
  FROM moved, unnest($8::bigint[], $9::bigint[], $10::text[], $11::text[]) AS r (sequence, epoch, hash, line)
), gone AS (
  DELETE FROM leasehold.live_grants g USING moved WHERE g.grant_id = ANY ($12::text[])
), changed AS (
  UPDATE leasehold.live_grants g
  SET phase = COALESCE(c.phase, g.phase), ends_at = COALESCE(c.ends_at, g.ends_at), ending = COALESCE(g.ending, c.ending)
  FROM moved, unnest($13::text[], $14::text[], $15::timestamptz[], $16::text[]) AS c (grant_id, phase, ends_at, ending)
  WHERE g.grant_id = c.grant_id
), put AS (
  INSERT INTO leasehold.live_grants AS g
    (grant_id, request, person, connection, gateway, gateway_name, level, phase, ends_at, ending, share)
  SELECT p.* FROM moved, unnest($17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
    $24::text[], $25::timestamptz[], $26::text[], $27::integer[]) AS p
  ON CONFLICT (grant_id) DO UPDATE SET request = EXCLUDED.request, person = EXCLUDED.person,
    connection = EXCLUDED.connection, gateway = EXCLUDED.gateway, gateway_name = EXCLUDED.gateway_name,
    level = EXCLUDED.level, phase = EXCLUDED.phase, ends_at = EXCLUDED.ends_at,
    ending = COALESCE(g.ending, EXCLUDED.ending), share = EXCLUDED.share
)
SELECT 1 AS moved FROM moved`;
