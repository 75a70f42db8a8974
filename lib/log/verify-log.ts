import type { Head } from "../model/record";
import type { LogStore } from "../ports";
import { foldRecord } from "./fold/fold";
import { emptyState } from "./fold/state";
import { verifyChain, type ChainVerdict } from "./verify";

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
