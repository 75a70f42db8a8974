import { join } from "node:path";
import { Client, DatabaseError, Pool, type ClientConfig } from "pg";
import type { Sql, SqlAnswer, SqlSession, SqlStatement } from "../ports";
import { privateDirectory } from "./git-cache-directory";
import { checkPostgresUrl, postgresAddress } from "./postgres-url";

/** Where a database is, and who asks. */
export interface PostgresPlace {
  /** Directory of leasehold.yaml, absolute. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The resolved URL: a secret. */
  readonly url: string;
  /** How the URL is called in errors, e.g. its reference. */
  readonly named: string;
}

/** Longest waits in milliseconds. The server's own are shorter, so that it is the one to say no. */
const waits = { connect: 5_000, statement: 20_000, lock: 10_000, idleInTransaction: 8_000, answer: 25_000 } as const;

/** A server that let us wait so long in vain is not asked again at once: endings wait for what is asked of it. */
const silence = { afterMs: 2_000, forMs: 5_000 } as const;

/** Connections for statements on their own; a session has one more each. */
const poolSize = 4;

/** How long a connection that nobody uses stays open. */
const idleMs = 10_000;

/** A database of a PostgreSQL server, through `pg`. Throws E702 for a URL that makes no sense or would send a password in the clear. */
export function postgresSql(place: PostgresPlace): Sql {
  checkPostgresUrl(place.url, place.named);
  const config: ClientConfig = {
    connectionString: place.url,
    application_name: "leasehold",
    connectionTimeoutMillis: waits.connect,
    query_timeout: waits.answer,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const pool = new Pool({ ...config, max: poolSize, idleTimeoutMillis: idleMs, allowExitOnIdle: true });
  // A statement is told of the loss of its connection; one that nobody uses is replaced. Without a listener, either would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const isSet = new WeakSet<object>();
  const patience = shortPatience();
  const sessions = new Set<SqlSession>();
  return {
    address: postgresAddress(place.url),
    directory: join(privateDirectory(place), "postgres"),
    query: (statement) => patience(() => askPool(pool, isSet, statement)),
    session: () => {
      const connection = new OneConnection(config, () => sessions.delete(session));
      const session: SqlSession = {
        query: (statement) => patience(() => connection.query(statement)),
        close: () => connection.close(),
      };
      sessions.add(session);
      return session;
    },
    close: async () => {
      for (const session of sessions) await session.close();
      if (!pool.ended) await pool.end();
    },
  };
}

/** Asks, but not a server that has just let us wait in vain: it is said at once then that nothing was sent. */
function shortPatience(): (asking: () => Promise<SqlAnswer>) => Promise<SqlAnswer> {
  let silent: { readonly until: number; readonly seen: string } | undefined;
  return async (asking) => {
    const from = performance.now();
    if (silent !== undefined && from < silent.until) return { kind: "unsent", seen: silent.seen };
    const answer = await asking();
    const now = performance.now();
    const isSilence = (answer.kind === "unsent" || answer.kind === "lost") && now - from >= silence.afterMs;
    silent = isSilence ? { until: now + silence.forMs, seen: answer.seen } : undefined;
    return answer;
  };
}

async function askPool(pool: Pool, isSet: WeakSet<object>, statement: SqlStatement): Promise<SqlAnswer> {
  let client;
  try {
    client = await pool.connect();
  } catch (error) {
    return notConnected(error);
  }
  const made = isSet.has(client) ? undefined : await unsentUnlessRows(client, settings);
  if (made === undefined || made.kind === "rows") isSet.add(client);
  const answer = made === undefined || made.kind === "rows" ? await ask(client, statement) : made;
  client.release(answer.kind === "lost" || answer.kind === "unsent" || isFatal(answer));
  return answer;
}

/** Set by a statement, and not with the connection: a URL may bring options of its own, and proxies take none. */
const settings: SqlStatement = {
  text: `SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
    set_config('idle_in_transaction_session_timeout', $3, false), set_config('search_path', 'pg_catalog', false),
    set_config('default_transaction_isolation', 'read committed', false), set_config('client_encoding', 'UTF8', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END`,
  values: [String(waits.statement), String(waits.lock), String(waits.idleInTransaction)],
};

class OneConnection implements SqlSession {
  readonly #client: Client;
  readonly #onClose: () => void;
  #connecting: Promise<SqlAnswer> | undefined;
  #isLost = false;

  constructor(config: ClientConfig, onClose: () => void) {
    this.#client = new Client(config);
    this.#onClose = onClose;
    this.#client.on("error", () => (this.#isLost = true));
    this.#client.on("end", () => (this.#isLost = true));
  }

  async query(statement: SqlStatement): Promise<SqlAnswer> {
    this.#connecting ??= this.#connect();
    const connected = await this.#connecting;
    if (connected.kind !== "rows") return connected;
    if (this.#isLost) return { kind: "unsent", seen: "the connection was lost" };
    const answer = await ask(this.#client, statement);
    if (answer.kind === "lost" || isFatal(answer)) this.#isLost = true;
    return answer;
  }

  async close(): Promise<void> {
    this.#onClose();
    if (this.#connecting === undefined) return;
    await this.#connecting;
    // A lost connection would be waited for.
    await Promise.race([this.#client.end().catch(() => undefined), ...(this.#isLost ? [undefined] : [])]);
  }

  async #connect(): Promise<SqlAnswer> {
    try {
      await this.#client.connect();
    } catch (error) {
      this.#isLost = true;
      return notConnected(error);
    }
    return unsentUnlessRows(this.#client, settings);
  }
}

interface Asked {
  query(query: { readonly text: string; readonly values?: unknown[] }): Promise<{ readonly rows: unknown[] }>;
}

async function ask(client: Asked, { text, values }: SqlStatement): Promise<SqlAnswer> {
  try {
    // Without values it goes by the simple protocol, which takes several statements.
    const given = values === undefined ? { text } : { text, values: values.map(parameter) };
    const result = await client.query(given);
    return { kind: "rows", rows: (Array.isArray(result) ? result.at(-1) : result).rows };
  } catch (error) {
    if (error instanceof DatabaseError && error.code !== undefined && !isUnknown(error.code)) {
      return { kind: "refused", state: error.code, seen: error.message };
    }
    return { kind: "lost", seen: wordsOf(error) };
  }
}

/** What is asked before anything of the caller's was sent: without an answer, nothing happened. */
async function unsentUnlessRows(client: Asked, statement: SqlStatement): Promise<SqlAnswer> {
  const answer = await ask(client, statement);
  return answer.kind === "lost" ? { kind: "unsent", seen: answer.seen } : answer;
}

function notConnected(error: unknown): SqlAnswer {
  return error instanceof DatabaseError && error.code !== undefined
    ? { kind: "refused", state: error.code, seen: error.message }
    : { kind: "unsent", seen: wordsOf(error) };
}

function parameter(value: NonNullable<SqlStatement["values"]>[number]): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

/** The server ends the connection, or does not know itself: a commit on its way may stand. */
function isUnknown(state: string): boolean {
  return state.startsWith("08") || state.startsWith("57P") || state === "40003" || state.startsWith("XX");
}

function isFatal(answer: SqlAnswer): boolean {
  return answer.kind === "refused" && /^(25P03|57P|08|53300|28)/.test(answer.state);
}

function wordsOf(error: unknown): string {
  const words = error instanceof AggregateError ? error.errors.map(String).join("; ") : messageOf(error);
  return words.replaceAll(/postgres(ql)?:\/\/\S+/gi, "the URL").slice(0, 300);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? "the connection failed" : message;
}
