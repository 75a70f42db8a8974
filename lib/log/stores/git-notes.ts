import { dirname } from "node:path";
import { canonicalJson } from "../../model/canonical";
import type { Head } from "../../model/record";
import type { Files } from "../../ports";
import { isDigest, isObject } from "../shape";
import { modes } from "./file-layout";
import type { GitLayout } from "./git-layout";

/** What the remote has, or had when it was last asked. */
export interface RemoteState {
  /** The commit of the Log's ref; undefined while there is no Log. */
  readonly tip: string | undefined;
  /** The commits of spooled endings, by the id of the entry. */
  readonly spool: ReadonlyMap<string, string>;
}

const longestNote = 16_777_216;

/** Reads the Head noted on this machine; undefined when there is none that can be read. */
export async function tryReadNotedHead(files: Files, layout: GitLayout): Promise<Head | undefined> {
  const value = tryParse(await files.tryReadText(layout.head, longestNote));
  const { sequence, epoch, hash } = value ?? {};
  if (!isCount(sequence) || !isCount(epoch) || !isDigest(hash)) return undefined;
  return { sequence, epoch, hash };
}

/** Notes a Head, unless a later one is noted. */
export async function noteHead(files: Files, layout: GitLayout, head: Head): Promise<void> {
  const noted = await tryReadNotedHead(files, layout);
  if (noted !== undefined && noted.sequence >= head.sequence) return;
  const { sequence, epoch, hash } = head;
  await files.makeDirectory(layout.directory, { mode: modes.directory });
  await files.writeText(layout.head, `${canonicalJson({ sequence, epoch, hash })}\n`, { mode: modes.file });
}

/** Reads what the remote had when it was last asked, by a repository of ours. */
export async function readSeen(files: Files, seenFile: string): Promise<RemoteState | undefined> {
  const value = tryParse(await files.tryReadText(seenFile, longestNote));
  if (value === undefined || !isObject(value["spool"])) return undefined;
  const { tip } = value;
  const spool = Object.entries(value["spool"]).filter((entry): entry is [string, string] => isObjectId(entry[1]));
  return { tip: isObjectId(tip) ? tip : undefined, spool: new Map(spool) };
}

/**
 * Keeps what the remote has. The tip is also written where git looks for its refs: a fetch then asks only
 * for what is new, and nothing of the chain counts as waste. The rename is atomic, so no lock is needed,
 * and none can be left behind.
 */
export async function writeSeen(
  files: Files,
  paths: { readonly tip: string; readonly seen: string },
  state: RemoteState,
): Promise<void> {
  if (state.tip !== undefined) {
    await files.makeDirectory(dirname(paths.tip), { mode: modes.directory });
    await files.writeText(paths.tip, `${state.tip}\n`, { mode: modes.file });
  }
  const seen = { spool: Object.fromEntries(state.spool), ...(state.tip === undefined ? {} : { tip: state.tip }) };
  await files.writeText(paths.seen, `${canonicalJson(seen)}\n`, { mode: modes.file });
}

function tryParse(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObjectId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{40,64}$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
