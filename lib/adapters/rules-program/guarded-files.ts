import {
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  type Dirent,
  type PathLike,
  type Stats,
} from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { InputNotes } from "./inputs";

/** The reading functions of `fs`, kept within what may be read also where symbolic links lead. */
export interface GuardedFiles {
  /** The bytes of a file; throws with the code EACCES outside, ENOENT where there is none. */
  read(path: string): Buffer;
  /** Whether a file is there and may be read. */
  isFile(path: string): boolean;
  /** What stands for `fs` in a rules program. */
  readonly module: Readonly<Record<string, unknown>>;
  /** What stands for `fs/promises`. */
  readonly promises: Readonly<Record<string, unknown>>;
}

/** Makes the reading functions of a rules program. */
export function guardedFiles(options: {
  readonly repository: string;
  readonly readable: readonly string[];
  readonly notes: InputNotes;
}): GuardedFiles {
  const { repository, readable, notes } = options;
  const wholes = new Set(readable);

  function checked(given: PathLike): string {
    const path = resolve(repository, textOf(given));
    const real = path.startsWith(repository + sep) ? tryRealPath(path) : path;
    if (real === undefined) {
      notes.absent(path);
      throw systemError("ENOENT", "no such file or directory", path);
    }
    if (isReadable(real, wholes)) return real;
    throw systemError("EACCES", "a rules program may read only what its repository shows it", path);
  }

  function read(path: PathLike): Buffer {
    const real = checked(path);
    const content = readFileSync(real);
    notes.file(real, content);
    return content;
  }

  function list(path: PathLike): readonly Dirent[] {
    const real = checked(path);
    const entries = readdirSync(real, { withFileTypes: true });
    notes.directory(
      real,
      entries.map((entry) => entry.name),
    );
    return entries.filter((entry) => isReadable(join(real, entry.name), wholes));
  }

  /** A size or a kind can decide something, so what was looked at counts as read. */
  function look(path: PathLike): Stats {
    const real = checked(path);
    const stats = statSync(real);
    if (stats.isDirectory()) list(real);
    else if (stats.isFile()) read(real);
    return stats;
  }

  function isFile(path: string): boolean {
    try {
      return statSync(checked(path)).isFile();
    } catch {
      return false;
    }
  }

  const names = (path: PathLike, how?: unknown): unknown => {
    const entries = list(path);
    const wantsEntries =
      typeof how === "object" && how !== null && "withFileTypes" in how && how.withFileTypes === true;
    return wantsEntries ? entries : entries.map((entry) => entry.name);
  };
  const text = (path: PathLike, how?: unknown): string | Buffer => {
    const encoding = typeof how === "object" && how !== null && "encoding" in how ? how.encoding : how;
    const content = read(path);
    return typeof encoding === "string" ? content.toString(encoding as BufferEncoding) : content;
  };
  const exists = (path: PathLike): boolean => {
    try {
      look(path);
      return true;
    } catch {
      return false;
    }
  };
  const real = (path: PathLike): string => checked(path);
  const link = (path: PathLike): Stats => {
    look(path);
    return lstatSync(resolve(repository, textOf(path)));
  };
  const promises = Object.freeze({
    readFile: async (path: PathLike, how?: unknown) => text(path, how),
    readdir: async (path: PathLike, how?: unknown) => names(path, how),
    stat: async (path: PathLike) => look(path),
    lstat: async (path: PathLike) => link(path),
    realpath: async (path: PathLike) => real(path),
    access: async (path: PathLike) => void look(path),
  });
  const module = Object.freeze({
    readFileSync: text,
    readdirSync: names,
    existsSync: exists,
    statSync: look,
    lstatSync: link,
    realpathSync: real,
    accessSync: (path: PathLike) => void look(path),
    promises,
  });
  return { read: (path) => read(path), isFile, module, promises };
}

function isReadable(path: string, wholes: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(sep, end - 1)) {
    if (wholes.has(path.slice(0, end))) return true;
  }
  return false;
}

function textOf(path: PathLike): string {
  if (path instanceof URL) return fileURLToPath(path);
  return typeof path === "string" ? path : Buffer.from(path).toString("utf8");
}

/** The real path; undefined where nothing is, and empty where the permission model forbids to look. */
function tryRealPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ERR_ACCESS_DENIED" ? "" : undefined;
  }
}

function systemError(code: string, words: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${words}, '${path}'`), { code, path });
}
