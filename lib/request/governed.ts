import { digestOf, type Digest } from "../model/canonical";
import { matchesGlob, type Glob } from "./glob";

/** A file of a commit's tree: Git's mode, e.g. `100644`, and the id of its contents. */
export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}

/** All governed files of a tree, sorted by path: what a policy is accepted with. */
export type GovernedFiles = readonly (readonly [path: string, mode: string, blob: string])[];

/**
 * Whether an edit of a path needs `policyApproval`: every path but request files, what is under
 * `archive/`, and Markdown (SEMANTICS.md, "The rules program").
 */
export function isGoverned(path: string, requests: Glob): boolean {
  return !matchesGlob(requests, path) && !path.startsWith("archive/") && !path.endsWith(".md");
}

/** The governed files of a tree in the one order that their digest is taken in. */
export function governedFiles(tree: readonly TreeFile[], requests: Glob): GovernedFiles {
  return tree
    .filter(({ path }) => isGoverned(path, requests))
    .map(({ path, mode, blob }) => [path, mode, blob] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The digest of a tree's governed files: equal only where every one of them is, byte for byte. */
export function governedDigest(files: GovernedFiles): Digest {
  return digestOf(files);
}
