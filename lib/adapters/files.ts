import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { failure } from "../errors";
import type { AppendFile, Files, ReadFile } from "../ports";
import { fileFailure, isMissing, systemCodeOf } from "./file-failure";
import { tryLockFile } from "./file-lock";

/** The files of this machine. */
export function systemFiles(): Files {
  return {
    tryReadText: (path, maxBytes) => named(path, () => tryReadText(path, maxBytes)),
    writeText: (path, text, options) => named(path, () => writeText(path, text, options?.mode)),
    tryOpenRead: (path) => named(path, () => tryOpenRead(path)),
    openAppend: (path, options) => named(path, () => openAppend(path, options?.mode)),
    list: (directory) => named(directory, () => list(directory)),
    tryLock: (path) => named(path, () => tryLockFile(path)),
    remove: (path) => named(path, () => remove(path)),
    makeDirectory: (path, options) => named(path, () => makeDirectory(path, options?.mode)),
  };
}

async function tryReadText(path: string, maxBytes: number): Promise<string | undefined> {
  const file = await tryOpenRead(path);
  if (file === undefined) return undefined;
  try {
    // One byte more than allowed tells a file that is too long, also one that grows meanwhile.
    const bytes = await file.read(0, Math.min(await file.size(), maxBytes) + 1);
    if (bytes.length > maxBytes) {
      throw failure("E704", { detail: `${path} has more than ${maxBytes} bytes`, fix: "use a smaller file" });
    }
    return Buffer.from(bytes).toString("utf8");
  } finally {
    await file.close();
  }
}

/** The rename is the moment at which the file changes; before and after it, the old or the new one is there whole. */
async function writeText(path: string, text: string, mode = 0o666): Promise<void> {
  const directory = dirname(path);
  const temporary = join(directory, `.${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

async function tryOpenRead(path: string): Promise<ReadFile | undefined> {
  try {
    return readFileOf(await open(path, "r"), path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function openAppend(path: string, mode = 0o666): Promise<AppendFile> {
  const handle = await open(path, "a+", mode);
  const isNew = (await handle.stat()).size === 0;
  if (isNew) await syncDirectory(dirname(path));
  return {
    ...readFileOf(handle, path),
    append: (bytes) => named(path, () => handle.appendFile(bytes)),
    sync: () => named(path, () => handle.datasync()),
    truncate: (size) =>
      named(path, async () => {
        await handle.truncate(size);
        await handle.sync();
      }),
  };
}

function readFileOf(handle: FileHandle, path: string): ReadFile {
  return {
    size: () => named(path, async () => (await handle.stat()).size),
    read: (offset, maxBytes) => named(path, () => readAll(handle, offset, maxBytes)),
    close: () => named(path, () => handle.close()),
  };
}

async function readAll(handle: FileHandle, offset: number, maxBytes: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(maxBytes);
  let length = 0;
  while (length < maxBytes) {
    const { bytesRead } = await handle.read(bytes, length, maxBytes - length, offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function list(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncDirectory(dirname(path));
}

async function makeDirectory(path: string, mode = 0o777): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode });
  if (first !== undefined) await syncDirectory(dirname(first));
}

/** Makes a new, renamed or removed name in a directory last through a crash. Windows cannot and need not. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  let handle: FileHandle;
  try {
    handle = await open(directory, "r");
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems refuse to sync a directory; there is no more that can be done there.
    if (systemCodeOf(error) !== "EINVAL") throw error;
  } finally {
    await handle.close();
  }
}

async function named<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw fileFailure(error, path);
  }
}
