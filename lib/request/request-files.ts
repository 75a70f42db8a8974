import { digestOf, type Digest } from "../model/canonical";
import type { TreeFile } from "./governed";
import { matchesGlob, type Glob } from "./glob";

/** The digest of a tree's request files, by paths, modes and Git ids: equal only where every one of them is, byte for byte. */
export function requestFilesDigest(tree: readonly TreeFile[], requests: Glob): Digest {
  const files = tree
    .filter(({ path }) => matchesGlob(requests, path))
    .map(({ path, mode, blob }) => [path, mode, blob] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return digestOf(files);
}
