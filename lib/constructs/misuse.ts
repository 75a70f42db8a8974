import { failure, type LeaseholdError } from "../errors";
import { hasHiddenCharacter, replaceHiddenCharacters } from "../model/characters";
import { isIdentifier, publicKeyPattern } from "../model/names";
import { publicKeyFlaw } from "../model/public-key";

/** Makes the error (E203) of a value that a construct cannot take; the caller throws it. */
export function misuse(what: string, expected: string, got: unknown, fix?: string): LeaseholdError {
  return failure("E203", {
    detail: `Expected ${what} to be ${expected}, got ${quoted(got)}`,
    fix: fix ?? `change ${what} where it is declared`,
  });
}

/** Throws E203 unless a name is an identifier: lower case, digits, `.`, `_`, `-`, at most 63 characters. */
export function checkName(what: string, name: unknown): string {
  if (typeof name === "string" && isIdentifier(name)) return name;
  throw misuse(what, "1 to 63 lower-case letters, digits, `.`, `_` or `-`, with a letter or digit at both ends", name);
}

/** Throws E203 unless a value is one line of text of 1 to `max` characters without control characters. */
export function checkLine(what: string, text: unknown, max: number): string {
  if (typeof text === "string" && text.length <= max && text.trim() !== "" && isOneLine(text)) return text;
  throw misuse(what, `one line of 1 to ${max} visible characters`, text);
}

/** Throws E203 unless a value is a whole number within bounds. */
export function checkWholeNumber(what: string, value: unknown, min: number, max: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw misuse(what, `a whole number from ${min} to ${max}`, value);
}

/** Throws E203 unless a value is one of a closed list. */
export function checkOneOf<T extends string>(what: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw misuse(what, `one of ${allowed.map((one) => `\`${one}\``).join(", ")}`, value);
}

/** Throws E203 unless a value is a list with at least one item. */
export function checkNotEmpty<T>(what: string, list: readonly T[]): readonly T[] {
  if (Array.isArray(list) && list.length > 0) return list;
  throw misuse(what, "a list with at least one item", list);
}

/** Throws E203 unless every item is an instance of, or carries, what the test looks for. */
export function checkItems<T>(what: string, list: readonly T[], expected: string, test: (item: T) => boolean): void {
  if (!Array.isArray(list)) throw misuse(what, `a list of ${expected}`, list);
  for (const item of list) if (!test(item)) throw misuse(what, `a list of ${expected}`, item);
}

/** Throws E203 unless every item is a public key of age or SSH that a secret can be sealed to; `whose` is e.g. "user `ana`". */
export function checkKeys(whose: string, keys: readonly string[]): void {
  const what = `\`keys\` of ${whose}`;
  checkItems(what, keys, "public keys like `age1…` or `ssh-ed25519 …`", (key) => publicKey.test(key));
  for (const key of keys) {
    const flaw = publicKeyFlaw(key);
    if (flaw === undefined) continue;
    const fix = "copy the line `age1…` that `age-keygen` prints, or the first two words of the file `id_ed25519.pub`";
    throw misuse(what, `public keys that something can be sealed to (of one, ${flaw})`, key, fix);
  }
}

const publicKey = new RegExp(publicKeyPattern);

/** A value as an error quotes it: short, on one line, with its type. */
export function quoted(value: unknown): string {
  return `\`${shortened(words(value))}\` (${typeOf(value)})`;
}

function isOneLine(text: string): boolean {
  return !hasHiddenCharacter(text) && !/[\n\t]/.test(text);
}

function words(value: unknown): string {
  if (typeof value === "string") return value.slice(0, 200);
  if (typeof value === "function") return value.name;
  const path = pathOf(value);
  if (path !== undefined) return path;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function pathOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("node" in value)) return undefined;
  const { node } = value;
  return typeof node === "object" && node !== null && "path" in node ? String(node.path) : undefined;
}

function shortened(text: string): string {
  const visible = replaceHiddenCharacters(
    text.replace(/[\n\t]/g, " "),
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > 80 ? `${visible.slice(0, 79)}…` : visible;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? value.constructor.name : typeof value;
}
