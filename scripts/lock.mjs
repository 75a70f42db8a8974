// A lock between the scripts of one checkout: a file that holds the owner's pid.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const POLL_MS = 100;
const GIVE_UP_MS = 180_000;

/** Runs `body` while holding the lock file at `path`; waits for a living owner, takes over from a dead one. */
export function withLock(path, body) {
  const deadline = Date.now() + GIVE_UP_MS;
  while (!tryLock(path)) {
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) rmSync(path, { force: true });
    else if (Date.now() > deadline)
      throw new Error(`${path} is held by process ${String(owner)}; end it or remove the file.`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  try {
    return body();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function ownerOf(path) {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
