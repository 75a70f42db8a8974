import { digestOfText, type Digest } from "../model/canonical";
import { requestDigest, type AccessRequest } from "../model/request";

/** How many children a node has, as a power of two, and how many levels of nodes stand over the leaves. */
const widthBits = 5;
const levels = 3;
const width = 1 << widthBits;

/**
 * The digest of a request set, kept up while requests change: a tree, so that its cost follows what changed. The
 * requests are dealt out to its 32,768 leaves by their names; a leaf's text is the name and digest in it, or the digest over several
 * in ascending order, a node's over those of its 32 children, and the set's is the root's. What is empty has an empty text.
 */
export class RequestTree {
  readonly #leaves = new Map<number, Map<string, Digest>>();
  /** Of each level, from the leaves up to the root, which stands alone. */
  readonly #digests = Array.from({ length: levels + 1 }, (_, level) =>
    Array<string>(1 << (widthBits * (levels - level))).fill(""),
  );
  readonly #stale = new Set<number>();

  constructor(requests: readonly AccessRequest[]) {
    for (const request of requests) this.put(request);
  }

  /** Adds a request, or puts it in the place of the one of its name. */
  put(request: AccessRequest): void {
    const at = leafOf(request.name);
    const leaf = this.#leaves.get(at) ?? new Map<string, Digest>();
    leaf.set(request.name, requestDigest(request));
    this.#leaves.set(at, leaf);
    this.#stale.add(at);
  }

  remove(name: string): void {
    const at = leafOf(name);
    if (this.#leaves.get(at)?.delete(name) === true) this.#stale.add(at);
  }

  digest(): Digest {
    let stale: ReadonlySet<number> = new Set(this.#stale);
    for (const at of stale) this.#put(0, at, leafText(this.#leaves.get(at)));
    for (let level = 1; level <= levels; level += 1) {
      stale = new Set([...stale].map((at) => at >> widthBits));
      for (const at of stale) this.#put(level, at, this.#nodeDigest(level, at));
    }
    this.#stale.clear();
    const root = this.#digests[levels]?.[0] ?? "";
    return root === "" ? digestOfText("") : root;
  }

  #put(level: number, at: number, digest: string): void {
    const row = this.#digests[level];
    if (row !== undefined) row[at] = digest;
  }

  #nodeDigest(level: number, at: number): string {
    const from = at << widthBits;
    const children = this.#digests[level - 1]?.slice(from, from + width) ?? [];
    return children.every((child) => child === "") ? "" : digestOfText(children.join("\n"));
  }
}

/** FNV-1a: it only deals out, so nothing depends on how hard it is to foresee. */
function leafOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & ((1 << (widthBits * levels)) - 1);
}

function leafText(leaf: ReadonlyMap<string, Digest> | undefined): string {
  if (leaf === undefined || leaf.size === 0) return "";
  const lines = [...leaf].map(([name, digest]) => `${JSON.stringify(name)} ${digest}`);
  // One alone stands for itself: in most estates that is most leaves.
  return lines.length === 1 ? (lines[0] ?? "") : digestOfText(lines.sort().join("\n"));
}
