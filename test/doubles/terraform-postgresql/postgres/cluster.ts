import { Pool, type PoolClient, type QueryResultRow } from "pg";
import { text } from "../protocol/kind";
import type { ObjectValue } from "../wire/value";

/** A transaction on one database. */
export interface Transaction {
  run(sql: string, parameters?: readonly unknown[]): Promise<void>;
  rows<R extends QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<readonly R[]>;
}

/** The server that the provider was configured for; a pool per database, each of at most 20, as the real one has. */
export class Cluster {
  readonly user: string;
  readonly #settings: { readonly host: string; readonly port: number; readonly database: string };
  readonly #password: string;
  readonly #most: number;
  readonly #pools = new Map<string, Pool>();

  constructor(config: ObjectValue) {
    const { env } = process;
    const port = config["port"];
    const most = config["max_connections"];
    this.#settings = {
      host: text(config, "host") || (env["PGHOST"] ?? ""),
      port: typeof port === "number" ? port : Number(env["PGPORT"] ?? 5432),
      database: text(config, "database") || (env["PGDATABASE"] ?? "postgres"),
    };
    this.user = text(config, "username") || (env["PGUSER"] ?? "postgres");
    this.#password = text(config, "password") || (env["PGPASSWORD"] ?? "");
    this.#most = typeof most === "number" ? most : 20;
  }

  /** Runs in one transaction of a database, the configured one where none is named; an error takes everything back. */
  async transaction<T>(database: string, body: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#pool(database === "" ? this.#settings.database : database).connect();
    try {
      await client.query("BEGIN");
      const result = await body(onClient(client));
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw asLibPq(error);
    } finally {
      client.release();
    }
  }

  /** Whether a database is there. */
  async hasDatabase(name: string): Promise<boolean> {
    const found = await this.transaction("", (one) => one.rows("SELECT 1 FROM pg_database WHERE datname = $1", [name]));
    return found.length > 0;
  }

  /** Ends every connection. */
  async end(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()));
  }

  #pool(database: string): Pool {
    const known = this.#pools.get(database);
    if (known !== undefined) return known;
    const { host, port } = this.#settings;
    const pool = new Pool({ host, port, database, user: this.user, password: this.#password, max: this.#most });
    pool.on("error", () => undefined);
    this.#pools.set(database, pool);
    return pool;
  }
}

function onClient(client: PoolClient): Transaction {
  return {
    async run(sql, parameters) {
      await client.query(sql, parameters === undefined ? undefined : [...parameters]);
    },
    async rows(sql, parameters) {
      return (await client.query(sql, parameters === undefined ? undefined : [...parameters])).rows;
    },
  };
}

/** An error of the server reads as the real provider's driver writes it: `pq: tuple concurrently updated`. */
function asLibPq(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!("severity" in error) || error.message.includes("pq: ")) return error;
  return new Error(`pq: ${error.message}`);
}

/** Says what could not be done in front of what PostgreSQL said. */
export async function saying<T>(what: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw new Error(`${what}: ${asLibPq(error).message}`, { cause: error });
  }
}
