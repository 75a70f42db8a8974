/**
 * The journal: one file of JSON lines, one line per group of changes, on disk before an answer
 * leaves. A line carries the CRC-32 of its entry; what a crash tore off the end is cut off on start.
 */
import { type FileHandle, open, rename, rm, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { limits } from "../limits";
import { lineOf, readEntries } from "./lines";
import { fileReserve, type Reserve } from "./reserve";

/** An open journal. Entries are opaque JSON values here. */
export interface Journal {
  /** Queues an entry; it is on disk when `durable` resolves. */
  append(entry: unknown): void;
  /** Resolves when all that was appended before is on disk; rejects while the disk refuses. */
  durable(): Promise<void>;
  /** Whether the disk refuses writes, or has taken the last of the room that is kept for endings. */
  readonly failing: boolean;
  /** Bytes of the file now. */
  readonly size: number;
  /** Replaces the file by these entries, in one step; what is appended meanwhile comes after them. */
  compact(entries: () => Iterable<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** What was found when the journal was opened. */
export interface OpenedJournal {
  readonly journal: Journal;
  /** Bytes of a torn tail that were cut off; 0 after a clean stop. */
  readonly cut: number;
}

/** Opens or makes the journal at `path`, giving each entry to `replay` in order. */
export async function openJournal(path: string, replay: (entry: unknown) => void): Promise<OpenedJournal> {
  const read = await readEntries(path, replay);
  if (read.torn > 0) await truncate(path, read.good);
  const handle = await open(path, "a", 0o600);
  const reserve = fileReserve(`${path}.reserve`);
  await reserve.fill();
  await syncDirectory(path);
  return { journal: new FileJournal(path, handle, read.good, reserve), cut: read.torn };
}

/** What the disk refuses stays in the queue and is tried again. */
class FileJournal implements Journal {
  size: number;
  private queue: string[] = [];
  private waiters: Waiter[] = [];
  private running: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private compaction: (() => Promise<void>) | undefined;
  private isRefused = false;
  private closed = false;

  constructor(
    private readonly path: string,
    private handle: FileHandle,
    size: number,
    private readonly reserve: Reserve,
  ) {
    this.size = size;
    if (this.failing) this.mendLater();
  }

  get failing(): boolean {
    return this.isRefused || !this.reserve.isThere;
  }

  append(entry: unknown): void {
    this.queue.push(JSON.stringify(entry));
    this.start();
  }

  durable(): Promise<void> {
    if (this.queue.length === 0 && this.running === undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      this.start();
    });
  }

  compact(entries: () => Iterable<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.compaction = () => this.rewrite(entries).then(resolve, reject);
      this.start();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.retry);
    await this.running;
    this.closed = true;
    if (this.queue.length > 0 || this.waiters.length > 0) await this.turn();
    await this.handle.close();
    await this.reserve.give();
  }

  private start(): void {
    if (this.running !== undefined || this.closed) return;
    this.running = this.work().finally(() => {
      this.running = undefined;
      // What came between the last look at the queue and now.
      if (!this.isRefused && (this.queue.length > 0 || this.waiters.length > 0)) this.start();
    });
  }

  private async work(): Promise<void> {
    // One turn of the event loop, so that answers computed side by side share a write.
    await new Promise((resolve) => setImmediate(resolve));
    do {
      const compaction = this.compaction;
      this.compaction = undefined;
      await compaction?.();
      await this.turn();
    } while (!this.isRefused && (this.queue.length > 0 || this.waiters.length > 0 || this.compaction !== undefined));
  }

  /** Writes what is queued and tells those who wait for it. */
  private async turn(): Promise<void> {
    const waiters = this.waiters;
    this.waiters = [];
    try {
      while (this.queue.length > 0) await this.write();
      this.isRefused = false;
      for (const waiter of waiters) waiter.resolve();
    } catch (cause) {
      this.isRefused = true;
      for (const waiter of waiters) waiter.reject(cause);
    }
    if (this.failing) this.mendLater();
  }

  private async write(): Promise<void> {
    const count = countWithin(this.queue, limits.journalWrite);
    const line = lineOf(`[${this.queue.slice(0, count).join(",")}]`);
    try {
      await this.put(line);
    } catch (cause) {
      if (!this.reserve.isThere) throw cause;
      await this.reserve.give();
      await this.put(line);
    }
    this.queue.splice(0, count);
  }

  private async put(line: string): Promise<void> {
    try {
      await this.handle.appendFile(line);
      await this.handle.datasync();
    } catch (cause) {
      // What was written of the line in part must not stand before the next one.
      await this.handle.truncate(this.size).catch(() => undefined);
      throw cause;
    }
    this.size += Buffer.byteLength(line);
  }

  /** Tries the queue again, and once it is written, to have the reserve again. */
  private mendLater(): void {
    if (this.closed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.mend(), limits.clockCheck).unref();
  }

  private async mend(): Promise<void> {
    if (!this.isRefused && !this.reserve.isThere) await this.reserve.fill();
    if (this.isRefused || this.queue.length > 0) this.start();
    else if (this.failing) this.mendLater();
  }

  private async rewrite(entries: () => Iterable<unknown>): Promise<void> {
    const fresh = `${this.path}.new`;
    await rm(fresh, { force: true });
    const handle = await open(fresh, "a", 0o600);
    try {
      // Counted and turned into text before the first write: what is appended from here on goes after these entries.
      const covered = this.queue.length;
      const size = await writeAll(handle, entries());
      await handle.datasync();
      await rename(fresh, this.path);
      const old = this.handle;
      this.handle = handle;
      this.size = size;
      this.queue.splice(0, covered);
      await old.close();
    } catch (cause) {
      if (this.handle !== handle) await handle.close();
      throw cause;
    }
    await syncDirectory(this.path);
  }
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** Writes in pieces, so that a large store does not become one string. */
async function writeAll(handle: FileHandle, entries: Iterable<unknown>): Promise<number> {
  let size = 0;
  let piece: string[] = [];
  let pieceSize = 0;
  const put = async (): Promise<void> => {
    const line = lineOf(`[${piece.join(",")}]`);
    await handle.appendFile(line);
    size += Buffer.byteLength(line);
    piece = [];
    pieceSize = 0;
  };
  for (const text of Array.from(entries, (entry) => JSON.stringify(entry))) {
    piece.push(text);
    pieceSize += text.length;
    if (pieceSize > limits.journalWrite) await put();
  }
  if (piece.length > 0) await put();
  return size;
}

function countWithin(queue: readonly string[], bytes: number): number {
  let count = 0;
  let size = 0;
  for (const text of queue) {
    size += text.length;
    if (count > 0 && size > bytes) break;
    count += 1;
  }
  return count;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
