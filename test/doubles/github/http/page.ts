import type { Answer } from "./answer";

/** What a page is cut from, and where it lies. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly view: (item: T) => unknown;
  /** The call's address, query and all. */
  readonly url: URL;
  /** The largest page; @default 100 */
  readonly pageSize: number;
  /** How the page is wrapped where it is not a bare list, as in `{ total_count, check_runs }`. */
  readonly wrap?: (page: readonly unknown[]) => unknown;
}

/** A page with GitHub's Link header: `page` from 1, `per_page` 30 unless told, never more than 100. */
export async function paged<T>({ items, view, url, pageSize, wrap }: PageOf<T>): Promise<Answer> {
  const size = Math.min(pageSize, Math.max(1, Number(url.searchParams.get("per_page") ?? 30) || 30));
  const page = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const shown = await Promise.all(items.slice((page - 1) * size, page * size).map(view));
  const links: string[] = [];
  const link = (to: number, relation: string) => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    links.push(`<${target.href}>; rel="${relation}"`);
  };
  if (page > 1) link(Math.min(page - 1, last), "prev");
  if (page < last) link(page + 1, "next");
  if (page < last) link(last, "last");
  if (page > 1) link(1, "first");
  const headers = links.length === 0 ? {} : { link: links.join(", ") };
  return { status: 200, json: wrap === undefined ? shown : wrap(shown), headers };
}
