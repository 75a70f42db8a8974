import { join } from "node:path";
import { canonicalJson } from "../../model/canonical";
import type { Anchor } from "../../model/anchor";
import type { Instant } from "../../model/instant";
import type { Head } from "../../model/record";
import type { Anchors, Clock, Files } from "../../ports";
import { isDigest, isInstant, isObject } from "../shape";
import { modes } from "./file-layout";

/** A Head, and when it was noted. */
export interface NotedHead extends Head {
  readonly time: Instant;
}

/** The Head that this machine has seen of a database: it shows a failover or a restore that lost the end of the chain. */
export interface MachineNote {
  /** The Head last noted by any process of this user here, and when; undefined when there is none that can be read. */
  tryRead(): Promise<NotedHead | undefined>;
  /** Notes a Head of the chain, within seconds. Not over one that the chain has lost: that would hide the loss. */
  note(head: Head): Promise<void>;
  /** Writes what waits to be noted. */
  flush(): Promise<void>;
  /** Notes a Head whatever was noted before. */
  replace(head: Head): Promise<void>;
}

const longestNote = 4_096;

/** At most one note in so many milliseconds. */
const noteEveryMs = 5_000;

/** The note in a directory of this user. One that cannot be written is no harm. */
export function machineNote(parts: {
  readonly files: Files;
  readonly clock: Clock;
  readonly directory: string;
  /** Whether the chain has the record of a Head. */
  readonly holds: (head: Head) => Promise<boolean>;
}): MachineNote {
  const { files, clock, directory, holds } = parts;
  const path = join(directory, "head.json");
  let written: { readonly sequence: number; readonly at: number } | undefined;
  let waiting: Head | undefined;

  async function tryRead(): Promise<NotedHead | undefined> {
    const text = await files.tryReadText(path, longestNote).catch(() => undefined);
    return text === undefined ? undefined : parseHead(text);
  }

  async function note(head: Head): Promise<void> {
    if (head.sequence <= (written?.sequence ?? 0)) return;
    waiting = head;
    if (written === undefined || clock.monotonicMs() - written.at >= noteEveryMs) await flush();
  }

  async function flush(): Promise<void> {
    const head = waiting;
    if (head === undefined) return;
    waiting = undefined;
    written = { sequence: head.sequence, at: clock.monotonicMs() };
    const noted = await tryRead();
    // Another process may have noted a later one.
    if (noted !== undefined && (noted.sequence >= head.sequence || !(await holds(noted)))) return;
    await write(head);
  }

  async function replace(head: Head): Promise<void> {
    waiting = undefined;
    written = { sequence: head.sequence, at: clock.monotonicMs() };
    await write(head);
  }

  async function write({ sequence, epoch, hash }: Head): Promise<void> {
    try {
      await files.makeDirectory(directory, { mode: modes.directory });
      const noted: NotedHead = { sequence, epoch, hash, time: clock.now() };
      await files.writeText(path, `${canonicalJson(noted)}\n`, { mode: modes.file });
    } catch {
      return;
    }
  }

  return { tryRead, note, flush, replace };
}

/** The note as anchors: a pass is recovering while the chain does not hold what this machine has seen of it. */
export function noteAnchors(findNote: () => Promise<MachineNote>, installation: string): Anchors {
  const newest = async (): Promise<Anchor | undefined> => {
    const noted = await (await findNote()).tryRead();
    return noted === undefined ? undefined : { format: 1, installation, ...noted };
  };
  return {
    newest,
    history: async () => [await newest()].filter((anchor) => anchor !== undefined),
    add: async (head, details) => {
      await (await findNote()).replace(head);
      return { format: 1, installation, ...head, ...details };
    },
  };
}

function parseHead(text: string): NotedHead | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { sequence, epoch, hash, time } = value;
    const isHead = isCount(sequence) && isCount(epoch) && isDigest(hash) && isInstant(time);
    return isHead ? { sequence, epoch, hash, time } : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
