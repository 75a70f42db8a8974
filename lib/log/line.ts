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

/** Reads a line of which another thread has found that it is a record by itself; see `isRecordAlone`. */
export function parseSoundRecord(line: string, expected: number): LogRecord | ChainFault {
  const record = JSON.parse(line) as LogRecord;
  return openingFault(record, expected) ?? record;
}

/** Whether a line is the canonical form of a record, wherever in a chain it stands. */
export function isRecordAlone(line: string): boolean {
  // No record stands before the first: what depends on the place is left to whoever knows it.
  return !("reason" in tryParseRecord(line, 0));
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
 * Canonical form, told by length: of all texts of one value the canonical one is the only shortest when its keys are
 * in order. Spaces and keys given twice make it longer; the few other ways to write a text or a number are looked for,
 * and where one may be there, the value is written again and compared. That for every line would take as long as all
 * the rest of reading it.
 */
function isCanonical(line: string, record: LogRecord): boolean {
  const { body, epoch, previous, sequence, time } = record;
  const end = `,"epoch":${epoch},"previous":"${previous}","sequence":${sequence},"time":"${time}"}`;
  const measure = { length: '{"body":'.length + end.length, hasLargeNumber: false };
  if (!line.startsWith('{"body":') || !line.endsWith(end) || !measured(body, measure)) return isRewritten(line, record);
  if (measure.hasLargeNumber && otherNumber.test(line)) return isRewritten(line, record);
  if (!line.includes("\\")) return line.length === measure.length;
  return otherEscape.test(line) ? isRewritten(line, record) : line.length === measure.length + escapesIn(line);
}

/** Numbers below are longer in any other way; from here on `1e2` is as short as `100`. */
const firstLargeNumber = 100;

/** A number with a fraction or an exponent, or a text that looks like one. */
const otherNumber = /(?:":|[[,])-?\d+[.eE]/;

/** An escape that may have another form of the same length or needs none, or a text that looks like one. */
const otherEscape = /\\[u/]/;

function isRewritten(line: string, record: LogRecord): boolean {
  try {
    return canonicalJson(record) === line;
  } catch {
    return false;
  }
}

/** How many characters are written with a backslash before them. */
function escapesIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf("\\"); at !== -1; at = line.indexOf("\\", at + 2)) count += 1;
  return count;
}

interface Measure {
  /** Characters of the canonical text, without backslashes of escapes. */
  length: number;
  hasLargeNumber: boolean;
}

/** Adds the length of a value; false when its keys are not in order, or a number is not whole. */
function measured(value: unknown, measure: Measure): boolean {
  if (typeof value === "string") measure.length += value.length + 2;
  else if (typeof value === "boolean") measure.length += value ? 4 : 5;
  else if (value === null) measure.length += 4;
  else if (typeof value === "number") return isNumberMeasured(value, measure);
  else if (Array.isArray(value)) return isListMeasured(value, measure);
  else return isObjectMeasured(value as Readonly<Record<string, unknown>>, measure);
  return true;
}

function isNumberMeasured(value: number, measure: Measure): boolean {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return false;
  measure.length += String(value).length;
  if (value >= firstLargeNumber || value <= -firstLargeNumber) measure.hasLargeNumber = true;
  return true;
}

function isListMeasured(value: readonly unknown[], measure: Measure): boolean {
  measure.length += value.length === 0 ? 2 : value.length + 1;
  for (const item of value) if (!measured(item, measure)) return false;
  return true;
}

function isObjectMeasured(value: Readonly<Record<string, unknown>>, measure: Measure): boolean {
  let last: string | undefined;
  for (const key in value) {
    if (last !== undefined && key <= last) return false;
    last = key;
    measure.length += key.length + 4;
    if (!measured(value[key], measure)) return false;
  }
  measure.length += last === undefined ? 2 : 1;
  return true;
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
