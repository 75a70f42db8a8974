import type { Head } from "../../model/record";
import type { AppendFile } from "../../ports";
import { lineHash } from "../chain";
import { faultError, type ChainFault } from "../fault";
import type { NotedHead } from "./file-notes";
import { linesFrom } from "./lines";
import { chainReader } from "../verify";

/** The end of a chain's file that was checked and, where a crash had torn it, cut. */
export interface CheckedTail {
  readonly head: Head | undefined;
  /** Bytes up to that Head: all the file holds now. */
  readonly size: number;
  /** What was cut off; undefined when nothing was. */
  readonly cut?: TornTail;
}

/** The torn end of a chain that was cut off: bytes of an append that was never confirmed. */
export interface TornTail {
  /** The record that was torn; the first that is gone. */
  readonly sequence: number;
  readonly bytes: number;
}

/**
 * Finds the end of the chain, verifying from the noted Head on, or from the start when the note does not
 * fit the file. A crash can leave an incomplete last line, or holes of zeros where blocks were
 * never written: from there on nothing was confirmed, and it is cut. Anything else that does not
 * verify, and a chain shorter than the note, throws E600.
 */
export async function checkTail(file: AppendFile, noted: NotedHead | undefined): Promise<CheckedTail> {
  const start = (await startOf(file, noted)) ?? { bytes: 0, head: undefined };
  const reader = chainReader({ after: start.head, against: noted });
  let size = start.bytes;
  for await (const batch of linesFrom(file, start.bytes)) {
    let end = batch.offset;
    for (const line of batch.lines) {
      const fault = reader.read(line);
      if (fault !== undefined) {
        if (!isTorn(line) || isNoted(fault, noted)) throw faultError(fault);
        return cutAt(file, reader.head, end);
      }
      end += Buffer.byteLength(line) + 1;
    }
    size = batch.end;
  }
  const verdict = reader.finish();
  if (!verdict.ok) throw faultError(verdict.fault);
  return (await file.size()) > size ? cutAt(file, verdict.head, size) : { head: verdict.head, size };
}

/**
 * Whether a line has a hole of zeros where blocks were never written. Shorter runs of zeros are no missing block: one
 * flipped bit can make an `@` a zero.
 */
export function isTorn(line: string): boolean {
  return line.includes(hole);
}

const hole = "\u0000".repeat(16);

async function cutAt(file: AppendFile, head: Head | undefined, size: number): Promise<CheckedTail> {
  const bytes = (await file.size()) - size;
  await file.truncate(size);
  return { head, size, cut: { sequence: (head?.sequence ?? 0) + 1, bytes } };
}

/** Whether a fault lies in what was noted as written: then no crash explains it. */
function isNoted(fault: ChainFault, noted: NotedHead | undefined): boolean {
  return noted !== undefined && fault.sequence <= noted.sequence;
}

/** Where to verify from: the noted Head, if exactly that record ends where the note says. */
async function startOf(
  file: AppendFile,
  noted: NotedHead | undefined,
): Promise<{ readonly bytes: number; readonly head: Head | undefined } | undefined> {
  if (noted === undefined || noted.bytes > (await file.size())) return undefined;
  const line = await lineBefore(file, noted.bytes);
  if (line === undefined || lineHash(line) !== noted.hash) return undefined;
  const { sequence, hash, epoch } = noted;
  return { bytes: noted.bytes, head: { sequence, hash, epoch } };
}

/** The line that ends, with its break, at an offset; read backwards in growing steps. */
async function lineBefore(file: AppendFile, end: number): Promise<string | undefined> {
  for (let length = 8_192; ; length *= 4) {
    const from = Math.max(0, end - length);
    const bytes = Buffer.from(await file.read(from, end - from));
    if (bytes.length !== end - from || bytes.at(-1) !== 0x0a) return undefined;
    const found = bytes.lastIndexOf(0x0a, -2);
    if (found >= 0) return bytes.subarray(found + 1, -1).toString("utf8");
    if (from === 0) return bytes.subarray(0, -1).toString("utf8");
  }
}
