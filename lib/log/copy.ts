import { failure } from "../errors";
import type { Digest } from "../model/canonical";
import type { Head, LogRecord, RecordBody } from "../model/record";
import type { LogStore, Writer } from "../ports";
import { isSameHead } from "./chain";
import { faultError } from "./fault";
import { chainReader, headOrThrow, verifyChain } from "./verify";
import { verifyLog } from "./verify-log";

/** What was copied from one store to another. */
export interface CopiedLog {
  /** Records in the copy now. */
  readonly records: number;
  /** Of those, how many an earlier copy had brought already. */
  readonly before: number;
  readonly blobs: number;
  readonly spooled: number;
  readonly head: Head | undefined;
}

/** How many records go into one append. */
const batchRecords = 1_000;

/**
 * Copies a Log to another store: first what is stored by digest, then the chain with its bytes, hashes and epochs
 * unchanged, then the spool. The original is verified before anything is written, the copy afterwards against the Head
 * of the original. Safe to repeat: a copy that was broken off, or that the original has outgrown, goes on where it ends. Throws
 * E705 when the target holds something else, E600 when the original does not verify, E607 when something that it names is gone.
 */
export async function copyLog(options: {
  readonly from: LogStore;
  readonly to: LogStore;
  readonly holder: string;
}): Promise<CopiedLog> {
  const { from, to, holder } = options;
  const noted = await from.notedHead();
  headOrThrow(await verifyLog(from));
  await findCommonHead(from, to);
  const writer = await to.takeEpoch({ holder, waitMs: 0 });
  try {
    // Somebody may have written there until the epoch was taken.
    const there = await findCommonHead(from, to);
    const { head, blobs } = await copyChain({ from, to, writer, noted, there });
    headOrThrow(await verifyChain(to.read(1), { against: head }));
    const spool = await from.readSpool();
    for (const entry of spool) await to.addToSpool(entry);
    return { records: head?.sequence ?? 0, before: there?.sequence ?? 0, blobs, spooled: spool.length, head };
  } finally {
    await writer.release();
  }
}

/** The Head of a target that holds nothing but a beginning of the original; undefined for an empty one. Throws E705 for any other. */
async function findCommonHead(from: LogStore, to: LogStore): Promise<Head | undefined> {
  const originals = linesOneByOne(from);
  const reader = chainReader({});
  try {
    for await (const line of linesOneByOne(to)) {
      const original = await originals.next();
      if (original.done === true || original.value !== line) throw otherLog((reader.head?.sequence ?? 0) + 1);
      const fault = reader.read(line);
      if (fault !== undefined) throw faultError(fault);
    }
  } finally {
    await originals.return(undefined);
  }
  return headOrThrow(reader.finish());
}

function otherLog(sequence: number): Error {
  return failure("E705", {
    summary: "there is another Log already",
    detail: `record ${sequence} of the store to copy to is not one of the original`,
    fix: "copy to an empty store, or move that Log away first",
  });
}

async function* linesOneByOne(store: LogStore): AsyncGenerator<string, void> {
  for await (const lines of store.read(1)) yield* lines;
}

interface Copying {
  readonly from: LogStore;
  readonly to: LogStore;
  readonly writer: Writer;
  /** The Head noted beside the original before it was verified. */
  readonly noted: Head | undefined;
  /** What the target holds already. */
  readonly there: Head | undefined;
}

async function copyChain(copying: Copying): Promise<{ readonly head: Head | undefined; readonly blobs: number }> {
  const { from, writer, noted, there } = copying;
  const copied = new Set<Digest>();
  let waiting: LogRecord[] = [];
  let written = there;
  const flush = async (): Promise<void> => {
    for (const { body } of waiting) await copyBlobs(copying, body, copied);
    const news = waiting.filter(({ sequence }) => sequence > (there?.sequence ?? 0));
    if (news.length > 0) written = await writer.append(written, news);
    waiting = [];
  };
  const reader = chainReader({ against: noted, onRecord: (record) => waiting.push(record) });
  for await (const lines of from.read(1)) {
    for (const line of lines) {
      const fault = reader.read(line);
      if (fault !== undefined) throw faultError(fault);
      if (waiting.length >= batchRecords) await flush();
    }
  }
  const head = headOrThrow(reader.finish());
  await flush();
  if (!isSameHead(written, head)) throw otherLog(written?.sequence ?? 0);
  return { head, blobs: copied.size };
}

async function copyBlobs({ from, to }: Copying, body: RecordBody, copied: Set<Digest>): Promise<void> {
  const needed = digestsOf(body);
  for (const digest of [...needed, ...lesserDigestsOf(body)]) {
    if (copied.has(digest)) continue;
    const text = await from.tryReadBlob(digest);
    if (text !== undefined) {
      await to.putBlob(text);
      copied.add(digest);
    } else if (needed.includes(digest)) {
      throw failure("E607", {
        detail: `nothing is stored under ${digest}, which the Log names`,
        fix: "put back the file of that digest from another copy of the Log",
      });
    }
  }
}

/** What a record names that is stored beside the Log, and without which the Log cannot be worked with. */
export function digestsOf(body: RecordBody): readonly Digest[] {
  switch (body.type) {
    case "policy.accepted":
      return [body.manifest];
    case "requests.merged":
      return [body.set];
    default:
      return [];
  }
}

/** What a record names that tells more about it, where it was stored. */
function lesserDigestsOf(body: RecordBody): readonly Digest[] {
  switch (body.type) {
    case "policy.accepted":
      return body.governed === undefined ? [] : [body.governed];
    case "merge.decided":
      return [body.merge.snapshot, body.merge.refused?.diagnostics].filter((digest) => digest !== undefined);
    default:
      return [];
  }
}
