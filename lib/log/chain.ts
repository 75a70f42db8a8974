import { hash } from "node:crypto";
import { failure } from "../errors";
import { canonicalJson, type Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Head, LogRecord, RecordBody } from "../model/record";

/** What the first record has in place of the hash of the one before. */
export const noDigest: Digest = "0".repeat(64);

/**
 * Makes the records that follow `head` (undefined: the first ones), each chained to the one before.
 * Throws E900 for a record that is longer than `limits.logRecordBytes`.
 */
export function chainRecords(
  head: Head | undefined,
  epoch: number,
  time: Instant,
  bodies: readonly RecordBody[],
): LogRecord[] {
  let sequence = head?.sequence ?? 0;
  let previous = head?.hash ?? noDigest;
  return bodies.map((body) => {
    sequence += 1;
    const record: LogRecord = Object.freeze({ sequence, epoch, time, body, previous });
    previous = sealOf(record).hash;
    return record;
  });
}

/** The line of a record, without its line break: its canonical JSON. Throws E900 when it is too long. */
export function recordLine(record: LogRecord): string {
  return sealOf(record).line;
}

/** The hash of a record: that of its line. */
export function recordHash(record: LogRecord): Digest {
  return sealOf(record).hash;
}

/** The SHA-256 of a line's bytes, without its line break. */
export function lineHash(line: string): Digest {
  return hash("sha256", line, "hex");
}

/** The lines of records that follow `head`, and the Head after them. Throws E900 when they do not chain. */
export function linesAfter(
  head: Head | undefined,
  records: readonly LogRecord[],
): { readonly lines: readonly string[]; readonly head: Head | undefined } {
  let last = head;
  const lines = records.map((record) => {
    const line = recordLine(record);
    if (record.sequence !== (last?.sequence ?? 0) + 1 || record.previous !== (last?.hash ?? noDigest)) {
      throw failure("E900", {
        detail: `record ${record.sequence} does not follow record ${last?.sequence ?? 0}`,
        fix: "please report this",
      });
    }
    last = { sequence: record.sequence, hash: recordHash(record), epoch: record.epoch };
    return line;
  });
  return { lines, head: last };
}

/** Whether two positions are the same. */
export function isSameHead(a: Head | undefined, b: Head | undefined): boolean {
  return a?.sequence === b?.sequence && a?.hash === b?.hash;
}

interface Seal {
  readonly line: string;
  readonly hash: Digest;
}

/** Lines and hashes of records that are on their way into a Log: each is needed several times there. */
const seals = new WeakMap<LogRecord, Seal>();

function sealOf(record: LogRecord): Seal {
  const known = seals.get(record);
  if (known !== undefined) return known;
  const line = canonicalJson(record);
  if (line.length * 3 > limits.logRecordBytes && Buffer.byteLength(line) > limits.logRecordBytes) {
    throw failure("E900", {
      detail: `a record \`${record.body.type}\` of ${Buffer.byteLength(line)} bytes, at most ${limits.logRecordBytes}`,
      fix: "split the change into smaller ones, and please report this",
    });
  }
  const seal = { line, hash: lineHash(line) };
  if (Object.isFrozen(record)) seals.set(record, seal);
  return seal;
}
