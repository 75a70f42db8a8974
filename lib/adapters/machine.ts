import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { open, rm, stat, statfs } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { instantOf } from "../model/instant";
import type { DiskRoom, FileRights, Machine } from "../ports";
import { fileFailure, isMissing } from "./file-failure";

/** This machine. `version` is that of Leasehold. */
export function systemMachine(options: { readonly version: string }): Machine {
  return {
    tryRoom: (path) => unlessMissing(path, () => roomOf(path)),
    tryRights: (path) => (process.platform === "win32" ? nothing : unlessMissing(path, () => rightsOf(path))),
    syncMs,
    user: process.getuid?.(),
    versions: async () => ({
      leasehold: options.version,
      node: process.version,
      git: await tryGitVersion(),
      system: `${process.platform} ${release()} ${process.arch}`,
    }),
  };
}

const nothing = Promise.resolve(undefined);

/** Numbers of file systems as Linux gives them: statfs(2). */
const kinds: ReadonlyMap<number, DiskRoom["kind"]> = new Map([
  [0x01021994, "memory"], // tmpfs
  [0x858458f6, "memory"], // ramfs
  [0x794c7630, "layer"], // overlayfs
  [0x6969, "network"], // NFS
  [0xff534d42, "network"], // CIFS
  [0xfe534d42, "network"], // SMB2
]);

async function roomOf(path: string): Promise<DiskRoom> {
  const { bavail, blocks, bsize, ffree, files, type } = await statfs(path);
  const kind = process.platform === "linux" ? (kinds.get(type) ?? "disk") : "disk";
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, freeInodes: ffree, totalInodes: files, kind };
}

async function rightsOf(path: string): Promise<FileRights> {
  const { mode, uid, mtimeMs } = await stat(path);
  return { mode: mode & 0o777, owner: uid, modifiedAt: instantOf(mtimeMs) };
}

async function syncMs(directory: string, times: number): Promise<readonly number[]> {
  const path = join(directory, `.doctor.${randomBytes(8).toString("hex")}.tmp`);
  const block = randomBytes(4_096);
  try {
    const file = await open(path, "wx", 0o600);
    try {
      const taken: number[] = [];
      for (let n = 0; n < times; n += 1) {
        await file.appendFile(block);
        const from = process.hrtime.bigint();
        await file.datasync();
        taken.push(Number(process.hrtime.bigint() - from) / 1e6);
      }
      return taken;
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw fileFailure(thrown, path);
  } finally {
    await rm(path, { force: true });
  }
}

async function tryGitVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["--version"], { timeout: 10_000 });
    return /\d+(?:\.\d+)+/.exec(stdout)?.[0];
  } catch {
    return undefined;
  }
}

async function unlessMissing<T>(path: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw fileFailure(thrown, path);
  }
}
