import { failure } from "../../../lib/errors";
import type { FileLock, Files } from "../../../lib/ports";
import { filesOf } from "./process-files";

/** A file's content: what is durable, and what is there while nothing crashes. */
export interface Inode {
  synced: Buffer;
  current: Buffer;
}

/** One place at which the disk can crash or fail. */
export interface Step {
  readonly operation:
    | "write"
    | "append"
    | "sync"
    | "truncate"
    | "rename"
    | "sync directory"
    | "create"
    | "remove"
    | "make directory"
    | "read";
  readonly path: string;
  /** Counts from 1 over the life of the disk. */
  readonly number: number;
}

/** Thrown by everything that a process does from its crash on. */
export class Crashed extends Error {}

/** How a disk behaves. */
export interface DiskOptions {
  /** Numbers from 0 up to 1: decide what of the unsynced survives a crash. */
  readonly chance?: () => number;
}

/**
 * A disk in memory with the semantics of fsync: at a crash, what was appended and not synced is lost from
 * any byte on, may have holes of zeros, and an unsynced rename, new name or removal may or may not have
 * happened. Processes come and go on it; locks end with their process.
 */
export class Disk {
  /** Crash just before the step of this number has its effect. */
  crashAt = Number.POSITIVE_INFINITY;
  /** What crashes: the power fails, or only the process that takes the step is killed, so that nothing is lost yet. */
  crashOf: "power" | "process" = "power";
  /** Gives the system's code for a step that is to fail, e.g. `ENOSPC`. */
  fault: (step: Step) => string | undefined = () => undefined;
  /** Bytes that can still be written; an append that needs more is written in part and fails. */
  spaceLeft = Number.POSITIVE_INFINITY;
  readonly steps: Step[] = [];
  readonly names = new Map<string, Inode>();
  readonly durableNames = new Map<string, Inode>();
  readonly locks = new Map<string, { readonly process: DiskProcess }>();
  readonly #chance: () => number;
  #processes: DiskProcess[] = [];

  constructor(options: DiskOptions = {}) {
    this.#chance = options.chance ?? (() => 0);
  }

  /** Starts a process that sees this disk. */
  start(): DiskProcess {
    const process = new DiskProcess(this);
    this.#processes.push(process);
    return process;
  }

  /** Ends all processes and loses what was not synced. */
  crash(): void {
    for (const process of this.#processes) process.kill();
    this.#processes = [];
    this.crashAt = Number.POSITIVE_INFINITY;
    const paths = new Set([...this.names.keys(), ...this.durableNames.keys()]);
    for (const path of paths) {
      const inode = this.#chance() < 0.5 ? this.durableNames.get(path) : this.names.get(path);
      if (inode === undefined) {
        this.names.delete(path);
        this.durableNames.delete(path);
        continue;
      }
      inode.current = this.#afterCrash(inode);
      inode.synced = inode.current;
      this.names.set(path, inode);
      this.durableNames.set(path, inode);
    }
  }

  /** Passes one place at which the disk can crash or fail. */
  step(process: DiskProcess, operation: Step["operation"], path: string): void {
    if (process.isDead) throw new Crashed("this process has crashed");
    const step = { operation, path, number: this.steps.length + 1 };
    this.steps.push(step);
    if (step.number >= this.crashAt) {
      if (this.crashOf === "power") this.crash();
      else process.kill();
      this.crashAt = Number.POSITIVE_INFINITY;
      throw new Crashed(`crashed before step ${step.number}, ${operation} of ${path}`);
    }
    const code = this.fault(step);
    if (code !== undefined) throw systemError(code, path);
  }

  /** What of some bytes still fits; the rest is an `ENOSPC`. */
  room(bytes: Uint8Array): Uint8Array {
    const fitting = bytes.subarray(0, Math.max(0, Math.min(bytes.length, this.spaceLeft)));
    this.spaceLeft -= fitting.length;
    return fitting;
  }

  #afterCrash(inode: Inode): Buffer {
    const { synced, current } = inode;
    if (current.length <= synced.length) return current;
    const survived = synced.length + Math.floor(this.#chance() * (current.length - synced.length + 1));
    const content = Buffer.from(current.subarray(0, survived));
    const holeAt = synced.length + Math.floor(this.#chance() * (survived - synced.length));
    const sector = Math.ceil(holeAt / 512) * 512;
    // A block in between may never have been written though a later one was.
    if (this.#chance() < 0.3 && sector + 512 <= survived) content.fill(0, sector, sector + 512);
    return content;
  }
}

/** One process on a disk. */
export class DiskProcess {
  isDead = false;
  readonly files: Files;
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.files = filesOf(disk, this);
  }

  /** Ends the process as kill -9 does: what it wrote stays as it is, its locks are free. */
  kill(): void {
    this.isDead = true;
    for (const [path, lock] of this.#disk.locks) if (lock.process === this) this.#disk.locks.delete(path);
  }

  /** Takes a lock for this process. */
  tryLock(path: string): FileLock | undefined {
    const { locks } = this.#disk;
    if (locks.has(path)) return undefined;
    const lock = { process: this };
    locks.set(path, lock);
    return {
      release: () => {
        if (locks.get(path) === lock) locks.delete(path);
        return Promise.resolve();
      },
    };
  }
}

/** The error that the real files give for a failure of the system. */
export function systemError(code: string, path: string): Error {
  const cause = Object.assign(new Error(`${code}: the disk double says so, '${path}'`), { code });
  return failure("E704", { detail: `${path}: ${cause.message}`, fix: "look at the file and its directory", cause });
}
