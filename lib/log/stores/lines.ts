import { isAscii, isUtf8 } from "node:buffer";
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

/** Some whole lines of an exported Log, or what stands after the last line break. */
export interface Piece {
  readonly bytes: Buffer;
  /** Whether it ends with a line break. A record is whole only with it. */
  readonly isWhole: boolean;
}

/**
 * The pieces of an exported Log, e.g. of a stream of its bytes; of a line longer than a record may be only the beginning.
 * The bytes of a piece are the caller's.
 */
export async function* piecesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    const whole = bytes.lastIndexOf(lineBreak) + 1;
    rest = Buffer.from(bytes.subarray(whole));
    if (whole > 0) yield { bytes: bytes.subarray(0, whole), isWhole: true };
    else if (bytes.length > limits.logRecordBytes) break;
  }
  if (rest.length > 0) yield { bytes: rest, isWhole: false };
}

/** The lines of an exported Log as text. A last line without its break is a line too, but none that can be read. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  for await (const piece of piecesOf(chunks)) yield linesOfPiece(piece);
}

/** The lines of a piece as text. */
export function linesOfPiece({ bytes, isWhole }: Piece): readonly string[] {
  // A record is whole only with its line break; without it, the line must not pass for one.
  return isWhole ? decodeLines(bytes) : [`${decodeLine(bytes)}${unreadable}`];
}

/** Stands in a line that is not UTF-8 or not whole, so that it cannot be read as JSON. */
const unreadable = "\u0001";

/**
 * The lines of bytes that end with a line break. Read as one byte a character, which is several times faster to decode,
 * to cut and to parse, and is right for all lines but those that are decoded once more.
 */
export function decodeLines(bytes: Buffer): readonly string[] {
  const text = bytes.subarray(0, bytes.length - 1);
  const lines = text.toString("latin1").split("\n");
  if (isAscii(text)) return lines;
  let start = 0;
  return lines.map((line) => {
    const from = start;
    start += line.length + 1;
    return beyondAscii.test(line) ? decodeLine(text.subarray(from, from + line.length)) : line;
  });
}

const beyondAscii = /[\x80-\xff]/;

function decodeLine(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : `${unreadable}${bytes.toString("latin1")}`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
