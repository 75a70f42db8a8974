import type { YamlValue } from "./yaml-value";

/** A value as messages quote it: short, with its type where that is the surprise. */
export function seenWords(value: YamlValue): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return value === "" ? "an empty text" : `\`${shortened(value)}\``;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `\`${value}\` (a boolean)`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return Object.keys(value).length === 0 ? "an empty map" : "a map";
}

/** What kind of value it is, without the value. */
export function kindWords(value: YamlValue): string {
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : seenWords(value);
}

/** The beginning of a text on one line, at most 60 characters. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/gu, " ");
  const characters = Array.from(line.slice(0, 2 * mostCharacters + 2));
  return characters.length <= mostCharacters ? line : `${characters.slice(0, mostCharacters).join("")}…`;
}

const mostCharacters = 60;
