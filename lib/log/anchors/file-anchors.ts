import { dirname } from "node:path";
import { failure, isFailure } from "../../errors";
import type { Anchor } from "../../model/anchor";
import { limits } from "../../model/limits";
import type { Head } from "../../model/record";
import type { Anchors, AnchorDetails, Files } from "../../ports";
import { distrusted, readAnchor, type AnchorTrust } from "./anchor";
import { findAnchorKeys, sealHead, type AnchorSealing } from "./anchor-keys";
import { historyText, readHistory, withAnchor } from "./history";

/** Anchors in a file: better not on the machine, and not in the backup, that the Log is on. */
export interface FileAnchorsOptions extends AnchorSealing {
  /** Path, absolute. */
  readonly path: string;
  /** Makes the directory of `path` where it is missing. Not elsewhere: what is missing there is not mounted. */
  readonly makesDirectory?: boolean;
  readonly files: Files;
}

/** Keeps anchors in a file, a line each, oldest first; each change replaces the file whole. */
export function fileAnchors(options: FileAnchorsOptions): Anchors {
  return {
    newest: () => newest(options),
    history: () => history(options),
    add: (head, details) => add(options, head, details),
  };
}

async function newest(options: FileAnchorsOptions): Promise<Anchor | undefined> {
  const text = await tryReadFile(options);
  if (text === undefined) return undefined;
  const lines = text.replace(/\n$/, "").split("\n");
  return readAnchor(lines.at(-1) ?? "", await trustOf(options), `${options.path}, line ${lines.length}`);
}

async function history(options: FileAnchorsOptions): Promise<readonly Anchor[]> {
  const text = await tryReadFile(options);
  return text === undefined ? [] : readHistory(text, await trustOf(options), options.path);
}

async function add(options: FileAnchorsOptions, head: Head, details: AnchorDetails): Promise<Anchor> {
  const { sequence } = head;
  const { files, path } = options;
  const anchor = await sealHead(options, head, details);
  const before = await unlookedHistory(options);
  const last = before.at(-1);
  if (last !== undefined && last.sequence >= sequence && details.replaces === undefined) return last;
  try {
    if (options.makesDirectory === true) await files.makeDirectory(dirname(path), { mode: 0o700 });
    await files.writeText(path, historyText(withAnchor(before, anchor)));
  } catch (cause) {
    throw failure("E611", { detail: detailOf(cause), fix: `make ${path} writable, then run it again`, cause });
  }
  return anchor;
}

/** What is only written back: its newest is looked at as ever, the signatures of a thousand others would take as long as a pass. */
async function unlookedHistory(options: FileAnchorsOptions): Promise<readonly Anchor[]> {
  const last = await newest(options);
  const text = last === undefined ? undefined : await tryReadFile(options);
  return text === undefined ? [] : readHistory(text, { installation: options.installation, keys: [] }, options.path);
}

/** What cannot be read may be anything: it is not the same as nothing. */
async function tryReadFile({ files, path }: FileAnchorsOptions): Promise<string | undefined> {
  try {
    return await files.tryReadText(path, limits.anchorFileBytes);
  } catch (cause) {
    throw distrusted(`${path} cannot be read: ${detailOf(cause)}`, cause);
  }
}

async function trustOf(options: FileAnchorsOptions): Promise<AnchorTrust> {
  return { installation: options.installation, keys: await findAnchorKeys(options) };
}

function detailOf(thrown: unknown): string {
  return isFailure(thrown) ? (thrown.diagnostics[0]?.detail ?? thrown.message) : String(thrown);
}
