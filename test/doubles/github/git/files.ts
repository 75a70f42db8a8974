/** Files of a commit as tests write them. */
import type { BareRepository } from "./bare-repository";
import type { TreeEntry } from "./objects";

/** What a path shall hold: text, bytes, a link, a submodule, or nothing. JSON, so that it can cross to another process. */
export type FileContent =
  | string
  | null
  | { readonly base64: string }
  | { readonly executable: string }
  | { readonly link: string }
  | { readonly submodule: string };

/** Contents by path; a path may have newlines and quotes in it. */
export type FileMap = Readonly<Record<string, FileContent>>;

/** The tree that has `files` changed in the tree `base` (null: the empty one). */
export function writeFiles(repository: BareRepository, base: string | null, files: FileMap): Promise<string> {
  return writeEntries(repository, base, Object.entries(files));
}

type Written = readonly [path: string, content: FileContent];

async function writeEntries(
  repository: BareRepository,
  base: string | null,
  files: readonly Written[],
): Promise<string> {
  const entries = new Map((base === null ? [] : await repository.readTree(base)).map((one) => [one.name, one]));
  const folders = new Map<string, Written[]>();
  for (const [path, content] of files) {
    const slash = path.indexOf("/");
    if (slash === -1) setEntry(repository, entries, path, content);
    else {
      const inside = folders.get(path.slice(0, slash)) ?? [];
      folders.set(path.slice(0, slash), inside);
      inside.push([path.slice(slash + 1), content]);
    }
  }
  for (const [name, inside] of folders) {
    const before = entries.get(name);
    const tree = await writeEntries(repository, before?.mode === "40000" ? before.sha : null, inside);
    if ((await repository.readTree(tree)).length === 0) entries.delete(name);
    else entries.set(name, { mode: "40000", name, sha: tree });
  }
  return repository.writeTree([...entries.values()]);
}

function setEntry(
  repository: BareRepository,
  entries: Map<string, TreeEntry>,
  name: string,
  content: FileContent,
): void {
  if (content === null) entries.delete(name);
  else entries.set(name, { name, ...stored(repository, content) });
}

function stored(repository: BareRepository, content: Exclude<FileContent, null>): Omit<TreeEntry, "name"> {
  if (typeof content === "string") return { mode: "100644", sha: repository.writeBlob(Buffer.from(content)) };
  if ("base64" in content) return { mode: "100644", sha: repository.writeBlob(Buffer.from(content.base64, "base64")) };
  if ("executable" in content) return { mode: "100755", sha: repository.writeBlob(Buffer.from(content.executable)) };
  if ("link" in content) return { mode: "120000", sha: repository.writeBlob(Buffer.from(content.link)) };
  return { mode: "160000", sha: content.submodule };
}

/** A file or folder below a tree. */
export interface FoundEntry extends TreeEntry {
  readonly path: string;
}

/** All entries below a tree in GitHub's order (each folder before what is in it), `recursive` or of one level. */
export async function listTree(
  repository: BareRepository,
  tree: string,
  depth: "one level" | "recursive",
  under = "",
): Promise<readonly FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (const entry of await repository.readTree(tree)) {
    const path = `${under}${entry.name}`;
    found.push({ ...entry, path });
    if (depth === "recursive" && entry.mode === "40000") {
      found.push(...(await listTree(repository, entry.sha, depth, `${path}/`)));
    }
  }
  return found;
}

/** The entry at a path, or undefined. */
export async function tryFindEntry(
  repository: BareRepository,
  tree: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const [first = "", ...rest] = path.split("/");
  const entry = (await repository.readTree(tree)).find((one) => one.name === first);
  if (entry === undefined || rest.length === 0) return entry;
  return entry.mode === "40000" ? tryFindEntry(repository, entry.sha, rest.join("/")) : undefined;
}
