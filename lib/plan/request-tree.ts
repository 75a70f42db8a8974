import { digestOfText, type Digest } from "../model/canonical";
import { requestDigest, type AccessRequest } from "../model/request";

/** How many buckets there are; a power of two. */
const width = 4_096;

/**
 * The digest of a request set, kept up while requests change: a tree of two levels, so that its cost
 * follows what changed. The requests are dealt out to buckets by their names; a bucket's digest is over the
 * names and digests in it, in ascending order, and the set's over all buckets.
 */
export class RequestTree {
  readonly #buckets = new Map<number, Map<string, Digest>>();
  /** Of the buckets, empty text where there is none. */
  readonly #digests = Array.from({ length: width }, () => "");
  readonly #stale = new Set<number>();

  constructor(requests: readonly AccessRequest[]) {
    for (const request of requests) this.put(request);
  }

  /** Adds a request, or puts it in the place of the one of its name. */
  put(request: AccessRequest): void {
    const at = bucketOf(request.name);
    const bucket = this.#buckets.get(at) ?? new Map<string, Digest>();
    bucket.set(request.name, requestDigest(request));
    this.#buckets.set(at, bucket);
    this.#stale.add(at);
  }

  remove(name: string): void {
    const at = bucketOf(name);
    if (this.#buckets.get(at)?.delete(name) === true) this.#stale.add(at);
  }

  digest(): Digest {
    for (const at of this.#stale) this.#digests[at] = bucketDigest(this.#buckets.get(at));
    this.#stale.clear();
    return digestOfText(this.#digests.join("\n"));
  }
}

/** FNV-1a: it only deals out, so nothing depends on how hard it is to foresee. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash & (width - 1);
}

function bucketDigest(bucket: ReadonlyMap<string, Digest> | undefined): string {
  if (bucket === undefined || bucket.size === 0) return "";
  return digestOfText(
    [...bucket]
      .map(([name, digest]) => `${JSON.stringify(name)} ${digest}`)
      .sort()
      .join("\n"),
  );
}
