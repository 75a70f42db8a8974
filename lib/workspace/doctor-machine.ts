import { durationWords } from "../model/duration";
import { secondsBetween, type Instant } from "../model/instant";
import type { Finding } from "../model/report";
import type { DiskRoom, FileRights } from "../ports";

/** A path that only its owner should be able to use, and why. */
export interface GuardedPath {
  /** As people know it. */
  readonly name: string;
  /** What is there: of a secret also reading is too much. */
  readonly holds: "secret" | "log";
  readonly rights: FileRights;
}

/** The room there is, in bytes and names: too little of either keeps the Log from being written. */
export function judgeRoom(place: string, room: DiskRoom): readonly Finding[] {
  const bytes = shareOf(room.freeBytes, room.totalBytes);
  const inodes = room.totalInodes === 0 ? 1 : shareOf(room.freeInodes, room.totalInodes);
  const words = `${megabytes(room.freeBytes)} MiB (${percent(bytes)}) free where ${place} is, ${percent(inodes)} of the inodes.`;
  const least = Math.min(bytes, inodes);
  const verdict = least < 0.01 || room.freeBytes < 64 * mebi ? "bad" : least < 0.05 ? "weak" : "good";
  const found: Finding[] = [
    verdict === "good"
      ? { name: "disk", verdict, sentence: words }
      : { name: "disk", verdict, sentence: words, fix: "make room: a full disk stops new access; endings go on" },
  ];
  const why = unlasting[room.kind];
  if (why !== undefined) {
    found.push({ name: "disk", verdict: "weak", sentence: `${place} ${why}`, fix: "keep it on a disk of the machine" });
  }
  return found;
}

/** Whether the disk can have done what it says. No machine is failed for it: there are fast disks that are honest. */
export function judgeSync(place: string, taken: readonly number[]): Finding {
  const median = taken.toSorted((a, b) => a - b)[taken.length >> 1] ?? 0;
  const words = `A write of 4 KiB is durable after ${median.toFixed(3)} ms (median of ${taken.length}) where ${place} is`;
  return median < fastestHonestMs
    ? {
        name: "fsync",
        verdict: "weak",
        sentence: `${words}: faster than a disk can be. It may not be honest: a loss of power could lose what was confirmed.`,
        fix: "look for a write cache without a battery, or a virtual disk that ignores flushes",
      }
    : { name: "fsync", verdict: "good", sentence: `${words}.` };
}

/** Who else than the owner can use the Log, keys and secrets of this machine. */
export function judgeRights(paths: readonly GuardedPath[], user: number | undefined): readonly Finding[] {
  const found = paths.flatMap((path): Finding[] => {
    const { name, holds, rights } = path;
    const isWritable = (rights.mode & 0o022) !== 0;
    const isReadable = (rights.mode & 0o044) !== 0;
    const mode = `0${rights.mode.toString(8).padStart(3, "0")}`;
    if (isWritable || isReadable) {
      const verdict = isWritable || holds === "secret" ? "bad" : "weak";
      const who = `${name} can be ${isWritable ? "written" : "read"} by others (mode ${mode}).`;
      return [{ name: "permissions", verdict, sentence: who, fix: `chmod go-rwx ${name}` }];
    }
    if (user === undefined || user === 0 || rights.owner === user) return [];
    const sentence = `${name} belongs to user ${rights.owner}, and this is user ${user}.`;
    return [{ name: "permissions", verdict: "weak", sentence, fix: "run Leasehold as the user that owns its files" }];
  });
  const sentence = `Only their owner can use the Log and the keys here (${paths.length} looked at).`;
  return found.length > 0 ? found : [{ name: "permissions", verdict: "good", sentence }];
}

/** How long nobody has been at the Log, and whether anything waits for that. */
export function judgeLastPass(options: {
  readonly now: Instant;
  readonly lastAt: Instant | undefined;
  /** Grants that are active, on their way, or approved and waiting. */
  readonly open: number;
}): Finding {
  const { lastAt, now, open } = options;
  if (lastAt === undefined) {
    const sentence = "No pass was made yet.";
    return {
      name: "last pass",
      verdict: "weak",
      sentence,
      fix: "leasehold reconcile, as a scheduled job or with --every",
    };
  }
  const age = Math.max(0, secondsBetween(lastAt, now));
  const words = `A pass, or another writer, was last at the Log ${durationWords(age)} ago; ${open} ${open === 1 ? "grant is" : "grants are"} open.`;
  return age > longestRest && open > 0
    ? {
        name: "last pass",
        verdict: "weak",
        sentence: words,
        fix: "run `leasehold reconcile` as a scheduled job, or with --every",
      }
    : { name: "last pass", verdict: "good", sentence: words };
}

const mebi = 1_048_576;
/** Enterprise disks with a protected cache take some 20 microseconds; memory takes two. */
const fastestHonestMs = 0.01;
/** Open Grants and no pass for so many seconds: the job that makes them does not run. */
const longestRest = 3_600;

const unlasting: Readonly<Record<DiskRoom["kind"], string | undefined>> = {
  disk: undefined,
  memory: "is in memory: it is gone with the power.",
  layer: "is in a container's own layer: it is gone with the container.",
  network: "is on a network file system: it is as durable as its server, and locks are the server's.",
};

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function megabytes(bytes: number): string {
  return String(Math.floor(bytes / mebi));
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
