import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson, type Digest } from "../model/canonical";
import type { AccessRequest } from "../model/request";
import type { Files } from "../ports";

/** Requests by the digest of their file's bytes, so that an unchanged file need not be parsed again. */
export interface ParseCache {
  tryFind(digest: Digest): AccessRequest | undefined;
  add(digest: Digest, request: AccessRequest): void;
}

/** A ParseCache in a file. */
export interface StoredParseCache extends ParseCache {
  /** Writes what was used or added since it was opened; nothing when nothing changed. Where it cannot be written it is left. */
  save(): Promise<void>;
}

/** Where a cache is and what it is good for. */
export interface ParseCacheInput {
  readonly files: Files;
  /** Absolute path of the file, outside the repository: see lib/adapters/user-cache.ts. */
  readonly path: string;
  /**
   * At least 16 random bytes that only this user of this machine can read, kept outside every
   * repository: whoever can write the cache but does not have the key cannot make it say anything.
   */
  readonly key: Uint8Array;
  /** The version of Leasehold: another one may read the same bytes differently. */
  readonly version: string;
}

/**
 * Opens a cache. A file that is missing, too large, of another version, altered or sealed with
 * another key counts as empty: then everything is parsed anew, and nothing else happens.
 */
export async function openParseCache(input: ParseCacheInput): Promise<StoredParseCache> {
  const known = await readEntries(input);
  const used = new Map<Digest, AccessRequest>();
  let isChanged = false;
  return {
    tryFind: (digest) => {
      const request = known.get(digest);
      if (request !== undefined) used.set(digest, request);
      return request;
    },
    add: (digest, request) => {
      isChanged = true;
      used.set(digest, request);
    },
    save: async () => {
      if (!isChanged && used.size === known.size) return;
      const body = canonicalJson(Object.fromEntries(used));
      await tryWrite(input, `${seal(input, body)}\n${body}\n`);
    },
  };
}

/** What the text of the file means; a change of what `parseRequest` gives needs a new one. */
const format = "leasehold-requests-1";
const mostBytes = 268_435_456;

async function readEntries(input: ParseCacheInput): Promise<ReadonlyMap<Digest, AccessRequest>> {
  const text = await tryReadText(input);
  const [mark = "", body = ""] = text?.split("\n", 2) ?? [];
  if (!isSame(mark, seal(input, body))) return new Map();
  return new Map(Object.entries(JSON.parse(body) as Readonly<Record<Digest, AccessRequest>>));
}

/** A cache that cannot be read is an empty one. */
async function tryReadText(input: ParseCacheInput): Promise<string | undefined> {
  try {
    return await input.files.tryReadText(input.path, mostBytes);
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is only slow: the run goes on. */
async function tryWrite(input: ParseCacheInput, text: string): Promise<void> {
  try {
    await input.files.writeText(input.path, text, { mode: 0o600 });
  } catch {
    // Read-only homes and full disks are other people's errors to report.
  }
}

function seal(input: ParseCacheInput, body: string): string {
  return createHmac("sha256", input.key).update(`${format}\n${input.version}\n`).update(body).digest("hex");
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
