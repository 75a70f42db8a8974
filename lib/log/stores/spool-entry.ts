import { failure } from "../../errors";
import type { SpoolEntry } from "../../model/record";
import { isInstant, isObject, spoolBodyFlaw } from "../shape";

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Throws E900 unless the id of an entry can name a file, a ref and a row. */
export function checkSpoolEntry(entry: SpoolEntry): void {
  if (idPattern.test(entry.id)) return;
  throw failure("E900", { detail: `\`${entry.id}\` cannot name an entry of the spool`, fix: "please report this" });
}

/** Reads an entry of the spool as it was written; undefined when it is none. */
export function parseSpoolEntry(text: string): SpoolEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value["id"] !== "string" || !idPattern.test(value["id"])) return undefined;
  if (!isInstant(value["at"]) || !isObject(value["body"]) || spoolBodyFlaw(value["body"]) !== undefined) {
    return undefined;
  }
  return value as unknown as SpoolEntry;
}
