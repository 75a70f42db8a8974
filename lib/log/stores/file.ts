import { failure } from "../../errors";
import type { Head } from "../../model/record";
import type { AppendFile, Clock, FileLock, Files, LogStore, Random, Writer } from "../../ports";
import { fileBlobs } from "./file-blobs";
import { fileLayout, modes, type FileLayout } from "./file-layout";
import { tryReadEpoch, tryReadHead, writeEpoch, writeHead } from "./file-notes";
import { fileReader } from "./file-reader";
import { fileSpool } from "./file-spool";
import { checkTail, type TornTail } from "./file-tail";
import { FileWriter } from "./file-writer";
import { readFailure, writeFailure } from "./failure";

/** Where a file store is and what it works with. */
export interface FileStoreOptions {
  /** Absolute path of the Log's directory; it is made by the first who writes. */
  readonly directory: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  /** Told when a writer cuts off what a crash has torn. */
  readonly onTornTail?: (torn: TornTail) => void;
}

/**
 * A Log in a directory of one machine. The chain is a file of lines that only grows; an append is
 * durable (fdatasync) before it resolves. One writer at a time holds the lock, which the
 * system frees when its process ends, however it ends. Reading takes no lock and writes nothing.
 */
export function fileStore(options: FileStoreOptions): LogStore {
  const { files } = options;
  const layout = fileLayout(options.directory);
  const reader = fileReader(files, layout);
  const spool = fileSpool(files, layout);
  const blobs = fileBlobs(files, layout);
  const writers = new Set<Writer>();
  return {
    kind: "file",
    showsUndurable: true,
    read: (fromSequence) => reader.read(fromSequence),
    notedHead: () => notedHead(files, layout),
    notePath: () => Promise.resolve(layout.head),
    async takeEpoch(taking) {
      const writer = await takeEpoch(options, layout, taking);
      writers.add(writer);
      return writer;
    },
    putBlob: (text) => blobs.put(text),
    tryReadBlob: (digest) => blobs.tryRead(digest),
    addToSpool: (entry) => spool.add(entry),
    readSpool: () => spool.read(),
    removeFromSpool: (ids) => spool.remove(ids),
    async close() {
      for (const writer of writers) await writer.release();
      writers.clear();
    },
  };
}

async function notedHead(files: Files, layout: FileLayout): Promise<Head | undefined> {
  try {
    const noted = await tryReadHead(files, layout);
    return noted === undefined ? undefined : { sequence: noted.sequence, hash: noted.hash, epoch: noted.epoch };
  } catch (error) {
    throw readFailure(error, layout.head);
  }
}

interface Taking {
  readonly holder: string;
  readonly waitMs: number;
}

async function takeEpoch(options: FileStoreOptions, layout: FileLayout, taking: Taking): Promise<Writer> {
  const { files } = options;
  try {
    await files.makeDirectory(layout.directory, { mode: modes.directory });
    const lock = await waitForLock(options, layout, taking);
    try {
      return await openWriter(options, layout, taking, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw writeFailure(error, layout.directory);
  }
}

const shortestPollMs = 10;
const longestPollMs = 250;

async function waitForLock(options: FileStoreOptions, layout: FileLayout, taking: Taking): Promise<FileLock> {
  const { files, clock } = options;
  const from = clock.monotonicMs();
  for (let pollMs = shortestPollMs; ; pollMs = Math.min(pollMs * 2, longestPollMs)) {
    const lock = await files.tryLock(layout.lock);
    if (lock !== undefined) return lock;
    const left = taking.waitMs - (clock.monotonicMs() - from);
    if (left <= 0) throw await heldByAnother(files, layout, taking.waitMs);
    await clock.sleep(Math.min(pollMs, left));
  }
}

async function heldByAnother(files: Files, layout: FileLayout, waitMs: number): Promise<Error> {
  const noted = await tryReadEpoch(files, layout);
  const holder = noted === undefined ? "another process" : `${noted.holder} (epoch ${noted.epoch})`;
  return failure("E605", {
    detail: `${holder} holds ${layout.lock}; waited ${Math.round(waitMs / 1000)} s`,
    fix: "wait until it is done and run the command again; giving back and revoking go on meanwhile",
  });
}

async function openWriter(
  options: FileStoreOptions,
  layout: FileLayout,
  taking: Taking,
  lock: FileLock,
): Promise<Writer> {
  const { files, clock } = options;
  const file = await files.openAppend(layout.chain, { mode: modes.file });
  try {
    const tail = await repairTail(options, layout, file);
    const newest = await tryReadEpoch(files, layout);
    const epoch = {
      epoch: Math.max(newest?.epoch ?? 0, tail.head?.epoch ?? 0) + 1,
      holder: taking.holder,
      token: Buffer.from(options.random.bytes(16)).toString("hex"),
    };
    await writeEpoch(files, layout, epoch);
    return new FileWriter({ files, clock, layout, file, lock, tail, epoch });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What is found whole was maybe never confirmed before a crash: it is made durable before anything follows it. */
async function repairTail(options: FileStoreOptions, layout: FileLayout, file: AppendFile) {
  const noted = await tryReadHead(options.files, layout);
  const tail = await checkTail(file, noted);
  if (tail.cut !== undefined) options.onTornTail?.(tail.cut);
  if (tail.head !== undefined && tail.head.sequence !== noted?.sequence) {
    await file.sync();
    await writeHead(options.files, layout, { ...tail.head, bytes: tail.size });
  }
  return tail;
}
