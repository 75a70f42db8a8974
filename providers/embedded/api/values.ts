/** Small rules about values that several routes share. */
import type { Behaviour } from "../behaviour";
import type { Caller } from "../identity/caller";
import { limits } from "../limits";
import { refuse } from "./reply";

/** Names of connections and rules; anything else is refused with hoop's words. */
export function checkName(name: string): string {
  if (/^[A-Za-z0-9_.-]{3,254}$/.test(name)) return name;
  return refuse(
    422,
    "name: it must contain between 3 and 254 alphanumeric characters, it may include (-), (_) or (.) characters",
  );
}

/** A list that hoop gives as null when it is empty, in some places. */
export function listOrNull<Item>(behaviour: Behaviour, list: readonly Item[]): readonly Item[] | null {
  return behaviour.emptyListsVary && list.length === 0 ? null : list;
}

/** Whether text can be stored and shown: not too long, no control characters. */
export function isPlain(text: string, longest: number = limits.nameLength): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.length <= longest && !/[\u0000-\u001f\u007f]/.test(text);
}

/** Whether the caller reads everything: admins and auditors. */
export function readsAll(caller: Caller): boolean {
  return caller.role !== "standard";
}

/** What a connection's visibility asks about a caller. */
export function viewerOf(caller: Caller): { readonly groups: readonly string[]; readonly seesAll: boolean } {
  return { groups: caller.groups, seesAll: readsAll(caller) };
}

/**
 * The matcher of a filter: exact, or in hoop's way a SQL LIKE pattern (`%` any text, `_` any
 * character). Two pointers, no regular expression: linear in practice whatever the pattern.
 */
export function filterOf(behaviour: Behaviour, pattern: string): (text: string) => boolean {
  if (!behaviour.filtersArePatterns || !/[%_]/.test(pattern)) return (text) => text === pattern;
  return (text) => isLike(text, pattern);
}

function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let want = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[want] === "%") {
      star = want;
      resume = at;
      want += 1;
    } else if (want < pattern.length && (pattern[want] === "_" || pattern[want] === text[at])) {
      at += 1;
      want += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      want = star + 1;
    } else return false;
  }
  while (pattern[want] === "%") want += 1;
  return want === pattern.length;
}

/** A page as hoop counts it: `page` from 1, `page_size` within 1..100, else 422. */
export interface Page {
  readonly page: number;
  readonly size: number;
}

/** Reads `page` and `page_size`; undefined when neither is given. */
export function pageOf(query: (name: string) => string | undefined): Page | undefined {
  const [page, size] = [query("page"), query("page_size")];
  if (page === undefined && size === undefined) return undefined;
  const read = { page: Number(page ?? "1"), size: Number(size ?? "50") };
  if (!Number.isInteger(read.size) || read.size < 1 || read.size > 100)
    refuse(422, "page_size must be between 1 and 100");
  if (!Number.isInteger(read.page) || read.page < 1) refuse(422, "page must be greater than 0");
  return read;
}

/** The rows of a page. */
export function slicePage<Row>(rows: readonly Row[], { page, size }: Page): readonly Row[] {
  return rows.slice((page - 1) * size, page * size);
}
