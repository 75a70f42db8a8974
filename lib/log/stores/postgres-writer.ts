import { failure } from "../../errors";
import type { Head, LogRecord } from "../../model/record";
import type { Clock, Sql, SqlSession, Writer } from "../../ports";
import { isSameHead, linesAfter } from "../chain";
import { faultError } from "../fault";
import { staleWriter } from "./failure";
import { appendStatement } from "./postgres-append";
import { holdsHead } from "./postgres-chain";
import { headRowOf, readHead, releaseEpoch, tryFenceEpoch, tryRenewEpoch, type EpochTaking } from "./postgres-epoch";
import { rowsOf, SqlTrouble } from "./postgres-failure";

/** What a writer of a PostgreSQL store works with. */
export interface PostgresWriterParts {
  readonly sql: Sql;
  readonly clock: Clock;
  /** The connection that holds the epoch. */
  readonly session: SqlSession;
  readonly taking: EpochTaking;
  readonly epoch: number;
  /** Where the chain ended when the epoch was taken. */
  readonly head: Head | undefined;
  /** A new random token. */
  newToken(): string;
  /** Told of each Head that is in the chain. */
  onWritten(head: Head): Promise<void>;
  /** Makes the error for what kept a batch from being written. */
  failureOf(error: unknown): Error;
}

interface Waiting {
  readonly records: readonly LogRecord[];
  readonly lines: readonly string[];
  readonly head: Head;
  readonly resolve: (head: Head) => void;
  readonly reject: (error: unknown) => void;
}

/** How often what passes by itself (a deadlock, a lost connection) is tried again. */
const mostTries = 4;
const pauseMs = 200;

/**
 * The writer of a PostgreSQL store. Appends made while another is on its way wait and then share one
 * statement. The database appends only after the Head that this writer left and under its token: whoever has
 * taken the epoch since has another one.
 */
export class PostgresWriter implements Writer {
  readonly epoch: number;
  readonly holder: string;
  readonly #parts: PostgresWriterParts;
  #session: SqlSession;
  #taking: EpochTaking;
  /** What is in the chain. */
  #durable: Head | undefined;
  /** What is in the chain or waits to be. */
  #next: Head | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Why nothing more can be appended. */
  #stopped: Error | undefined;
  #released: Promise<void> | undefined;
  readonly #renewing = new AbortController();
  readonly #renewed: Promise<void>;

  constructor(parts: PostgresWriterParts) {
    this.#parts = parts;
    this.epoch = parts.epoch;
    this.holder = parts.taking.holder;
    this.#session = parts.session;
    this.#taking = parts.taking;
    this.#durable = parts.head;
    this.#next = parts.head;
    this.#renewed = this.#keepLease();
  }

  append(head: Head | undefined, records: readonly LogRecord[]): Promise<Head> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (!isSameHead(head, this.#next)) return Promise.reject(movedHead(head, this.#next));
    return new Promise((resolve, reject) => {
      const after = linesAfter(head, records);
      if (after.head === undefined || records.length === 0)
        throw failure("E900", { detail: "an empty append", fix: "please report this" });
      this.#next = after.head;
      this.#waiting.push({ records, lines: after.lines, head: after.head, resolve, reject });
      this.#writing ??= this.#writeWaiting();
    });
  }

  release(): Promise<void> {
    this.#released ??= this.#giveBack();
    return this.#released;
  }

  /** Whether it was given back, or is being. */
  get isReleased(): boolean {
    return this.#released !== undefined;
  }

  async #giveBack(): Promise<void> {
    await this.#writing;
    this.#renewing.abort();
    await this.#renewed;
    this.#stopped ??= staleWriter(`the writer of epoch ${this.epoch} was released`);
    // What cannot be given back ends with the connection.
    await releaseEpoch(this.#session, this.#taking.token).catch(() => undefined);
    await this.#session.close();
  }

  async #writeWaiting(): Promise<void> {
    // Appends that are made in the same turn go into the first statement together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#write(batch);
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const head = batch.at(-1)?.head;
    if (head === undefined) return;
    try {
      await this.#appendOrThrow(batch, head);
    } catch (error) {
      this.#fail(this.#parts.failureOf(error), batch, error);
      return;
    }
    this.#durable = head;
    for (const one of batch) one.resolve(one.head);
    await this.#parts.onWritten(head);
  }

  async #appendOrThrow(batch: readonly Waiting[], head: Head): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      if (this.#stopped !== undefined) throw this.#stopped;
      try {
        await this.#appendOnce(batch, head);
        return;
      } catch (error) {
        if (!(error instanceof SqlTrouble) || tries === mostTries || !isPassing(error)) throw error;
        if (error.kind !== "refused" && (await this.#isIn(head))) return;
        await this.#parts.clock.sleep(pauseMs * tries);
      }
    }
  }

