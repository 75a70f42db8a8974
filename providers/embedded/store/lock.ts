/** The lock on a gateway's directory: one gateway at a time, and the lock of a dead one is taken over. */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { failure } from "../../../lib/errors";
import type { Random } from "../../../lib/ports";
import { newId } from "../chance";

/** A lock that is held. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Start time of that process as the system counts it, so that a reused pid is not mistaken for it. */
  readonly started: string;
  readonly token: string;
}

/** Takes the lock of a directory, or throws E508 naming the process that holds it. */
export async function lockDirectory(directory: string, random: Random): Promise<DirectoryLock> {
  const path = join(directory, "lock");
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), token: newId(random) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if ((await tryPlace(path, mine)) && (await stillHeld(path, mine))) return { release: () => release(path, mine) };
    const holder = await readHolder(path);
    if (holder !== undefined && isAlive(holder)) throw inUse(directory, holder);
    if (holder !== undefined) await removeDead(path, holder, newId(random));
  }
  throw inUse(directory, undefined);
}

/** Places the lock complete in one step: a file that is written first and then linked to its name. */
async function tryPlace(path: string, mine: Holder): Promise<boolean> {
  const draft = `${path}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Somebody who took us for dead in the same moment shows within this pause. */
async function stillHeld(path: string, mine: Holder): Promise<boolean> {
  await pause(20);
  return (await readHolder(path))?.token === mine.token;
}

async function removeDead(path: string, dead: Holder, name: string): Promise<void> {
  const aside = `${path}.dead.${name}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readHolder(aside);
  // Between reading and moving a live gateway may have placed its own: it gets it back.
  if (moved?.token !== dead.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const found = JSON.parse(await readFile(path, "utf8")) as Partial<Holder>;
    return { pid: Number(found.pid), started: String(found.started), token: String(found.token) };
  } catch (cause) {
    if (cause instanceof SyntaxError) return { pid: 0, started: "", token: "" };
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  if (!Number.isInteger(holder.pid) || holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(holder.pid) === holder.started;
}

/**
 * Field 22 of /proc/PID/stat (proc(5)): ticks from boot to the start; empty where there is no /proc.
 * A process that was killed and not yet waited for (state Z) is as good as gone.
 */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? "gone" : (rest[18] ?? "");
  } catch {
    return "";
  }
}

async function release(path: string, mine: Holder): Promise<void> {
  if ((await readHolder(path))?.token === mine.token) await rm(path, { force: true });
}

function inUse(directory: string, holder: Holder | undefined): Error {
  return failure("E508", {
    summary: "another gateway uses this directory",
    detail: holder === undefined ? directory : `${directory} is held by process ${holder.pid}`,
    fix: "use that gateway (its address is in address.json), end it, or give this one a directory of its own",
  });
}
