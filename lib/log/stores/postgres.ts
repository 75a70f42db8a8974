import { join } from "node:path";
import { failure } from "../../errors";
import type { Head } from "../../model/record";
import type { Anchors, Clock, Files, LogStore, Random, Sql, Writer } from "../../ports";
import { putPostgresBlob, tryReadPostgresBlob } from "./postgres-blobs";
import { holdsHead, readChainPages } from "./postgres-chain";
import { headRowOf, readHead, tryTakeEpoch, type EpochTaking, type HeadRow } from "./postgres-epoch";
import { postgresReadFailure, postgresWriteFailure, rowsOf } from "./postgres-failure";
import { machineNote, noteAnchors, type MachineNote } from "./postgres-notes";
import { postgresDueShares } from "./postgres-shares";
import { addToPostgresSpool, readPostgresSpool, removeFromPostgresSpool } from "./postgres-spool";
import { checkVersion } from "./postgres-version";
import { PostgresWriter } from "./postgres-writer";

/** What a PostgreSQL store works with. */
export interface PostgresStoreOptions {
  /** Opens the database; nothing is asked of it yet. */
  readonly open: () => Promise<Sql>;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  /** How long a writer that says nothing keeps its epoch, by the database's clock. Default 10 s. */
  readonly leaseMs?: number;
}

/**
 * A Log in a PostgreSQL database, for several replicas. An append is one statement: it moves the head row where that
 * stands as the writer left it, and writes the records and the table of live grants with it. Who holds the epoch keeps it for a lease
 * by the database's clock; a writer that is stopped loses it, one whose connection ends too, and what either still sends writes nothing.
 */
export function postgresStore(options: PostgresStoreOptions): LogStore {
  return new PostgresStore(options);
}

const defaultLeaseMs = 10_000;
const shortestPollMs = 10;
const longestPollMs = 250;

class PostgresStore implements LogStore {
  readonly kind = "postgres";
  readonly #options: PostgresStoreOptions;
  readonly #writers = new Set<PostgresWriter>();
  #opening: Promise<Sql> | undefined;
  #checked: Promise<MachineNote> | undefined;

  constructor(options: PostgresStoreOptions) {
    this.#options = options;
  }

  async *read(fromSequence: number): AsyncGenerator<readonly string[]> {
    const { sql } = await this.#ready(postgresReadFailure);
    try {
      yield* readChainPages(sql, fromSequence);
    } catch (error) {
      throw postgresReadFailure(error, sql.address);
    }
  }

