import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  writeSync,
} from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/** Where a key for sealing caches may be. */
export interface CacheKeyPlace {
  /** The process's environment: `XDG_CACHE_HOME`, else `HOME`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The repository whose cache it seals: a key within it would be no secret. */
  readonly repository: string;
}

/**
 * The key that seals caches of this user on this machine, made when it is missing: 32 random bytes in
 * a file that only its owner can read, outside the repository. Undefined where there is no such place,
 * or where the file is not ours alone: then there is no cache.
 */
export function tryReadCacheKey(place: CacheKeyPlace): Uint8Array | undefined {
  const directory = cacheDirectory(place.environment);
  if (directory === undefined) return undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isWithin(realpathSync(place.repository), realpathSync(directory))) return undefined;
    const file = join(directory, "key");
    return readKey(file) ?? makeKey(file);
  } catch {
    return undefined;
  }
}

const keyBytes = 32;

function cacheDirectory(environment: CacheKeyPlace["environment"]): string | undefined {
  const { XDG_CACHE_HOME: cache = "", HOME: home = "" } = environment;
  const base = isAbsolute(cache) ? cache : isAbsolute(home) ? join(home, ".cache") : undefined;
  return base === undefined ? undefined : join(base, "leasehold");
}

function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Undefined when it is missing; throws when it is there and not to be trusted. */
function readKey(path: string): Uint8Array | undefined {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    const isOurs = stat.isFile() && (stat.mode & 0o077) === 0 && stat.uid === process.getuid?.();
    const key = Buffer.alloc(keyBytes);
    if (!isOurs || stat.size !== keyBytes || readSync(file, key, 0, keyBytes, 0) !== keyBytes)
      throw new Error("no key");
    return key;
  } finally {
    closeSync(file);
  }
}

/** Fails when another run makes it at the same time: that run has the cache then. */
function makeKey(path: string): Uint8Array {
  const key = randomBytes(keyBytes);
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    if (writeSync(file, key) !== keyBytes) throw new Error("disk full");
    return key;
  } finally {
    closeSync(file);
  }
}
