import type { GrantItem, WideningItem } from "../../model/widening";
import { countWords, listWords, someWords, tryFindSameGrant } from "../../policy";

/** `adds 1 grant (eve on orders-db/write) and changes 2 files (a, b)`: what a commit has more than another. */
export function addedWords(adds: readonly WideningItem[], than: readonly WideningItem[]): string {
  const grants = adds.filter((item): item is GrantItem => item.kind === "grant");
  const changed = grants.filter((item) => tryFindSameGrant(item, than) !== undefined);
  const added = grants.filter((item) => !changed.includes(item));
  const parts = [
    part("adds", "grant", added.map(grantWords)),
    part("changes", "grant", changed.map(grantWords)),
    part(
      "adds",
      "member",
      adds.flatMap((item) => (item.kind === "membership" ? [`${item.person} in group ${item.group}`] : [])),
    ),
    part(
      "changes",
      "governed file",
      adds.flatMap((item) => (item.kind === "file" ? [item.name] : [])),
    ),
    part("changes", "part of the rules", ruleParts(adds), "parts of the rules"),
  ].filter((words) => words !== "");
  return parts.length === 0 ? "changes the governed files as a whole" : listWords(parts, "and");
}

const mostNames = 5;

function part(verb: string, one: string, names: readonly string[], many?: string): string {
  if (names.length === 0) return "";
  const count = names.length > 1 && many !== undefined ? `${names.length} ${many}` : countWords(names.length, one);
  return `${verb} ${count} (${someWords(names, mostNames)})`;
}

function grantWords({ person, connection }: GrantItem): string {
  return `${person} on ${connection}`;
}

function ruleParts(adds: readonly WideningItem[]): readonly string[] {
  return adds.flatMap((item) => {
    if (item.kind === "grant" || item.kind === "membership" || item.kind === "file") return [];
    return item.name === "governed files" ? [] : [`${item.kind} ${item.name}`];
  });
}
