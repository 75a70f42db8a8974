import { hash } from "node:crypto";

/** A SHA-256 in 64 lower-case hexadecimal digits. */
export type Digest = string;

/**
 * Canonical JSON: object keys in ascending order of their UTF-16 code units, no white space, keys
 * with the value `undefined` left out, numbers as safe integers only. Equal values give equal text.
 * Throws a TypeError for anything else (NaN, fractions, functions, bigint, cycles end in RangeError).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return canonicalNumber(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? `[${value.map((item) => canonicalJson(item)).join(",")}]` : canonicalObject(value);
    default:
      throw new TypeError(`Expected a JSON value, got \`${typeof value}\``);
  }
}

/** The SHA-256 of a text's UTF-8 bytes. */
export function digestOfText(text: string): Digest {
  return hash("sha256", text, "hex");
}

/** The SHA-256 of bytes. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  return hash("sha256", bytes, "hex");
}

/** The digest of a value's canonical JSON. */
export function digestOf(value: unknown): Digest {
  return digestOfText(canonicalJson(value));
}

function canonicalObject(value: object): string {
  const record = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const key of Object.keys(record).sort()) {
    const item = record[key];
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(item)}`);
  }
  return `{${parts.join(",")}}`;
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`Expected a safe integer, got \`${String(value)}\``);
  }
  return Object.is(value, -0) ? "0" : String(value);
}
