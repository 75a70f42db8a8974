import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { failure } from "../errors";
import type { FileLock } from "../ports";
import { isMissing, systemCodeOf } from "./file-failure";

/**
 * Takes the system's own lock on a file: `flock(2)`. It belongs to the open file, so the system frees it
 * when this process ends in whatever way, also by kill -9; no process id is kept that another process
 * could get later, and nobody can take it from a process that lives, stopped or not. It holds between
 * containers that share the directory. The file stays when the lock is released: removing it would let
 * two processes lock two files of one name.
 *
 * Node has no call for it. On Linux the `flock` program (util-linux or busybox) locks the file that this
 * process has opened and hands down; the lock stays when the program ends, because the open file does.
 * On macOS and the BSDs, and on Windows, opening with O_EXLOCK locks.
 *
 * Undefined while another has it.
 */
export async function tryLockFile(path: string): Promise<FileLock | undefined> {
  for (;;) {
    const handle = await tryOpenLocked(path);
    if (handle === undefined) return undefined;
    // Somebody may have removed the file between opening and locking it: then the lock is on no name.
    if (await isStillNamed(handle, path)) return { release: () => handle.close() };
    await handle.close();
  }
}

function tryOpenLocked(path: string): Promise<FileHandle | undefined> {
  return process.platform === "linux" ? tryFlock(path) : tryOpenExclusive(path);
}

/** O_EXLOCK, which Node passes on but does not name: 0x20 on macOS and the BSDs; libuv's own on Windows. */
const openExclusiveFlag = process.platform === "win32" ? 0x1000_0000 : 0x20;

async function tryOpenExclusive(path: string): Promise<FileHandle | undefined> {
  const nonBlocking = process.platform === "win32" ? 0 : constants.O_NONBLOCK;
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT | nonBlocking | openExclusiveFlag, 0o600);
  } catch (error) {
    if (["EAGAIN", "EWOULDBLOCK", "EBUSY"].includes(systemCodeOf(error) ?? "")) return undefined;
    throw error;
  }
}

async function tryFlock(path: string): Promise<FileHandle | undefined> {
  const handle = await open(path, "a+", 0o600);
  try {
    if (await isLockedByFlock(handle)) return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** Where the program is; PATH comes last, because it is whatever somebody has set. */
const flockPrograms = ["/usr/bin/flock", "/bin/flock", "flock"];
const busyStatus = 1;

async function isLockedByFlock(handle: FileHandle): Promise<boolean> {
  for (const program of flockPrograms) {
    const status = await tryRun(program, handle.fd);
    if (status === 0) return true;
    if (status === busyStatus) return false;
    if (status !== undefined) throw new Error(`${program} ended with ${status}`);
  }
  throw failure("E704", {
    summary: "the Log's lock cannot be taken",
    detail: "there is no program `flock` on this machine",
    fix: "install it (package util-linux), or use another store under `log:`",
  });
}

/** Runs `flock -x -n` on our open file, its descriptor 3; undefined when there is no such program. */
function tryRun(program: string, fd: number): Promise<number | string | undefined> {
  return new Promise((resolve, reject) => {
    // Of the environment it gets only what finds it.
    const env = { PATH: process.env["PATH"] };
    const child = spawn(program, ["-x", "-n", "3"], { stdio: ["ignore", "ignore", "ignore", fd], env });
    child.once("error", (error) => (isMissing(error) ? resolve(undefined) : reject(error)));
    child.once("close", (status, signal) => resolve(status ?? signal ?? "no status"));
  });
}

async function isStillNamed(handle: FileHandle, path: string): Promise<boolean> {
  const own = await handle.stat();
  try {
    const named = await stat(path);
    return named.ino === own.ino && named.dev === own.dev;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
