import { failure } from "../errors";
import type { Digest } from "../model/canonical";
import type { Head, LogRecord, RecordBody } from "../model/record";
import type { LogStore, Writer } from "../ports";
import { faultError } from "./fault";
import { foldRecord } from "./fold/fold";
import { emptyState } from "./fold/state";
import { chainReader, headOrThrow, verifyChain, type ChainVerdict } from "./verify";

/** Gives the Log as text, byte for byte as it is stored, a line per record; not verified. */
export async function* exportLog(store: LogStore): AsyncGenerator<string> {
  for await (const lines of store.read(1)) yield `${lines.join("\n")}\n`;
}

/** What `verifyLog` is held against. */
export interface VerifyLogOptions {
  /** A Head from elsewhere; it shows a cut tail and a chain written anew. */
  readonly against?: Head;
}

/**
 * Verifies a stored Log offline: the chain, what its records say in their order, the Head noted beside it
 * and, when given, one from elsewhere. Streams; memory grows with the state, not with the chain.
 */
export async function verifyLog(store: LogStore, options: VerifyLogOptions = {}): Promise<ChainVerdict> {
  const noted = await store.notedHead();
  const state = emptyState();
  const verdict = await verifyChain(store.read(1), {
    against: options.against,
    onRecord: (record, hash) => foldRecord(state, record, hash),
  });
  const last = verdict.ok ? (verdict.head?.sequence ?? 0) : 0;
  if (!verdict.ok || noted === undefined || noted.sequence <= last) return verdict;
  const detail = `the chain ends at record ${last}, but there was a record ${noted.sequence}`;
  return { ok: false, fault: { sequence: last + 1, reason: "cut", detail } };
}

/** What was copied from one store to another. */
export interface CopiedLog {
  readonly records: number;
  readonly blobs: number;
  readonly spooled: number;
  readonly head: Head | undefined;
}

/** How many records go into one append. */
const batchRecords = 1_000;

/**
 * Copies a Log to an empty store: first what is stored by digest, then the chain with its
 * bytes, hashes and epochs unchanged, then the spool. The original is verified before anything is written, the
 * copy afterwards against the Head of the original. Throws E705 when there is a Log already, E600 when the original does not verify, E607
 * when something that it names is gone.
 */
export async function copyLog(options: {
  readonly from: LogStore;
  readonly to: LogStore;
  readonly holder: string;
}): Promise<CopiedLog> {
  const { from, to, holder } = options;
  headOrThrow(await verifyLog(from));
  await checkEmpty(to);
  const writer = await to.takeEpoch({ holder, waitMs: 0 });
  try {
    const { head, records, blobs } = await copyChain(from, to, writer);
    headOrThrow(await verifyChain(to.read(1), { against: head }));
    const spool = await from.readSpool();
    for (const entry of spool) await to.addToSpool(entry);
    return { records, blobs, spooled: spool.length, head };
  } finally {
    await writer.release();
  }
}

async function checkEmpty(store: LogStore): Promise<void> {
  for await (const lines of store.read(1)) {
    if (lines.length === 0) continue;
    throw failure("E705", {
      summary: "there is a Log already",
      detail: "the store to copy to holds records",
      fix: "copy to an empty store, or move that Log away first",
    });
  }
}

async function copyChain(
  from: LogStore,
  to: LogStore,
  writer: Writer,
): Promise<{ readonly head: Head | undefined; readonly records: number; readonly blobs: number }> {
  const noted = await from.notedHead();
  const copied = new Set<Digest>();
  let waiting: LogRecord[] = [];
  let written: Head | undefined;
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    for (const digest of waiting.flatMap(({ body }) => digestsOf(body))) await copyBlob(from, to, digest, copied);
    written = await writer.append(written, waiting);
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
  return { head, records: head?.sequence ?? 0, blobs: copied.size };
}

async function copyBlob(from: LogStore, to: LogStore, digest: Digest, copied: Set<Digest>): Promise<void> {
  if (copied.has(digest)) return;
  const text = await from.tryReadBlob(digest);
  if (text === undefined) {
    throw failure("E607", {
      detail: `nothing is stored under ${digest}, which the Log names`,
      fix: "put back the file of that digest from another copy of the Log",
    });
  }
  await to.putBlob(text);
  copied.add(digest);
}

/** What a record names that is stored beside the Log. */
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
