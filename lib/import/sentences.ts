import { replaceHiddenCharacters } from "../model/characters";
import type { CatalogObject } from "./catalog";

/** A name of a database between quotes, on one line, with what nobody would see made visible. */
export function shown(name: string): string {
  const line = name.replace(/\n|\t|\u{FE0F}/gu, codePoint);
  return `"${replaceHiddenCharacters(line, codePoint)}"`;
}

/** Some names, and how many more there are. */
export function shownSome(names: readonly string[]): string {
  const first = names.slice(0, mostShown).map(shown).join(", ");
  return names.length > mostShown ? `${first} and ${names.length - mostShown} more` : first;
}

/** An object as a sentence names it. */
export function objectWords(object: CatalogObject): string {
  switch (object.on) {
    case "database":
    case "schema":
      return `${object.on} ${shown(object.name)}`;
    case "tables":
      return `${object.kind} ${shown(`${object.schema}.${object.name}`)}`;
    case "sequences":
      return `sequence ${shown(`${object.schema}.${object.name}`)}`;
    case "functions":
      return `function ${shown(`${object.schema}.${object.name}(${object.takes})`)}`;
    case "columns":
      return `column ${shown(object.name)} of ${object.kind} ${shown(`${object.schema}.${object.table}`)}`;
    case "other":
      return `${object.what} ${shown(object.name)}`;
  }
}

const mostShown = 8;

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
