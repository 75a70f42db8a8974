import { basename, dirname, join } from "node:path";
import { failure } from "../../../lib/errors";
import type { AppendFile, Files, ReadFile } from "../../../lib/ports";
import { Crashed, systemError, type Disk, type DiskProcess, type Inode } from "./disk";

/** The Files port of one process on a disk. */
export function filesOf(disk: Disk, owner: DiskProcess): Files {
  const step = (operation: Parameters<Disk["step"]>[1], path: string): void => disk.step(owner, operation, path);

  async function writeText(path: string, text: string): Promise<void> {
    await Promise.resolve();
    const inode: Inode = { synced: Buffer.alloc(0), current: Buffer.alloc(0) };
    const temporary = join(dirname(path), `.${basename(path)}.tmp`);
    step("write", path);
    disk.names.set(temporary, inode);
    try {
      write(inode, Buffer.from(text, "utf8"), path);
      step("sync", path);
      inode.synced = inode.current;
      step("rename", path);
    } finally {
      if (!owner.isDead) disk.names.delete(temporary);
    }
    disk.names.set(path, inode);
    step("sync directory", dirname(path));
    disk.durableNames.set(path, inode);
  }

  async function openAppend(path: string): Promise<AppendFile> {
    await Promise.resolve();
    if (!disk.names.has(path)) {
      step("create", path);
      disk.names.set(path, { synced: Buffer.alloc(0), current: Buffer.alloc(0) });
    }
    const inode = disk.names.get(path) as Inode;
    step("sync directory", dirname(path));
    disk.durableNames.set(path, inode);
    return {
      ...readFileOf(path, inode),
      async append(bytes) {
        await Promise.resolve();
        step("append", path);
        write(inode, bytes, path);
      },
      async sync() {
        await Promise.resolve();
        step("sync", path);
        inode.synced = inode.current;
      },
      async truncate(size) {
        await Promise.resolve();
        step("truncate", path);
        inode.current = inode.current.subarray(0, size);
        inode.synced = inode.current;
      },
    };
  }

  function readFileOf(path: string, inode: Inode): ReadFile {
    return {
      async size() {
        await Promise.resolve();
        alive();
        return inode.current.length;
      },
      async read(offset, maxBytes) {
        await Promise.resolve();
        step("read", path);
        return inode.current.subarray(offset, offset + maxBytes);
      },
      close: () => Promise.resolve(),
    };
  }

  function write(inode: Inode, bytes: Uint8Array, path: string): void {
    const fitting = disk.room(bytes);
    inode.current = Buffer.concat([inode.current, fitting]);
    if (fitting.length < bytes.length) throw systemError("ENOSPC", path);
  }

  function alive(): void {
    if (owner.isDead) throw new Crashed("this process has crashed");
  }

  return {
    writeText,
    openAppend,
    async tryReadText(path, maxBytes) {
      await Promise.resolve();
      const inode = disk.names.get(path);
      if (inode === undefined) return undefined;
      step("read", path);
      if (inode.current.length > maxBytes) throw failure("E704", { detail: `${path} is too long`, fix: "shorten it" });
      return inode.current.toString("utf8");
    },
    async tryOpenRead(path) {
      await Promise.resolve();
      alive();
      const inode = disk.names.get(path);
      return inode === undefined ? undefined : readFileOf(path, inode);
    },
    async list(directory) {
      await Promise.resolve();
      step("read", directory);
      const paths = [...disk.names.keys()].filter((path) => dirname(path) === directory);
      return paths.map((path) => basename(path)).sort();
    },
    async tryLock(path) {
      await Promise.resolve();
      alive();
      return owner.tryLock(path);
    },
    async remove(path) {
      await Promise.resolve();
      step("remove", path);
      disk.names.delete(path);
      step("sync directory", dirname(path));
      disk.durableNames.delete(path);
    },
    async makeDirectory(path) {
      await Promise.resolve();
      step("make directory", path);
    },
  };
}
