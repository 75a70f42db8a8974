import type { Digest } from "../model/canonical";
import { limits } from "../model/limits";
import type { CommitContent, FileChange, RequestChange } from "../model/snapshot";
import { governedDigest, governedFiles, isGoverned, matchesGlob, type Glob } from "../request";
import { decodeText } from "../request/decode";
import { requestFilesDigest } from "../request/request-files";
import { readBlobs, type WantedBlob } from "./blobs";
import type { GitHub } from "./open-github";
import { readTree, type Tree, type TreeEntry } from "./trees";
import type { RepositoryName } from "./types";

/** A commit, and what its changes are counted from. */
export interface CommitPair {
  readonly sha: string;
  readonly tree: string;
  readonly base: string;
  readonly baseTree: string;
}

/** Where the committed Manifest lies. */
export const manifestPath = "leasehold.out/manifest.json";

/**
 * Reads what commits change: each against its base, by trees and blobs of Git alone. Only changed request files
 * are read, and the Manifest where governed files changed.
 */
export async function readContents(
  github: GitHub,
  repository: RepositoryName,
  { pairs, glob }: { readonly pairs: readonly CommitPair[]; readonly glob: Glob },
): Promise<readonly CommitContent[]> {
  const ids = [...new Set(pairs.flatMap(({ tree, baseTree }) => [tree, baseTree]))];
  const trees = new Map<string, Tree>();
  for (const tree of await Promise.all(ids.map(async (id) => [id, await readTree(github, repository, id)] as const))) {
    trees.set(...tree);
  }
  const none: Tree = new Map();
  const changes = pairs.map((pair) =>
    changesOf(pair, { before: trees.get(pair.baseTree) ?? none, after: trees.get(pair.tree) ?? none, glob }),
  );
  const blobs = await readBlobs(github, repository, changes.flatMap(wantedOf));
  return changes.map((one) => contentOf(one, blobs, glob));
}

/** The digests of the governed files and of the request files of a tree. */
export async function readDigests(
  github: GitHub,
  repository: RepositoryName,
  { tree, glob }: { readonly tree: string; readonly glob: Glob },
): Promise<TreeDigests> {
  return digestsOf(await readTree(github, repository, tree), glob);
}

/** What a tree's files come to. */
export interface TreeDigests {
  readonly governed: Digest;
  readonly requests: Digest;
}

/** A file that differs between two trees. */
interface Change {
  readonly path: string;
  readonly before?: TreeEntry;
  readonly after?: TreeEntry;
}

interface Changes {
  readonly pair: CommitPair;
  readonly before: Tree;
  readonly after: Tree;
  readonly requests: readonly Change[];
  readonly governed: readonly Change[];
  readonly files: number;
  /** The committed Manifest, where it is wanted and a file. */
  readonly manifest?: TreeEntry;
}

function changesOf(
  pair: CommitPair,
  { before, after, glob }: { readonly before: Tree; readonly after: Tree; readonly glob: Glob },
): Changes {
  const all = changedFiles(before, after);
  const governed = all.filter(({ path }) => isGoverned(path, glob));
  const manifest = governed.length === 0 ? undefined : after.get(manifestPath);
  const isReadable = manifest !== undefined && kindOf(manifest) === "file" && sizeOf(manifest) <= limits.manifestBytes;
  return {
    pair,
    before,
    after,
    requests: all.filter(({ path }) => matchesGlob(glob, path)),
    governed,
    files: all.length,
    ...(isReadable ? { manifest } : {}),
  };
}

function changedFiles(before: Tree, after: Tree): readonly Change[] {
  const changes: Change[] = [];
  for (const [path, old] of before) {
    const now = after.get(path);
    if (now === undefined) changes.push({ path, before: old });
    else if (now.blob !== old.blob || now.mode !== old.mode) changes.push({ path, before: old, after: now });
  }
  for (const [path, now] of after) if (!before.has(path)) changes.push({ path, after: now });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function wantedOf({ requests, manifest }: Changes): readonly WantedBlob[] {
  const entries = requests.flatMap(({ before, after }) => [before, after].filter(isRequestSized));
  return [...entries, ...(manifest === undefined ? [] : [manifest])].map((one) => ({
    id: one.blob,
    size: sizeOf(one),
  }));
}

function isRequestSized(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry !== undefined && kindOf(entry) === "file" && sizeOf(entry) <= limits.requestFileBytes;
}

function contentOf(changes: Changes, blobs: ReadonlyMap<string, Uint8Array>, glob: Glob): CommitContent {
  const { pair, before, after, requests, governed, files, manifest } = changes;
  const text = manifest === undefined ? undefined : tryDecode(manifest, blobs);
  return {
    sha: pair.sha,
    base: pair.base,
    governed: digestsOf(after, glob).governed,
    baseGoverned: digestsOf(before, glob).governed,
    baseRequests: digestsOf(before, glob).requests,
    governedChanges: governed.map(fileChangeOf),
    requestChanges: requests.map((one) => requestChangeOf(one, blobs)),
    ...(text === undefined ? {} : { manifest: text }),
    changedFiles: files,
  };
}

function fileChangeOf({ path, before, after }: Change): FileChange {
  return { path, before: before?.blob ?? null, after: after?.blob ?? null };
}

function requestChangeOf({ path, before, after }: Change, blobs: ReadonlyMap<string, Uint8Array>): RequestChange {
  const old = before === undefined ? undefined : tryDecode(before, blobs);
  const now = after === undefined ? undefined : tryDecode(after, blobs);
  const unreadable = after === undefined || now !== undefined ? undefined : whyUnreadable(after);
  return { path, before: old ?? null, after: now ?? null, ...(unreadable === undefined ? {} : { unreadable }) };
}

function whyUnreadable(entry: TreeEntry): NonNullable<RequestChange["unreadable"]> {
  const kind = kindOf(entry);
  if (kind !== "file") return kind;
  return sizeOf(entry) > limits.requestFileBytes ? "too large" : "not UTF-8";
}

function tryDecode(entry: TreeEntry, blobs: ReadonlyMap<string, Uint8Array>): string | undefined {
  const bytes = kindOf(entry) === "file" ? blobs.get(entry.blob) : undefined;
  if (bytes === undefined) return undefined;
  const decoding = decodeText(entry.path, bytes);
  return decoding.kind === "text" ? decoding.text : undefined;
}

function kindOf({ mode }: TreeEntry): "file" | "link" | "submodule" {
  if (mode === "120000") return "link";
  return mode === "160000" ? "submodule" : "file";
}

function sizeOf({ size }: TreeEntry): number {
  return size ?? 0;
}

function digestsOf(tree: Tree, glob: Glob): TreeDigests {
  const known = digests.get(tree)?.get(glob.text);
  if (known !== undefined) return known;
  const files = [...tree.values()];
  const made = { governed: governedDigest(governedFiles(files, glob)), requests: requestFilesDigest(files, glob) };
  const ofTree = digests.get(tree) ?? new Map<string, TreeDigests>();
  digests.set(tree, ofTree.set(glob.text, made));
  return made;
}

/** A tree's digests take a while for large ones, and one tree is the base of many commits. */
const digests = new WeakMap<Tree, Map<string, TreeDigests>>();
