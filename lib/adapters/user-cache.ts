import { createHash, randomBytes } from "node:crypto";
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

/** Whose cache, and of which repository. */
export interface UserCachePlace {
  /** The process's environment: `XDG_CACHE_HOME`, else `HOME`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory of leasehold.yaml, absolute. */
  readonly repository: string;
}

/** A place for what can be computed again, outside the repository. */
export interface UserCache {
  /** 32 random bytes that seal what is kept there: whoever can write it, but not read this, cannot make it say anything. */
  readonly key: Uint8Array;
  /** Absolute path of the file for this repository. */
  readonly path: string;
}

/**
 * The cache of this user on this machine for one repository; its key is made when it is missing, in a
 * file that only its owner can read. Undefined where there is no such place, where it would lie in the
 * repository itself, or where the key is not ours alone: then there is no cache.
 */
export function tryFindUserCache(place: UserCachePlace): UserCache | undefined {
  const directory = cacheDirectory(place.environment);
  if (directory === undefined) return undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const repository = realpathSync(place.repository);
    if (isWithin(repository, realpathSync(directory))) return undefined;
    const file = join(directory, "key");
    const name = createHash("sha256").update(repository).digest("hex").slice(0, 32);
    return { key: readKey(file) ?? makeKey(file), path: join(directory, `requests-${name}`) };
  } catch {
    return undefined;
  }
}

const keyBytes = 32;

function cacheDirectory(environment: UserCachePlace["environment"]): string | undefined {
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