  async notedHead(): Promise<Head | undefined> {
    return this.#reading(async (sql) => {
      const [row] = rowsOf(await sql.query(readHead));
      return row === undefined ? undefined : headRowOf(row).head;
    });
  }

  machineAnchors(installation: string): Anchors {
    return noteAnchors(async () => (await this.#ready(postgresReadFailure)).note, installation);
  }

  async noteHead(head: Head): Promise<void> {
    await this.#reading((_sql, note) => note.note(head));
  }

  async takeEpoch(options: { readonly holder: string; readonly waitMs: number }): Promise<Writer> {
    return this.#writing(async (sql, note) => {
      const session = sql.session();
      try {
        const taking: EpochTaking = {
          holder: options.holder,
          token: this.#newToken(),
          leaseMs: this.#options.leaseMs ?? defaultLeaseMs,
        };
        for (const from = this.#options.clock.monotonicMs(), pause = growing(); ;) {
          const row = await tryTakeEpoch(session, taking);
          if (row !== undefined) return this.#writerOf({ sql, note, session, taking, row });
          const left = options.waitMs - (this.#options.clock.monotonicMs() - from);
          if (left <= 0) throw await heldByAnother(sql, options.waitMs);
          await this.#options.clock.sleep(Math.min(pause(), left));
        }
      } catch (error) {
        await session.close();
        throw error;
      }
    });
  }

  async putBlob(text: string): Promise<string> {
    return this.#writing((sql) => putPostgresBlob(sql, text));
  }

  async tryReadBlob(digest: string): Promise<string | undefined> {
    return this.#reading((sql) => tryReadPostgresBlob(sql, digest));
  }

  async addToSpool(entry: Parameters<LogStore["addToSpool"]>[0]): Promise<void> {
    await this.#writing((sql) => addToPostgresSpool(sql, entry));
  }

  async readSpool() {
    return this.#reading((sql) => readPostgresSpool(sql));
  }

  async *dueShares(options: Parameters<NonNullable<LogStore["dueShares"]>>[0]) {
    const { sql } = await this.#ready(postgresReadFailure);
    try {
      yield* postgresDueShares({ sql, clock: this.#options.clock }, options);
    } catch (error) {
      throw postgresReadFailure(error, sql.address);
    }
  }

  async removeFromSpool(ids: readonly string[]): Promise<void> {
    await this.#writing((sql) => removeFromPostgresSpool(sql, ids));
  }

  async close(): Promise<void> {
    for (const writer of this.#writers) await writer.release();
    this.#writers.clear();
    const [opening, checked] = [this.#opening, this.#checked];
    this.#opening = undefined;
    this.#checked = undefined;
    await (await checked)?.flush();
    await (await opening)?.close();
  }

  #writerOf(parts: {
    readonly sql: Sql;
    readonly note: MachineNote;
    readonly session: ReturnType<Sql["session"]>;
    readonly taking: EpochTaking;
    readonly row: HeadRow;
  }): Writer {
    const { sql, note, session, taking, row } = parts;
    const writer = new PostgresWriter({
      sql,
      clock: this.#options.clock,
      session,
      taking,
      epoch: row.newestEpoch,
      head: row.head,
      newToken: () => this.#newToken(),
      onWritten: (head) => note.note(head),
      failureOf: (error) => postgresWriteFailure(error, sql.address),
    });
    for (const one of this.#writers) if (one.isReleased) this.#writers.delete(one);
    this.#writers.add(writer);
    return writer;
  }

  #newToken(): string {
    return Buffer.from(this.#options.random.bytes(16)).toString("hex");
  }

  /** The database, known to be of this version. What could not be asked is asked again the next time. */
  async #ready(failureOf: typeof postgresReadFailure): Promise<{ readonly sql: Sql; readonly note: MachineNote }> {
    const opening = (this.#opening ??= this.#options.open());
    try {
      await opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
    const sql = await opening;
    const checked = (this.#checked ??= this.#check(sql));
    try {
      return { sql, note: await checked };
    } catch (error) {
      if (this.#checked === checked) this.#checked = undefined;
      throw failureOf(error, sql.address);
    }
  }

  async #check(sql: Sql): Promise<MachineNote> {
    const { files, clock } = this.#options;
    const directory = join(sql.directory, await checkVersion(sql));
    return machineNote({ files, clock, directory, holds: (head) => holdsHead(sql, head) });
  }

  async #reading<T>(step: (sql: Sql, note: MachineNote) => Promise<T>): Promise<T> {
    return this.#asking(step, postgresReadFailure);
  }

  async #writing<T>(step: (sql: Sql, note: MachineNote) => Promise<T>): Promise<T> {
    return this.#asking(step, postgresWriteFailure);
  }

  async #asking<T>(
    step: (sql: Sql, note: MachineNote) => Promise<T>,
    failureOf: typeof postgresReadFailure,
  ): Promise<T> {
    const { sql, note } = await this.#ready(failureOf);
    try {
      return await step(sql, note);
    } catch (error) {
      throw failureOf(error, sql.address);
    }
  }
}

/** Waits that double, to a bound. */
function growing(): () => number {
  let next = shortestPollMs / 2;
  return () => (next = Math.min(next * 2, longestPollMs));
}

async function heldByAnother(sql: Sql, waitMs: number): Promise<Error> {
  const [row] = rowsOf(await sql.query(readHead));
  const seen = row === undefined ? undefined : headRowOf(row);
  const holder = seen?.holder === undefined ? "another writer" : `${seen.holder} (epoch ${seen.newestEpoch})`;
  return failure("E605", {
    detail: `${holder} holds the Log in ${sql.address}; waited ${Math.round(waitMs / 1000)} s`,
    fix: "wait until it is done and run the command again; giving back and revoking go on meanwhile",
  });
}
