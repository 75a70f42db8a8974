import { closeSync, constants, fstatSync, openSync, readSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { failure } from "../errors";
import type { SourceTree, TreeEntry } from "../ports";

/**
 * The files below a directory as they stand now. Reads synchronously: for the small files it is for,
 * a call of the thread pool takes several times as long as the reading (10,000 files: ~0.15 s).
 */
export function directoryTree(root: string): SourceTree {
  return {
    list: async (directory) => listDirectory(root, directory),
    tryRead: async (path, maxBytes) => readRegularFile(root, path, maxBytes),
  };
}

function listDirectory(root: string, directory: string): readonly TreeEntry[] {
  try {
    const entries = readdirSync(join(root, directory), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })).toSorted(byName);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw unreadable(directory === "" ? "." : directory, thrown);
  }
}

function kindOf(entry: Dirent): TreeEntry["kind"] {
  if (entry.isSymbolicLink()) return "link";
  return entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other";
}

function byName(a: TreeEntry, b: TreeEntry): number {
  return a.name < b.name ? -1 : 1;
}

function readRegularFile(root: string, path: string, maxBytes: number): Uint8Array | undefined {
  let file: number | undefined;
  try {
    // Not blocking: a pipe put in the place of a file would be waited for without end.
    file = openSync(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    return stat.isFile() ? readAtMost(file, Math.min(stat.size, maxBytes + 1), maxBytes + 1) : undefined;
  } catch (thrown) {
    if (isMissing(thrown) || codeOf(thrown) === "ELOOP") return undefined;
    throw unreadable(path, thrown);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Reads until the end, or until `most`: a file can grow while it is read. */
function readAtMost(file: number, expected: number, most: number): Uint8Array {
  let bytes = Buffer.allocUnsafe(Math.min(expected + 1, most));
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    length += count;
    if (count === 0 || length >= most) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, most));
  }
}

function isMissing(thrown: unknown): boolean {
  return codeOf(thrown) === "ENOENT" || codeOf(thrown) === "ENOTDIR";
}

function codeOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}

function unreadable(path: string, cause: unknown): Error {
  return failure("E704", {
    detail: `${path}: ${codeOf(cause) || "it cannot be read"}`,
    fix: "check the permissions of the file and of its directories",
    cause,
  });
}
