import { canonicalJson } from "../model/canonical";
import { limits } from "../model/limits";
import type { LogRecord } from "../model/record";
import type { ChainFault, FaultReason } from "./fault";
import { isDigest, isInstant, isObject, shapeFlaw } from "./shape";

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
  if (!isCanonical(line, value)) return fault(expected, "not canonical", "it is not the canonical form of its JSON");
  return openingFault(record) ?? record;
}

/** The first record opens the Log, and no other does. */
function openingFault(record: LogRecord): ChainFault | undefined {
  const opens = record.body.type === "log.opened";
  if (opens === (record.sequence === 1)) return undefined;
  const seen = opens ? "it opens a Log, as only the first may" : `the first record is a \`${record.body.type}\``;
  return fault(record.sequence, "not opened", seen);
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
  if (!isDigest(previous)) return "`previous` is not a hash";
  if (!isObject(body) || typeof body["type"] !== "string") return "`body` has no `type`";
  return Object.keys(value).length === 5 ? undefined : "it has fields that no record has";
}

/**
 * Canonical form, checked by the cheap way first: written again by the engine it is the same text, so
 * there is no space, no repeated key and no odd escape; then keys are in order and numbers whole. What
 * fails that (keys that look like numbers do) is written canonically and compared.
 */
function isCanonical(line: string, value: unknown): boolean {
  if (isOrdered(value) && JSON.stringify(value) === line) return true;
  try {
    return canonicalJson(value) === line;
  } catch {
    return false;
  }
}

function isOrdered(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isOrdered);
  let last = "";
  for (const key in value) {
    if (key < last || !isOrdered((value as Readonly<Record<string, unknown>>)[key])) return false;
    last = key;
  }
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
