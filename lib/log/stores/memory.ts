import { failure } from "../../errors";
import { digestOfText, type Digest } from "../../model/canonical";
import type { Head, LogRecord, SpoolEntry } from "../../model/record";
import type { Clock, LogStore, Writer } from "../../ports";
import { checkBlob, verifiedBlob } from "./blob";
import { isSameHead, lineHash, linesAfter } from "../chain";
import { checkSpoolEntry } from "./spool-entry";
import { staleWriter } from "./failure";

/** How a memory store lets writers follow one another. */
export interface MemoryStoreOptions {
  /**
   * `lock` (default): one writer at a time, as a file store and PostgreSQL have it. `epoch`: a later writer ends
   * an earlier one, as git has it.
   */
  readonly fencing?: "lock" | "epoch";
  /** Measures the wait for the lock; without it nobody waits. */
  readonly clock?: Clock;
  /** Lines that it holds already. */
  readonly lines?: readonly string[];
}

/** A memory store with what tests may look at. */
export interface MemoryStore extends LogStore {
  /** The chain as it is stored; may be altered to see it found out. */
  readonly lines: string[];
  readonly blobs: Map<Digest, string>;
}

const batchLines = 4_096;
const pollMs = 10;

/** A Log in memory, for tests and the simulator: the same contract, and nothing survives. */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const lines = [...(options.lines ?? [])];
  const blobs = new Map<Digest, string>();
  const spool = new Map<string, SpoolEntry>();
  let epoch = lines.reduce((latest, line) => Math.max(latest, (JSON.parse(line) as LogRecord).epoch), 0);
  let head: Head | undefined = lastHead(lines);
  let current: Writer | undefined;

  async function* read(fromSequence: number): AsyncGenerator<readonly string[]> {
    for (let at = fromSequence - 1; at < lines.length; at += batchLines) {
      yield await Promise.resolve(lines.slice(at, at + batchLines));
    }
  }

  async function takeEpoch(taking: { readonly holder: string; readonly waitMs: number }): Promise<Writer> {
    if (options.fencing !== "epoch") await waitUntilFree(taking.waitMs);
    epoch += 1;
    current = writerOf(epoch, taking.holder);
    return current;
  }

  async function waitUntilFree(waitMs: number): Promise<void> {
    const { clock } = options;
    const from = clock?.monotonicMs() ?? 0;
    for (;;) {
      const held = current;
      if (held === undefined) return;
      if (clock === undefined || clock.monotonicMs() - from >= waitMs) {
        const detail = `${held.holder} (epoch ${held.epoch}) holds it; waited ${Math.round(waitMs / 1000)} s`;
        throw failure("E605", { detail, fix: "wait until it is done and run the command again" });
      }
      await clock.sleep(pollMs);
    }
  }

  function writerOf(own: number, holder: string): Writer {
    const writer: Writer = { epoch: own, holder, append, release };

    async function append(after: Head | undefined, records: readonly LogRecord[]): Promise<Head> {
      await Promise.resolve();
      if (current !== writer) throw staleWriter(`epoch ${epoch} is the newest, this writer has epoch ${own}`);
      if (!isSameHead(after, head)) {
        throw staleWriter(`the Log is at record ${head?.sequence ?? 0}, this follows record ${after?.sequence ?? 0}`);
      }
      const added = linesAfter(after, records);
      lines.push(...added.lines);
      head = added.head;
      if (head === undefined) throw failure("E900", { detail: "an empty append", fix: "please report this" });
      epoch = Math.max(epoch, head.epoch);
      return head;
    }

    function release(): Promise<void> {
      if (current === writer) current = undefined;
      return Promise.resolve();
    }

    return writer;
  }

  return {
    kind: "memory",
    lines,
    blobs,
    read,
    notedHead: () => Promise.resolve(undefined),
    takeEpoch,
    putBlob(text) {
      checkBlob(text);
      const digest = digestOfText(text);
      blobs.set(digest, text);
      return Promise.resolve(digest);
    },
    async tryReadBlob(digest) {
      const text = await Promise.resolve(blobs.get(digest));
      return text === undefined ? undefined : verifiedBlob(digest, text, "the text stored in memory");
    },
    addToSpool(entry) {
      checkSpoolEntry(entry);
      spool.set(entry.id, entry);
      return Promise.resolve();
    },
    readSpool: () => Promise.resolve([...spool.values()]),
    removeFromSpool(ids) {
      for (const id of ids) spool.delete(id);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function lastHead(lines: readonly string[]): Head | undefined {
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const { sequence, epoch } = JSON.parse(last) as LogRecord;
  return { sequence, epoch, hash: lineHash(last) };
}
