import { diagnostic, type Diagnostic } from "../errors";
import { hasHiddenCharacter } from "../model/characters";
import { limits } from "../model/limits";
import type { SourceTree, TreeEntry } from "../ports";
import { advance, canDescend, isMatch, startOf, type Glob, type GlobState } from "./glob";

/** The files that a glob finds, sorted, and what stands in their way. */
export interface FilesFound {
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Walks a tree along a glob. Whatever the glob would take but is no regular file is a problem, never
 * skipped: a directory or pipe with such a name, and every symbolic link, of a file or of a directory
 * on the way, wherever it leads. A file that only looks like a request is a warning.
 */
export async function findFiles(tree: SourceTree, glob: Glob): Promise<FilesFound> {
  const walk = new Walk(glob);
  // One directory after the other: their number, not their reading, is what is large.
  for (let next = walk.next(); next !== undefined; next = walk.next()) {
    // oxlint-disable-next-line no-await-in-loop
    for (const entry of await tree.list(next.path)) walk.meet(entry, next);
    if (walk.isOver) break;
  }
  return { files: walk.files.toSorted(), diagnostics: walk.diagnostics };
}

interface Directory {
  readonly path: string;
  readonly state: GlobState;
}

class Walk {
  readonly files: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #open: Directory[];
  #met = 0;

  constructor(private readonly glob: Glob) {
    this.#open = [{ path: "", state: startOf(glob) }];
  }

  get isOver(): boolean {
    return this.#met > mostEntries;
  }

  next(): Directory | undefined {
    return this.#open.pop();
  }

  meet(entry: TreeEntry, directory: Directory): void {
    this.#met += 1;
    if (this.#met === mostEntries + 1) this.#report("E109", directory.path, tooManyFiles);
    if (this.isOver) return;
    const path = directory.path === "" ? entry.name : `${directory.path}/${entry.name}`;
    const state = advance(this.glob, directory.state, entry.name);
    const matches = isMatch(this.glob, state);
    const descends = canDescend(this.glob, state);
    if (matches && hasHiddenCharacter(entry.name)) this.#report("E110", path, hiddenName);
    else if (entry.kind === "file") this.#meetFile(path, matches, directory);
    else if (entry.kind === "link" && (matches || descends)) this.#report("E703", path, link);
    else if (matches) this.#report("E101", path, entry.kind === "directory" ? directoryInPlace : noFile);
    if (entry.kind === "directory" && descends) this.#open.push({ path, state });
  }

  #meetFile(path: string, matches: boolean, directory: Directory): void {
    if (matches) this.files.push(path);
    else if (/\.ya?ml$/i.test(path) && directory.path !== "" && isMatch(this.glob, this.#asIf(directory))) {
      const words = { ...lookalike, detail: `it is not one of ${this.glob.text}` };
      this.diagnostics.push(diagnostic("E111", { ...words, severity: "warning", where: placeOf(path) }));
    }
  }

  /** Where a file of the directory would be, had it the name that the glob wants last. */
  #asIf(directory: Directory): GlobState {
    const wanted = (this.glob.segments.at(-1) ?? "").replaceAll("*", "a");
    return advance(this.glob, directory.state, wanted);
  }

  #report(code: "E101" | "E109" | "E110" | "E703", path: string, words: Words): void {
    this.diagnostics.push(diagnostic(code, { ...words, where: placeOf(path) }));
  }
}

interface Words {
  readonly summary?: string;
  readonly detail: string;
  readonly fix: string;
}

/** Other files lie beside requests, but no repository has ten times as many. */
const mostEntries = limits.requestFiles * 2;

const tooManyFiles: Words = {
  summary: "too many files",
  detail: `more than ${mostEntries} files and directories below the directories of the requests`,
  fix: "run `leasehold tidy`, or set `requests:` in leasehold.yaml to a smaller part",
};
const hiddenName: Words = {
  summary: "the name of the file has a hidden character",
  detail: "a name that nobody can read or tell from another",
  fix: "rename the file",
};
const link: Words = {
  summary: "a symbolic link where request files are",
  detail: "links are not followed: one could lead out of the repository",
  fix: "put the file itself here, or remove the link",
};
const directoryInPlace: Words = { detail: "a directory with the name of a request file", fix: "rename the directory" };
const noFile: Words = { detail: "a pipe, socket or device with the name of a request file", fix: "remove it" };
const lookalike = {
  summary: "the file looks like a request but is not read",
  fix: "rename it to end as `requests:` in leasehold.yaml says, or move it away",
};

function placeOf(file: string): { file: string; line: number; column: number; length: number } {
  return { file, line: 1, column: 1, length: 1 };
}
