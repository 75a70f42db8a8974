import type { Head, LogRecord } from "../../model/record";
import type { AppendFile, Clock, FileLock, Files, Writer } from "../../ports";
import { isSameHead, linesAfter } from "../chain";
import type { FileLayout } from "./file-layout";
import { tryReadEpoch, writeHead, type NotedEpoch } from "./file-notes";
import type { CheckedTail } from "./file-tail";
import { staleWriter, writeFailure } from "./failure";

/** What a writer of a file store works with. */
export interface FileWriterParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly layout: FileLayout;
  readonly file: AppendFile;
  readonly lock: FileLock;
  readonly tail: CheckedTail;
  readonly epoch: NotedEpoch;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly head: Head | undefined;
  readonly resolve: (head: Head) => void;
  readonly reject: (error: unknown) => void;
}

/** The Head is noted at least once in so many records, and so many milliseconds of appending. */
const noteEveryRecords = 1_000;
const noteEveryMs = 5_000;

/**
 * The writer of a file store, holding its lock. Appends made while another is being written wait and
 * then share one write and one fsync. Before each, the epoch is read again and the file must be as long
 * as this writer left it: should the lock ever have failed, the stale writer stops here.
 */
export class FileWriter implements Writer {
  readonly epoch: number;
  readonly holder: string;
  readonly #parts: FileWriterParts;
  /** What is durable. */
  #size: number;
  #durable: Head | undefined;
  /** What is durable or waits to be. */
  #next: Head | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #noted: { readonly sequence: number; readonly at: number };
  /** Why nothing more can be appended. */
  #stopped: Error | undefined;
  #released: Promise<void> | undefined;

  constructor(parts: FileWriterParts) {
    this.#parts = parts;
    this.epoch = parts.epoch.epoch;
    this.holder = parts.epoch.holder;
    this.#size = parts.tail.size;
    this.#durable = parts.tail.head;
    this.#next = parts.tail.head;
    this.#noted = { sequence: this.#durable?.sequence ?? 0, at: parts.clock.monotonicMs() };
  }

  append(head: Head | undefined, records: readonly LogRecord[]): Promise<Head> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (!isSameHead(head, this.#next)) return Promise.reject(movedHead(head, this.#next));
    return new Promise((resolve, reject) => {
      const after = linesAfter(head, records);
      const bytes = Buffer.from(after.lines.map((line) => `${line}\n`).join(""), "utf8");
      this.#next = after.head;
      this.#waiting.push({ bytes, head: after.head, resolve, reject });
      this.#writing ??= this.#writeWaiting();
    });
  }

  release(): Promise<void> {
    this.#released ??= this.#close();
    return this.#released;
  }

  async #close(): Promise<void> {
    await this.#writing;
    this.#stopped ??= staleWriter(`the writer of epoch ${this.epoch} was released`);
    try {
      await this.#noteHead();
      await this.#parts.file.close();
    } finally {
      await this.#parts.lock.release();
    }
  }

  async #writeWaiting(): Promise<void> {
    // Appends that are made in the same turn go into the first write together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#write(batch);
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const { file, layout } = this.#parts;
    const bytes = Buffer.concat(batch.map((one) => one.bytes));
    try {
      await this.#checkNewest();
      await file.append(bytes);
      await file.sync();
    } catch (error) {
      await this.#takeBack(writeFailure(error, layout.chain), batch);
      return;
    }
    this.#size += bytes.length;
    this.#durable = batch.at(-1)?.head;
    for (const { head, resolve } of batch) if (head !== undefined) resolve(head);
    if (this.#isNoteDue()) await this.#noteHead();
  }

  async #checkNewest(): Promise<void> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const { files, layout, file } = this.#parts;
    const newest = await tryReadEpoch(files, layout);
    if (newest?.token !== this.#parts.epoch.token) {
      const seen = newest === undefined ? "its epoch is gone" : `epoch ${newest.epoch} was taken by ${newest.holder}`;
      this.#stopped = staleWriter(`${seen}, this writer has epoch ${this.epoch}`);
      throw this.#stopped;
    }
    const size = await file.size();
    if (size === this.#size) return;
    this.#stopped = staleWriter(`the chain is ${size} bytes long, this writer left ${this.#size}`);
    throw this.#stopped;
  }

  /** Nothing of a failed write stays, and what was to follow it fails with it. */
  async #takeBack(error: Error, batch: readonly Waiting[]): Promise<void> {
    const failed = [...batch, ...this.#waiting];
    this.#waiting = [];
    this.#next = this.#durable;
    if (this.#stopped === undefined) {
      try {
        await this.#parts.file.truncate(this.#size);
      } catch {
        // What may be left at the end is cut when the next writer opens the chain.
        this.#stopped = error;
      }
    }
    for (const { reject } of failed) reject(error);
  }

  #isNoteDue(): boolean {
    const records = (this.#durable?.sequence ?? 0) - this.#noted.sequence;
    const ms = this.#parts.clock.monotonicMs() - this.#noted.at;
    return records >= noteEveryRecords || (records > 0 && ms >= noteEveryMs);
  }

  /** Notes the Head after it is durable, never before: the note may lag behind, but not lead. A note that cannot be written is no harm. */
  async #noteHead(): Promise<void> {
    const head = this.#durable;
    if (head === undefined || head.sequence === this.#noted.sequence) return;
    this.#noted = { sequence: head.sequence, at: this.#parts.clock.monotonicMs() };
    await writeHead(this.#parts.files, this.#parts.layout, { ...head, bytes: this.#size }).catch(() => undefined);
  }
}

function movedHead(given: Head | undefined, seen: Head | undefined): Error {
  return staleWriter(`the Log is at record ${seen?.sequence ?? 0}, this follows record ${given?.sequence ?? 0}`);
}
