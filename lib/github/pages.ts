import type { Foreign } from "./foreign";

/** One page of a connection of GraphQL. */
export interface Page {
  readonly nodes: readonly Foreign[];
  /** Where the next page begins; absent on the last. */
  readonly after?: string;
  readonly total: number;
}

/** What is asked of each connection besides its nodes. */
export const pageFields = "totalCount pageInfo { hasNextPage endCursor }";

/** Reads a page; a node that is null, as GitHub gives what failed, makes the whole senseless. */
export function pageOf(connection: Foreign): Page {
  const nodes = connection.get("nodes").list(100);
  const hole = nodes.find((node) => node.isNull);
  if (hole !== undefined) hole.fail("null in a list");
  const info = connection.get("pageInfo");
  const after = info.get("hasNextPage").boolean() ? info.get("endCursor").string(1_000) : undefined;
  const total = connection.get("totalCount").count();
  return { nodes, total, ...(after === undefined ? {} : { after }) };
}

/** How pages are followed. */
export interface PagesOptions {
  /** More nodes than these are an error. */
  readonly most: number;
  /** Reads the connection after a cursor. */
  readonly next: (after: string) => Promise<Foreign>;
}

/** Follows pages to the end and gives all nodes. Throws E522 where that is less than GitHub says there are, or more than `most`. */
export async function allNodes(connection: Foreign, { most, next }: PagesOptions): Promise<readonly Foreign[]> {
  let page = pageOf(connection);
  const nodes = [...page.nodes];
  const seen = new Set<string>();
  while (page.after !== undefined) {
    const { after } = page;
    if (seen.has(after)) connection.fail("the pages go round in a circle");
    if (nodes.length > most) connection.fail(`more than ${most}`);
    seen.add(after);
    // oxlint-disable-next-line no-await-in-loop -- a page names the one after it
    page = pageOf(await next(after));
    nodes.push(...page.nodes);
  }
  if (nodes.length < page.total) connection.fail(`${nodes.length} of ${page.total} listed`);
  if (nodes.length > most) connection.fail(`more than ${most}`);
  return nodes;
}
