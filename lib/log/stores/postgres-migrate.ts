import { failure } from "../../errors";
import type { Sql, SqlRow, SqlSession } from "../../ports";
import { postgresWriteFailure, rowsOf } from "./postgres-failure";
import { foundation, migrations, privileges, roles, type Migration } from "./postgres-migrations";

/** What a migration came to. */
export interface Migrated {
  readonly address: string;
  /** The steps that were missing, and were taken. */
  readonly applied: readonly Pick<Migration, "number" | "name">[];
  /** The step that the database is at now. */
  readonly version: number;
}

/**
 * Brings a database's schema to this version, roles and their rights too, in one transaction and under a lock: safe to repeat,
 * and when run twice at once. Throws E613 for a database of a later version, E612 or E603 for what the database refuses.
 */
export async function migratePostgres(sql: Sql): Promise<Migrated> {
  const session = sql.session();
  try {
    return await migrateIn(sql, session);
  } catch (error) {
    throw postgresWriteFailure(error, sql.address);
  } finally {
    await session.close();
  }
}

/** The SQL of every step, the roles and their rights, for an administrator to read and to run; safe to repeat. */
export function migrationSql(): string {
  const steps = migrations.map(
    ({ number, name, sql }) => `
-- Step ${number}: ${name}. Leave it out where leasehold.migrations has the number ${number} already.
${sql.trim()}
${recordSql(number, name)}
`,
  );
  return `-- The Log of Leasehold. Run it in the Log's database, as the role that is to own the tables, e.g. with
--   psql --set ON_ERROR_STOP=1 --single-transaction --file migrate.sql
-- Afterwards make logins members: GRANT ${roles.writer} TO <login>; for auditors GRANT ${roles.reader} TO <login>.
${foundation}${steps.join("")}
${privileges.trim()}
`;
}

/** Any number, as long as it is ours: "lease" on a telephone's keys. */
const lockKey = 53_273;

async function migrateIn(sql: Sql, session: SqlSession): Promise<Migrated> {
  const run = async (text: string): Promise<readonly SqlRow[]> => rowsOf(await session.query({ text }));
  await run("BEGIN");
  await run(`SELECT pg_advisory_xact_lock(${lockKey})`);
  const [encoding] = await run("SHOW server_encoding");
  if (encoding?.["server_encoding"] !== "UTF8") {
    throw failure("E613", {
      summary: "the Log's database cannot hold every text",
      detail: `${sql.address} has the encoding ${String(encoding?.["server_encoding"])}`,
      fix: "create the database with ENCODING 'UTF8' TEMPLATE template0",
    });
  }
  await run(foundation);
  const [row] = await run("SELECT coalesce(max(number), 0) AS newest FROM leasehold.migrations");
  const found = Number(row?.["newest"] ?? 0);
  if (found > migrations.length) {
    throw failure("E613", {
      detail: `${sql.address} is at step ${found} of the schema, this version knows ${migrations.length}`,
      fix: "use the version of Leasehold that migrated it, or a later one",
    });
  }
  const applied = migrations.filter(({ number }) => number > found);
  for (const { number, name, sql: step } of applied) {
    await run(step);
    await run(recordSql(number, name));
  }
  await run(privileges);
  await run("COMMIT");
  return {
    address: sql.address,
    applied: applied.map(({ number, name }) => ({ number, name })),
    version: migrations.length,
  };
}

function recordSql(number: number, name: string): string {
  return `INSERT INTO leasehold.migrations (number, name) VALUES (${number}, '${name.replaceAll("'", "''")}');`;
}
