/**
 * Answers as hostile input: each field that is used is checked where it enters, nothing else is
 * looked at. What does not fit ends in E502, which names the field and never quotes the value.
 */
import { failure } from "../../../lib/errors";
import { tryParseEpochMs } from "../../../lib/model/instant";

/** A JSON object whose fields are not yet checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object. */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong(where, "an object", value);
  return value as Fields;
}

/** A JSON array. */
export function listOf(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(where, "a list", value);
}

/** A JSON array; null, as hoop writes an empty one in places, and undefined are empty. */
export function listOrNullOf(value: unknown, where: string): readonly unknown[] {
  return value === null || value === undefined ? [] : listOf(value, where);
}

/** A text of at most 100,000 characters. */
export function textField(fields: Fields, name: string, where: string): string {
  const value = own(fields, name);
  if (typeof value !== "string" || value.length > 100_000) return wrong(`${where}.${name}`, "a text", value);
  return value;
}

/** A text that may be missing or null. */
export function optionalText(fields: Fields, name: string, where: string): string | undefined {
  const value = own(fields, name);
  return value === undefined || value === null ? undefined : textField(fields, name, where);
}

/** A finite number that may be missing or null. */
export function optionalNumber(fields: Fields, name: string, where: string): number | undefined {
  const value = own(fields, name);
  if (value === undefined || value === null) return undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : wrong(`${where}.${name}`, "a number", value);
}

/** True or false; missing and null are false. */
export function flagField(fields: Fields, name: string, where: string): boolean {
  const value = own(fields, name);
  if (value === undefined || value === null) return false;
  return typeof value === "boolean" ? value : wrong(`${where}.${name}`, "true or false", value);
}

/** A list of texts; missing and null are empty. */
export function textsField(fields: Fields, name: string, where: string): readonly string[] {
  const list = listOrNullOf(own(fields, name), `${where}.${name}`);
  for (const item of list) if (typeof item !== "string") return wrong(`${where}.${name}[]`, "a text", item);
  return list as readonly string[];
}

/** A map of texts; missing and null are empty. */
export function textMap(fields: Fields, name: string, where: string): Readonly<Record<string, string>> {
  const value = own(fields, name);
  if (value === undefined || value === null) return {};
  const entries = Object.entries(fieldsOf(value, `${where}.${name}`));
  for (const [, item] of entries) if (typeof item !== "string") return wrong(`${where}.${name}{}`, "a text", item);
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

/** A time in RFC 3339 with any number of digits after the second, as microseconds since 1970. */
export function microsField(fields: Fields, name: string, where: string): number {
  const text = textField(fields, name, where);
  return tryMicrosOf(text) ?? wrong(`${where}.${name}`, "a time", text);
}

/** As `microsField`; missing and null are undefined. */
export function optionalMicros(fields: Fields, name: string, where: string): number | undefined {
  const value = own(fields, name);
  return value === undefined || value === null ? undefined : microsField(fields, name, where);
}

/** One of some texts. */
export function choiceField<T extends string>(fields: Fields, name: string, choices: readonly T[], where: string): T {
  const text = textField(fields, name, where);
  return choices.find((choice) => choice === text) ?? wrong(`${where}.${name}`, choices.join(" or "), text);
}

/** Throws E502 for an answer that is not of hoop's shape. */
export function wrong(where: string, expected: string, value: unknown): never {
  const got = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  throw failure("E502", {
    detail: `expected ${where} to be ${expected}, got ${got}`,
    fix: "check that the url in leasehold.yaml is a hoop gateway's, without /api",
  });
}

/** Own fields only: what a prototype has is not in the answer. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function tryMicrosOf(text: string): number | undefined {
  const epochMs = tryParseEpochMs(text);
  if (epochMs === undefined) return undefined;
  const digits = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return epochMs * 1000 + (digits === undefined ? 0 : Number(digits.padEnd(3, "0").slice(0, 3)));
}