  async #appendOnce(batch: readonly Waiting[], head: Head): Promise<void> {
    const statement = appendStatement({
      token: this.#taking.token,
      leaseMs: this.#taking.leaseMs,
      after: this.#durable,
      head,
      records: batch.flatMap((one) => one.records),
      lines: batch.flatMap((one) => one.lines),
    });
    try {
      const [moved] = rowsOf(await this.#session.query(statement));
      if (moved === undefined) throw await this.#stopBecauseMoved();
    } catch (error) {
      if (error instanceof SqlTrouble && error.state === "23505") throw this.#stop(unknownRecord(this.#durable));
      throw error;
    }
  }

  /** Whether a batch without an answer is in the chain. Where nobody can tell, nothing more is appended: it may still arrive. */
  async #isIn(head: Head): Promise<boolean> {
    try {
      return await this.#isInAfterLoss(head);
    } catch (error) {
      throw this.#stop(this.#parts.failureOf(error));
    }
  }

  /**
   * The connection was lost with an append on its way. On a new one the epoch is held under a new token, behind which the
   * append can no longer come: what the head row says then is what became of it. Throws where nobody can tell.
   */
  async #isInAfterLoss(head: Head): Promise<boolean> {
    await this.#session.close();
    this.#session = this.#parts.sql.session();
    const token = this.#parts.newToken();
    const row = await this.#untilAnswered(() => tryFenceEpoch(this.#session, this.#taking, token));
    if (row === undefined) {
      // The new token itself may have been taken note of before its answer was lost.
      const seen = await this.#readHead();
      if (seen.token !== token) return this.#wasWrittenBefore(head, seen.head);
    }
    this.#taking = { ...this.#taking, token };
    const now = row?.head ?? (await this.#readHead()).head;
    if (isSameHead(now, head)) return true;
    if (isSameHead(now, this.#durable)) return false;
    throw this.#stop(movedHead(this.#durable, now));
  }

  /** Somebody else has the epoch: our batch is in the chain, before theirs, or it never comes. */
  async #wasWrittenBefore(head: Head, seen: Head | undefined): Promise<boolean> {
    const isThere = await this.#untilAnswered(() => holdsHead(this.#session, head));
    const stopped = this.#stop(
      staleWriter(`another took over at record ${seen?.sequence ?? 0}, this writer has epoch ${this.epoch}`),
    );
    if (!isThere) throw stopped;
    return true;
  }

  /** Asks on new connections until one answers, a few times. */
  async #untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof SqlTrouble) || error.kind === "refused" || tries === mostTries) throw error;
        await this.#parts.clock.sleep(pauseMs * tries);
        await this.#session.close();
        this.#session = this.#parts.sql.session();
      }
    }
  }

  async #readHead() {
    const [row] = rowsOf(await this.#session.query(readHead));
    if (row === undefined) throw this.#stop(staleWriter("the head row is gone"));
    return headRowOf(row);
  }

  async #stopBecauseMoved(): Promise<Error> {
    const { head, newestEpoch, holder, token } = await this.#readHead();
    if (token === this.#taking.token) return this.#stop(movedHead(this.#durable, head));
    const by = holder === undefined ? "" : ` by ${holder}`;
    return this.#stop(staleWriter(`epoch ${newestEpoch} was taken${by}, this writer has epoch ${this.epoch}`));
  }

  #stop(error: Error): Error {
    this.#stopped ??= error;
    return this.#stopped;
  }

  /** What was to follow a batch that failed fails with it. Nothing more comes where that batch may still arrive. */
  #fail(error: Error, batch: readonly Waiting[], cause: unknown): void {
    const failed = [...batch, ...this.#waiting];
    this.#waiting = [];
    this.#next = this.#durable;
    if (!(cause instanceof SqlTrouble) || cause.kind !== "refused") this.#stopped ??= error;
    for (const { reject } of failed) reject(error);
  }

  /** An idle writer keeps its epoch as long as its process runs; one that is stopped loses it. */
  async #keepLease(): Promise<void> {
    const { signal } = this.#renewing;
    for (;;) {
      await this.#parts.clock.sleep(this.#taking.leaseMs / 3, signal);
      if (signal.aborted || this.#stopped !== undefined) return;
      // An append puts the lease off too.
      if (this.#writing === undefined) await this.#renew();
      else await this.#writing;
    }
  }

  /** A renewal that fails is no harm: the next append finds out what it means. */
  async #renew(): Promise<void> {
    const taking = this.#taking;
    try {
      const row = await tryRenewEpoch(this.#session, taking);
      if (row !== undefined || this.#taking !== taking) return;
      this.#stop(staleWriter(`another writer has taken over, this writer has epoch ${this.epoch}`));
    } catch {
      return;
    }
  }
}

/** Worth another try: no connection, no answer, or a conflict that is none of the caller's making. */
function isPassing({ kind, state }: SqlTrouble): boolean {
  return kind !== "refused" || state === "40001" || state === "40P01" || state === "53300";
}

function unknownRecord(after: Head | undefined): Error {
  const sequence = (after?.sequence ?? 0) + 1;
  return faultError({ sequence, reason: "illegal", detail: "it is in the chain, and the head row does not know it" });
}

function movedHead(given: Head | undefined, seen: Head | undefined): Error {
  return staleWriter(`the Log is at record ${seen?.sequence ?? 0}, this follows record ${given?.sequence ?? 0}`);
}
