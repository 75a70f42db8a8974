import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../lib/adapters/clock";
import { systemFiles } from "../../lib/adapters/files";
import { postgresSql } from "../../lib/adapters/postgres";
import { systemRandom } from "../../lib/adapters/random";
import { migratePostgres, postgresStore } from "../../lib/log";
import type { Clock, LogStore, Sql } from "../../lib/ports";
import type { PostgresUrlOptions, TestPostgres } from "./postgres";

/** An empty Log in a database of its own. */
export interface PostgresPlace {
  readonly database: string;
  /** The Log as another process has it; `machine` tells apart what two machines have noted. */
  open(options?: PlaceOptions): LogStore;
  /** The database itself. */
  sql(options?: PlaceOptions): Sql;
}

/** How a place is opened. */
export interface PlaceOptions extends Omit<PostgresUrlOptions, "database"> {
  readonly machine?: string;
  readonly leaseMs?: number;
  readonly clock?: Clock;
}

/** Makes places for Logs in a server: each a copy of a database that was migrated once. Stores are closed by `close`. */
export function postgresPlaces(server: () => TestPostgres) {
  const template = "leasehold_template";
  let migrated: Promise<unknown> | undefined;
  const opened: LogStore[] = [];
  const direct: Sql[] = [];

  const sqlOf = (database: string, root: string, options: PlaceOptions = {}): Sql => {
    const { machine = "one", leaseMs: _leaseMs, clock: _clock, ...rest } = options;
    const environment = { XDG_CACHE_HOME: join(root, machine) };
    const url = server().url({ ...rest, database });
    return postgresSql({
      root: __dirname,
      environment,
      url,
      named: "the test's URL",
    });
  };

  async function migrate(): Promise<void> {
    await server().newDatabase({ name: template });
    const sql = sqlOf(template, server().directory);
    await migratePostgres(sql);
    await sql.close();
  }

  /** A new place. */
  async function place(): Promise<PostgresPlace> {
    await (migrated ??= migrate());
    const database = await server().newDatabase({ like: template });
    const root = mkdtempSync(join(server().directory, "machines-"));
    return {
      database,
      open: (options = {}) => {
        const store = postgresStore({
          open: () => Promise.resolve(sqlOf(database, root, options)),
          files: systemFiles(),
          clock: options.clock ?? systemClock(),
          random: systemRandom(),
          ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
        });
        opened.push(store);
        return store;
      },
      sql: (options) => {
        const sql = sqlOf(database, root, options);
        direct.push(sql);
        return sql;
      },
    };
  }

  /** Closes what was opened. */
  async function close(): Promise<void> {
    await Promise.allSettled(opened.splice(0).map((store) => store.close()));
    await Promise.allSettled(direct.splice(0).map((sql) => sql.close()));
  }

  return { place, close };
}
