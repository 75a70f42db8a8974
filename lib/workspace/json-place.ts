import type { SourceRange } from "../errors";
import { rangeAt, type SourceText } from "../request/source-position";

/** Keys and indexes that lead to a value. */
export type JsonPath = readonly string[];

/**
 * The place of a value in a JSON text, by the path to it; as far along the path as there is something. The text has to
 * be JSON. Of a key that stands there twice the last one counts, as for JSON.parse.
 */
export function jsonPlace(source: SourceText, path: JsonPath): SourceRange {
  const { text } = source;
  let at = skipSpace(text, 0);
  for (const step of path) {
    const found = tryFindInside(text, at, step);
    if (found === undefined) break;
    at = found;
  }
  return rangeAt(source, at, endOfValue(text, at));
}

/** The place where a text stops being JSON, as far as JSON.parse says it; its end otherwise. */
export function jsonErrorPlace(source: SourceText, thrown: unknown): SourceRange {
  const told = /at position (\d{1,15})/.exec(thrown instanceof Error ? thrown.message : "")?.[1];
  const at = told === undefined ? source.text.trimEnd().length : Number(told);
  return rangeAt(source, at, at + 1);
}

/** The place where a JSON text nests deeper than so many objects and lists. */
export function tryFindDeeper(source: SourceText, most: number): SourceRange | undefined {
  const { text } = source;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth > most) return rangeAt(source, at, at + 1);
  }
  return undefined;
}

/** The place of the first number in a JSON text that is not whole, or too large to be exact. */
export function tryFindInexact(source: SourceText): SourceRange | undefined {
  const { text } = source;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = endOfString(text, at) - 1;
    else if (/[-\d]/.test(text[at] ?? "")) {
      const end = endOfValue(text, at);
      if (!Number.isSafeInteger(Number(text.slice(at, end)))) return rangeAt(source, at, end);
      at = end - 1;
    }
  }
  return undefined;
}

/** The keys and indexes of a JSON pointer (RFC 6901). */
export function pathOfPointer(pointer: string): JsonPath {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Where the value of a key or an index of what stands at `at` begins. */
function tryFindInside(text: string, at: number, step: string): number | undefined {
  if (text[at] !== "{" && text[at] !== "[") return undefined;
  const isObject = text[at] === "{";
  let found: number | undefined;
  let index = 0;
  for (let next = skipSpace(text, at + 1); next < text.length && !"}]".includes(text[next] ?? ""); index += 1) {
    let key = String(index);
    if (isObject) {
      const end = endOfString(text, next);
      key = keyOf(text.slice(next, end));
      // Past the colon.
      next = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (key === step) found = next;
    next = skipSpace(text, endOfValue(text, next));
    if (text[next] === ",") next = skipSpace(text, next + 1);
  }
  return found;
}

function keyOf(quoted: string): string {
  const key: unknown = JSON.parse(quoted);
  return String(key);
}

/** Where the value that begins at `at` is over. Not by recursion: what is nested deep must not end the program. */
function endOfValue(text: string, at: number): number {
  let depth = 0;
  let next = at;
  do {
    const character = text[next] ?? "";
    if (character === '"') next = endOfString(text, next);
    else if (/[-+.\w]/.test(character)) while (/[-+.\w]/.test(text[next] ?? "")) next += 1;
    else {
      if (character === "{" || character === "[") depth += 1;
      if (character === "}" || character === "]") depth -= 1;
      next += 1;
    }
  } while (depth > 0 && next < text.length);
  return next;
}

function endOfString(text: string, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== '"') next += text[next] === "\\" ? 2 : 1;
  return next + 1;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (/[ \t\r\n]/.test(text[next] ?? "")) next += 1;
  return next;
}
