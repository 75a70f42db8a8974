import { lstatSync, mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";

/** Whose cache, and of which checkout. */
interface CachePlace {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A directory that only this user can write, for copies of remotes: `leasehold` in the user's cache, else in
 * the system's temporary directory. Never in the checkout: git does what the config of a repository says,
 * and a commit could bring one. Where none of them is ours alone, a new one for this process.
 */
export function privateDirectory({ root, environment }: CachePlace): string {
  const { XDG_CACHE_HOME: cache = "", HOME: home = "" } = environment;
  const candidates = [
    ...(isAbsolute(cache) ? [join(cache, "leasehold")] : isAbsolute(home) ? [join(home, ".cache", "leasehold")] : []),
    join(tmpdir(), `leasehold-${process.getuid?.() ?? "user"}`),
  ];
  for (const candidate of candidates) {
    const made = tryMake(candidate, root);
    if (made !== undefined) return made;
  }
  return mkdtempSync(join(tmpdir(), "leasehold-"));
}

function tryMake(path: string, root: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const stat = lstatSync(path);
    const isOurs = stat.isDirectory() && (process.getuid === undefined || stat.uid === process.getuid());
    if (!isOurs || (process.platform !== "win32" && (stat.mode & 0o022) !== 0)) return undefined;
    const real = realpathSync(path);
    return isWithin(realpathSync(root), real) ? undefined : real;
  } catch {
    return undefined;
  }
}

function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
