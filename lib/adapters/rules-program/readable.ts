import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { failure } from "../../errors";

/** What a rules program may read of a repository. */
export interface ReadableOptions {
  /** The repository, a real path. */
  readonly repository: string;
  /** Paths that it may not read, absolute: the Log, a gateway's directory, key files. */
  readonly hidden: readonly string[];
}

/**
 * The files and directories of a repository that a rules program may read. The permission model knows
 * no exceptions and follows symbolic links wherever they lead, so a directory is given as a whole only if
 * nothing in it is hidden and no link in it leads out; else its entries are listed one by one. Throws
 * E703 where that would be too many, E201 when the repository is too large to look through.
 */
export function readableEntries(options: ReadableOptions): readonly string[] {
  if (options.repository.includes("*")) throw starInPath(options.repository);
  const walk: Walk = {
    ...options,
    hidden: new Set(options.hidden.flatMap(spellings)),
    known: new Map(),
    seen: 0,
    escape: undefined,
  };
  const found = entriesOf(options.repository, walk);
  if (found.length > mostEntries) throw tooManyEntries(walk);
  return found;
}

interface Walk {
  readonly repository: string;
  readonly hidden: ReadonlySet<string>;
  readonly known: Map<string, readonly string[]>;
  seen: number;
  escape: string | undefined;
}

/** Where tools keep credentials in a repository. */
const alwaysHidden = /^(?:\.git|\.npmrc|\.netrc|\.env(?:\..*)?|\.aws|\.ssh|\.gnupg)$/;
const mostEntries = 2_000;
const mostSeen = 500_000;

/** The directory itself if all of it may be read, else what in it may be. */
function entriesOf(directory: string, walk: Walk): readonly string[] {
  const known = walk.known.get(directory);
  if (known !== undefined) return known;
  // A link back to where we are would lead round for ever: until it is known, nothing may be read.
  walk.known.set(directory, []);
  let isWhole = directory !== walk.repository;
  const entries: string[] = [];
  for (const entry of entriesIn(directory)) {
    const path = join(directory, entry.name);
    const found = entryOf(path, entry, walk);
    if (found.length !== 1 || found[0] !== path) isWhole = false;
    for (const one of found) entries.push(one);
  }
  const result = isWhole ? [directory] : entries;
  walk.known.set(directory, result);
  return result;
}

/** A directory that we may not look into, or that has just gone, has nothing to show. */
function entriesIn(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function entryOf(path: string, entry: Dirent, walk: Walk): readonly string[] {
  walk.seen += 1;
  if (walk.seen > mostSeen) throw tooLarge(walk.repository);
  // A star in a path is a wildcard to the permission model: it would give all that stands beside it.
  if (walk.hidden.has(path) || alwaysHidden.test(entry.name) || entry.name.includes("*")) return [];
  if (entry.isSymbolicLink()) return linkEntry(path, walk);
  if (entry.isDirectory()) return entriesOf(path, walk);
  // Sockets, devices and pipes are nothing that a program reads.
  return entry.isFile() ? [path] : [];
}

/**
 * A link may be followed only if all that it leads to may be read: the permission model looks at the
 * path that is asked for, not at where it ends.
 */
function linkEntry(path: string, walk: Walk): readonly string[] {
  const real = tryRealPath(path);
  if (real === undefined || !real.startsWith(walk.repository + sep)) {
    walk.escape ??= path;
    return [];
  }
  if (isHidden(real, walk)) return [];
  if (!statSync(real).isDirectory()) return [path];
  const found = entriesOf(real, walk);
  return found.length === 1 && found[0] === real ? [path] : [];
}

function isHidden(path: string, walk: Walk): boolean {
  for (let at = path; at.length > walk.repository.length; at = dirname(at)) {
    if (walk.hidden.has(at) || alwaysHidden.test(basename(at))) return true;
  }
  return false;
}

/** A path as given and as it really is, since either may be met. */
function spellings(path: string): readonly string[] {
  const real = tryRealPath(path);
  return real === undefined || real === path ? [path] : [path, real];
}

function tryRealPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function tooManyEntries(walk: Walk): Error {
  const cause = walk.escape ?? [...walk.hidden][0] ?? walk.repository;
  return failure("E703", {
    summary: "the rules program's files cannot be told from what it may not read",
    detail: `${cause} stands among too many other files`,
    fix:
      walk.escape === undefined
        ? "keep the Log, the gateway's directory and keys in directories of their own"
        : "remove the symbolic link that leads out of the repository",
  });
}

function starInPath(repository: string): Error {
  return failure("E703", {
    summary: "a rules program cannot be run in this directory",
    detail: `the path ${repository} has a star in it`,
    fix: "rename the directory",
  });
}

function tooLarge(repository: string): Error {
  return failure("E201", {
    detail: `${repository} has more than ${mostSeen} files`,
    fix: "keep the rules in a repository of their own",
  });
}
