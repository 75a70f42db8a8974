import { GraphQLFault } from "./fault";

/** How a page is asked for. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** What a list is made of. */
export interface ConnectionSource<T> {
  /** The field's name, for GitHub's messages. */
  readonly name: string;
  readonly items: readonly T[];
  readonly view: (item: T) => unknown;
  readonly pageSize: number;
  /** @default the number of items; where GitHub counts more than it lists */
  readonly totalCount?: number;
  readonly edge?: (item: T) => Readonly<Record<string, unknown>>;
}

/** A connection as GitHub pages it: `first` or `last` must be given, at most 100; cursors are opaque. */
export function connection<T>(source: ConnectionSource<T>, page: PageArguments): Readonly<Record<string, unknown>> {
  const { items, name } = source;
  const { first, last } = page;
  if (typeof first !== "number" && typeof last !== "number") {
    throw new GraphQLFault(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  for (const [key, count] of [
    ["first", first],
    ["last", last],
  ] as const) {
    if (typeof count !== "number" || (count >= 0 && count <= source.pageSize)) continue;
    throw new GraphQLFault(
      "EXCESSIVE_PAGINATION",
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`${key}\` limit of ${source.pageSize} records.`,
    );
  }
  let from = positionOf(page.after, 0);
  let to = positionOf(page.before, items.length + 1) - 1;
  if (to > items.length) to = items.length;
  if (typeof first === "number") to = Math.min(to, from + first);
  if (typeof last === "number") from = Math.max(from, to - last);
  const shown = items.slice(from, to);
  return {
    totalCount: source.totalCount ?? items.length,
    nodes: () => shown.map(source.view),
    edges: () =>
      shown.map((item, index) => ({
        cursor: cursorOf(from + index + 1),
        node: source.view(item),
        ...source.edge?.(item),
      })),
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: shown.length === 0 ? null : cursorOf(from + 1),
      endCursor: shown.length === 0 ? null : cursorOf(from + shown.length),
    },
  };
}

function cursorOf(position: number): string {
  return Buffer.from(`cursor:v2:${position}`).toString("base64");
}

function positionOf(cursor: string | null | undefined, none: number): number {
  if (typeof cursor !== "string") return none;
  const match = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  if (match === null)
    throw new GraphQLFault("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(match[1]);
}
