/** `1 grant`, `2 grants`; `many` where an s is not enough. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? "nobody";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** The first of some items and how many more there are: `a, b and 7 more`. */
export function someOf(items: readonly string[], most: number): string {
  if (items.length <= most) return listOf(items);
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** The same items by a key, in order of first appearance. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Items of which a condition holds and the others, each in order. */
export function partition<Item>(
  items: readonly Item[],
  holds: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** A sentence with its first letter large. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
