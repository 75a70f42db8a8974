import { canonicalJson } from "../model/canonical";
import { limits } from "../model/limits";
import type { LogRecord } from "../model/record";
import type { ChainFault, FaultReason } from "./fault";
import { isInstant, isObject, shapeFlaw } from "./shape";

/**
 * Reads one line of a chain as a record, or says what is wrong with it: its length, JSON, shape or
 * canonical form. `expected` is the sequence that should stand here, for the words only.
 */
export function tryParseRecord(line: string, expected: number): LogRecord | ChainFault {
  if (line.length > limits.logRecordBytes) {
    return fault(expected, "too long", `${line.length} characters, at most ${limits.logRecordBytes} bytes`);
  }
  const value = tryParseJson(line);
  if (value === undefined) return fault(expected, "unreadable", `it is not JSON: \`${excerpt(line)}\``);
  const flaw = envelopeFlaw(value);
  if (flaw !== undefined) return fault(expected, "wrong shape", flaw);
  const record = value as LogRecord;
  if (record.body.type === "log.opened" && record.body.format !== 1) {
    return fault(expected, "unknown format", `the Log has format ${String(record.body.format)}, this version knows 1`);
  }
  const bodyFlaw = shapeFlaw(record.body);
  if (bodyFlaw !== undefined) return fault(expected, "wrong shape", bodyFlaw);
  if (!isCanonical(line, record)) return fault(expected, "not canonical", "it is not the canonical form of its JSON");
  return openingFault(record, expected) ?? record;
}

/** The first record opens the Log, and no other does. A record in the wrong place is told by its sequence. */
function openingFault(record: LogRecord, expected: number): ChainFault | undefined {
  const opens = record.body.type === "log.opened";
  if (record.sequence !== expected || opens === (expected === 1)) return undefined;
  const seen = opens ? "it opens a Log, as only the first may" : `the first record is a \`${record.body.type}\``;
  return fault(expected, "not opened", seen);
}

function tryParseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function envelopeFlaw(value: unknown): string | undefined {
  if (!isObject(value)) return "it is not an object";
  const { sequence, epoch, time, previous, body } = value;
  if (!isCount(sequence) || sequence < 1) return "`sequence` is not a number from 1 on";
  if (!isCount(epoch) || epoch < 1) return "`epoch` is not a number from 1 on";
  if (!isInstant(time)) return "`time` is not an instant";
  // That it is the right one is checked against the record before.
  if (typeof previous !== "string" || previous.length !== 64) return "`previous` is not a hash";
  if (!isObject(body) || typeof body["type"] !== "string") return "`body` has no `type`";
  return Object.keys(value).length === 5 ? undefined : "it has fields that no record has";
}

/**
 * Canonical form, proven by length where that is enough: of all texts of one value without a backslash,
 * the canonical one with its keys in order is the only shortest. Spaces, keys given twice and other
 * ways to write a number from 0 to 99 are longer; a line with other numbers in its body is written
 * again and compared. Writing every line again would cost as much as all the rest of reading it.
 */
function isCanonical(line: string, record: LogRecord): boolean {
  const { body, epoch, previous, sequence, time } = record;
  const end = `,"epoch":${epoch},"previous":"${previous}","sequence":${sequence},"time":"${time}"}`;
  const isShortest =
    line.startsWith('{"body":') && line.length - end.length - 8 === shortestLength(body) && line.endsWith(end);
  if (isShortest && !line.includes("\\")) return true;
  try {
    return canonicalJson(record) === line;
  } catch {
    return false;
  }
}

/** The length of the shortest text of a value without backslashes and with its keys in order; NaN where length proves nothing. */
function shortestLength(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return isShortNumber(value) ? String(value).length : Number.NaN;
  if (typeof value === "boolean") return value ? 4 : 5;
  if (value === null) return 4;
  let length = 1;
  if (Array.isArray(value)) {
    for (const item of value) length += shortestLength(item) + 1;
    return value.length === 0 ? 2 : length;
  }
  let last: string | undefined;
  for (const key in value as object) {
    if (last !== undefined && key <= last) return Number.NaN;
    last = key;
    length += key.length + 4 + shortestLength((value as Readonly<Record<string, unknown>>)[key]);
  }
  return last === undefined ? 2 : length;
}

function isShortNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 100;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The start of a line that cannot be read, fit to be shown: printable ASCII only. */
function excerpt(line: string): string {
  const shown = line.slice(0, 40).replace(/[^\x20-\x7e]/g, "?");
  return line.length > 40 ? `${shown}...` : shown;
}

function fault(sequence: number, reason: FaultReason, detail: string): ChainFault {
  return { sequence, reason, detail };
}
