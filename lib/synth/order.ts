/** Items in ascending order of a name, by UTF-16 code units: the same on every machine and in every locale. */
export function sortedBy<T>(items: readonly T[], name: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => compare(name(a), name(b)));
}

/** Texts in ascending order, each once. */
export function sortedNames(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].toSorted();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
