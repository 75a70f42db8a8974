import { limits } from "../model/limits";
import type { TreeFile } from "../request";
import type { Foreign } from "./foreign";
import { senseless } from "./foreign";
import { directoryMode, emptyTree, treeId, type TreeName } from "./git-objects";
import { kept } from "./kept";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/** A file, symbolic link or submodule of a tree. */
export interface TreeEntry extends TreeFile {
  /** In bytes; absent for a submodule. */
  readonly size?: number;
}

/** Everything in the tree of a commit, by path; directories are not in it. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/**
 * Reads a whole tree by its id. The ids of all directories are computed again from what was answered, up to the
 * root's: an answer that is cut or garbled cannot pass. Throws E522 for it, also where GitHub itself says that
 * it cut the list.
 */
export async function readTree(github: GitHub, repository: RepositoryName, id: string): Promise<Tree> {
  if (id === emptyTree) return new Map();
  const known = trees.tryGet(github, id);
  if (known !== undefined) return known;
  const { owner, name: repo } = repository;
  const answer = await github.ask("tree", { owner, repo, tree_sha: id, recursive: "1" });
  if (answer.get("truncated").boolean()) {
    throw senseless(
      `tree ${id}: GitHub does not list so many files`,
      "keep access requests and rules in a repository of their own",
    );
  }
  const listed = answer.get("tree").list(limits.treeEntries).map(listedOf);
  expectId(id, listed);
  const tree = new Map(listed.flatMap((one): [string, TreeEntry][] => (one.isDirectory ? [] : [[one.path, one]])));
  trees.put(github, id, tree);
  return tree;
}

const trees = kept<Tree>(64);

interface Listed extends TreeEntry {
  readonly isDirectory: boolean;
}

function listedOf(item: Foreign): Listed {
  const path = item.get("path").string(limits.pathCharacters);
  const type = item.get("type").oneOf("blob", "tree", "commit");
  const mode = item.get("mode").oneOf("100644", "100755", "100664", "120000", "160000", "040000");
  const isDirectory = mode === "040000";
  if (isDirectory !== (type === "tree")) item.fail("type and mode do not agree");
  if (path.split("/").some((name) => name === "" || name === "." || name === ".." || name.toLowerCase() === ".git")) {
    item.fail("a name that no file may have");
  }
  const size = type === "blob" ? { size: item.get("size").count() } : {};
  return { path, mode, blob: item.get("sha").sha(), ...size, isDirectory };
}

/** Computes the tree's id bottom-up and compares it at each directory. */
function expectId(id: string, listed: readonly Listed[]): void {
  const directories = new Map<string, TreeName[]>([["", []]]);
  for (const one of listed) if (one.isDirectory) directories.set(one.path, []);
  for (const { path, mode, blob, isDirectory } of listed) {
    const cut = path.lastIndexOf("/");
    const names = directories.get(cut < 0 ? "" : path.slice(0, cut));
    if (names === undefined) throw mismatch(id, listed);
    names.push({ name: path.slice(cut + 1), mode: isDirectory ? directoryMode : mode, id: blob });
  }
  // A directory's id is in the names of the one above: where each agrees with its own, so does the whole.
  const expected = new Map(
    listed.flatMap((one): [string, string][] => (one.isDirectory ? [[one.path, one.blob]] : [])),
  );
  expected.set("", id);
  for (const [path, names] of directories) {
    if (treeId(names) !== expected.get(path)) throw mismatch(id, listed);
  }
}

function mismatch(id: string, listed: readonly Listed[]): Error {
  const isMangled = listed.some(({ path }) => path.includes("\uFFFD"));
  return senseless(
    `tree ${id}: what GitHub listed is not what the id stands for`,
    isMangled ? "a file's name is not UTF-8: rename it" : "run it again",
  );
}
