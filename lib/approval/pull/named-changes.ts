import { canonicalJson } from "../../model/canonical";
import { someWords } from "../../policy";
import type { FieldChange, PolicyChange, PolicyPart } from "./policy-change";

/** What differs between two lists of named things: added, removed, changed with how. */
export function namedChanges<Item extends { readonly name: string }>(
  of: PolicyPart,
  before: readonly Item[],
  after: readonly Item[],
  detailsOf: (before: Item | undefined, after: Item) => readonly FieldChange[],
): readonly PolicyChange[] {
  const [old, wanted] = [before, after].map((items) => new Map(items.map((item) => [item.name, item])));
  const names = [...new Set([...before, ...after].map(({ name }) => name))].toSorted();
  return names.flatMap((name): readonly PolicyChange[] => {
    const [from, to] = [old?.get(name), wanted?.get(name)];
    if (to === undefined) return [{ of, name, kind: "removed", details: [], gained: [] }];
    if (from !== undefined && canonicalJson(from) === canonicalJson(to)) return [];
    const kind = from === undefined ? "added" : "changed";
    return [{ of, name, kind, details: detailsOf(from, to), gained: [] }];
  });
}

/** Every field that differs, where it was declared left out. */
export function fieldChanges(before: object | undefined, after: object): readonly FieldChange[] {
  const [from, to] = [fieldsOf(before ?? {}), fieldsOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((key) => {
    const [old, wanted] = [from.get(key), to.get(key)];
    if (canonicalJson(old ?? null) === canonicalJson(wanted ?? null)) return [];
    if (before === undefined && isEmpty(wanted)) return [];
    const change = listChange(tryList(old), tryList(wanted)) ?? `${valueWords(old)} -> ${valueWords(wanted)}`;
    return [`${words(key)}: ${before === undefined ? valueWords(wanted) : change}`];
  });
}

/** `+ a and b, - c`; undefined when both are the same or one is no list. */
export function listChange(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): FieldChange | undefined {
  if (before === undefined || after === undefined) return undefined;
  const added = after.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !after.includes(one));
  const parts = [
    ...(added.length > 0 ? [`+ ${someWords(added, most)}`] : []),
    ...(removed.length > 0 ? [`- ${someWords(removed, most)}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

const most = 10;
/** Where a thing was declared, and what it is called, change nothing. */
const unsaid: ReadonlySet<string> = new Set(["name", "id", "path"]);

function fieldsOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).filter(([key]) => !unsaid.has(key)));
}

function tryList(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  return value.map((one: unknown) => (typeof one === "string" ? one : canonicalJson(one)));
}

function valueWords(value: unknown): string {
  if (value === undefined) return "none";
  const list = tryList(value);
  if (list !== undefined) return list.length === 0 ? "none" : someWords(list, most);
  return typeof value === "string" ? value : canonicalJson(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || canonicalJson(value) === "[]" || canonicalJson(value) === "{}";
}

/** `gatewayName` as `gateway name`. */
function words(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
