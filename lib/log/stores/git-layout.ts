import { join } from "node:path";

/** Where a git store keeps what: refs at the remote, paths in the tree of the Log's ref, files of this machine. */
export interface GitLayout {
  /** The ref of the chain. */
  readonly ref: string;
  /** What the refs of spooled endings begin with. */
  readonly spool: string;
  /** Names the repository in use here, by its directory below this one. */
  readonly current: string;
  /** The Head noted on this machine. */
  readonly head: string;
  readonly directory: string;
}

/** The layout of a Log's ref, with its copy below a directory. */
export function gitLayout(directory: string, ref: string): GitLayout {
  const own = join(directory, ref.replaceAll("/", "."));
  return {
    ref,
    spool: ref.endsWith("/log") ? `${ref.slice(0, -"log".length)}spool/` : `${ref}-spool/`,
    directory: own,
    current: join(own, "current"),
    head: join(own, "head.json"),
  };
}

/** Where a repository of ours keeps the tip of the Log's ref, as git reads it, and what the remote had when it was last asked. */
export function seenFiles(repository: string, ref: string): { readonly tip: string; readonly seen: string } {
  return { tip: join(repository, ...ref.split("/")), seen: join(repository, "leasehold-seen.json") };
}

/** Paths in the tree of the Log's ref. */
export const paths = {
  chain: "log",
  epoch: "epoch.json",
  blobs: "blobs",
  /** In the tree of a spooled ending's ref. */
  entry: "entry.json",
} as const;

/** How many records one directory of the chain holds: listing the last ones costs the same however long the chain is. */
const directoryRecords = 1_000;

/** The directory of the chain in which a record lies. */
export function chainDirectory(sequence: number): number {
  return Math.floor((sequence - 1) / directoryRecords);
}

/** The path of a directory of the chain. */
export function chainDirectoryPath(directory: number): string {
  return `${paths.chain}/${String(directory).padStart(6, "0")}`;
}

/** The file of the records from one on; it never changes once it is there. */
export function chainFile(sequence: number): string {
  return `${chainDirectoryPath(chainDirectory(sequence))}/${String(sequence).padStart(9, "0")}.jsonl`;
}

/** The first record of a file of the chain; undefined for a path that is none. */
export function firstSequenceOf(path: string): number | undefined {
  const match = /^log\/\d{6,}\/(\d{9,})\.jsonl$/.exec(path);
  const sequence = Number(match?.[1]);
  return match !== null && sequence > 0 && chainFile(sequence) === path ? sequence : undefined;
}

/** The path of a text that is kept by its digest. */
export function blobPath(digest: string): string {
  return `${paths.blobs}/${digest.slice(0, 2)}/${digest}`;
}
