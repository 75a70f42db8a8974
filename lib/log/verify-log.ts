import { failure } from "../errors";
import type { Head } from "../model/record";
import type { LogStore } from "../ports";
import { foldRecord } from "./fold/fold";
import { legalityState } from "./fold/legality-state";
import { verifyChain, type ChainVerdict, type Lines } from "./verify";

/** Gives the Log as text, byte for byte as it is stored, a line per record; not verified. */
export async function* exportLog(store: LogStore): AsyncGenerator<string> {
  for await (const lines of store.read(1)) yield `${lines.join("\n")}\n`;
}

/** What a Log is held against. */
export interface VerifyLogOptions {
  /** Heads from elsewhere; they show a cut tail and a chain written anew. */
  readonly against?: Head | readonly Head[];
  /** Whose Log it has to be. */
  readonly installation?: string;
}

/**
 * Verifies a stored Log offline: the chain, what its records say in their order, the Head noted beside it
 * and, when given, those from elsewhere. Streams; memory hardly grows with the chain. Throws E601 for another installation's Log.
 */
export async function verifyLog(store: LogStore, options: VerifyLogOptions = {}): Promise<ChainVerdict> {
  const noted = await store.notedHead();
  const verdict = await verifyLines(store.read(1), options);
  const last = verdict.ok ? (verdict.head?.sequence ?? 0) : 0;
  if (!verdict.ok || noted === undefined || noted.sequence <= last) return verdict;
  const path = await store.notePath?.();
  const by = path === undefined ? "" : `, by ${path}`;
  const detail = `the chain ends at record ${last}, but there was a record ${noted.sequence}${by}`;
  return { ok: false, fault: { sequence: last + 1, reason: "cut", detail } };
}

/** The same for the lines of an export, with nothing else at hand. */
export async function verifyLines(lines: Lines, options: VerifyLogOptions = {}): Promise<ChainVerdict> {
  const { against, installation } = options;
  const state = legalityState();
  return verifyChain(lines, {
    against,
    onRecord: (record, hash) => {
      foldRecord(state, record, hash);
      if (record.sequence === 1 && installation !== undefined) checkInstallation(state.installation, installation);
    },
  });
}

function checkInstallation(seen: string | undefined, expected: string): void {
  if (seen === expected) return;
  throw failure("E601", {
    detail: `the Log is of installation \`${String(seen).slice(0, 64)}\`, what it is held against of \`${expected.slice(0, 64)}\``,
    fix: "take the anchors and the Log of one installation",
  });
}
