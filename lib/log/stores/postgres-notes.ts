import { join } from "node:path";
import { canonicalJson } from "../../model/canonical";
import type { Head } from "../../model/record";
import type { Clock, Files } from "../../ports";
import { isDigest, isObject } from "../shape";
import { modes } from "./file-layout";

/** The Head that this machine has seen of a database: it shows a failover or a restore that lost the end of the chain. */
export interface MachineNote {
  tryRead(): Promise<Head | undefined>;
  /** Notes a Head, within seconds. A note that cannot be written is no harm. */
  note(head: Head): Promise<void>;
  /** Writes what waits to be noted. */
  flush(): Promise<void>;
}

const longestNote = 4_096;

/** At most one note in so many milliseconds. */
const noteEveryMs = 5_000;

/** The note in a directory of this user. */
export function machineNote(parts: {
  readonly files: Files;
  readonly clock: Clock;
  readonly directory: string;
}): MachineNote {
  const { files, clock, directory } = parts;
  const path = join(directory, "head.json");
  let written: { readonly sequence: number; readonly at: number } | undefined;
  let waiting: Head | undefined;

  async function tryRead(): Promise<Head | undefined> {
    const text = await files.tryReadText(path, longestNote).catch(() => undefined);
    return text === undefined ? undefined : parseHead(text);
  }

  async function note(head: Head): Promise<void> {
    if (head.sequence <= (written?.sequence ?? 0)) return;
    waiting = head;
    if (written === undefined || clock.monotonicMs() - written.at >= noteEveryMs) await flush();
  }

  /** Another process may have noted a later one. */
  async function flush(): Promise<void> {
    const head = waiting;
    if (head === undefined) return;
    waiting = undefined;
    written = { sequence: head.sequence, at: clock.monotonicMs() };
    const noted = await tryRead();
    if (noted !== undefined && noted.sequence >= head.sequence) return;
    const { sequence, epoch, hash } = head;
    try {
      await files.makeDirectory(directory, { mode: modes.directory });
      await files.writeText(path, `${canonicalJson({ sequence, epoch, hash })}\n`, { mode: modes.file });
    } catch {
      return;
    }
  }

  return { tryRead, note, flush };
}

function parseHead(text: string): Head | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { sequence, epoch, hash } = value;
    return isCount(sequence) && isCount(epoch) && isDigest(hash) ? { sequence, epoch, hash } : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
