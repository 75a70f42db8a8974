import { isUtf8 } from "node:buffer";
import { limits } from "../../model/limits";
import type { ReadFile } from "../../ports";

/** Lines that lie one after another in a file, and where they begin. */
export interface LineBatch {
  readonly lines: readonly string[];
  /** Offset of the first line in bytes. */
  readonly offset: number;
  /** Offset after the last line's break. */
  readonly end: number;
}

const chunkBytes = 1_048_576;
const lineBreak = 0x0a;

/**
 * Reads the whole lines of a file from an offset on, in batches of about a mebibyte. What follows the last
 * line break is left: somebody may be writing it, or a crash has torn it. A line that is not UTF-8 comes
 * as text that no record can be; one longer than a record may be, cut, as the last.
 */
export async function* linesFrom(file: ReadFile, from: number): AsyncGenerator<LineBatch> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = from;
  for (;;) {
    const chunk = await file.read(offset + rest.length, chunkBytes);
    if (chunk.length === 0) return;
    const bytes = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    const whole = bytes.lastIndexOf(lineBreak) + 1;
    if (whole === 0 && bytes.length > limits.logRecordBytes) {
      yield { lines: [decodeLine(bytes)], offset, end: offset + bytes.length };
      return;
    }
    if (whole > 0) yield { lines: decodeLines(bytes.subarray(0, whole)), offset, end: offset + whole };
    rest = bytes.subarray(whole);
    offset += whole;
  }
}

/** The lines of an exported Log as text, e.g. a stream of its bytes. A last line without its break is a line too. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    const whole = bytes.lastIndexOf(lineBreak) + 1;
    if (whole === 0 && bytes.length > limits.logRecordBytes) break;
    if (whole > 0) yield decodeLines(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
  }
  // A record is whole only with its line break; without it, the line must not pass for one.
  if (rest.length > 0) yield [`${decodeLine(rest)}${unreadable}`];
}

/** Stands in a line that is not UTF-8 or not whole, so that it cannot be read as JSON. */
const unreadable = "\u0001";

/** The lines of bytes that end with a line break. */
export function decodeLines(bytes: Buffer): readonly string[] {
  const text = bytes.subarray(0, bytes.length - 1);
  if (isUtf8(text)) return text.toString("utf8").split("\n");
  const lines: string[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf(lineBreak, start);
    const end = found === -1 ? text.length : found;
    lines.push(decodeLine(text.subarray(start, end)));
    start = end + 1;
  }
  return lines;
}

function decodeLine(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : `${unreadable}${bytes.toString("latin1")}`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
