import { join } from "node:path";

/** Where a file store keeps what. */
export interface FileLayout {
  readonly directory: string;
  /** The chain: one record a line. */
  readonly chain: string;
  /** The Head noted beside the chain. */
  readonly head: string;
  /** The newest epoch and who took it. */
  readonly epoch: string;
  /** Locked by the writer; always empty. */
  readonly lock: string;
  readonly blobs: string;
  readonly spool: string;
}

/** The layout under a directory. */
export function fileLayout(directory: string): FileLayout {
  return {
    directory,
    chain: join(directory, "chain.jsonl"),
    head: join(directory, "head.json"),
    epoch: join(directory, "epoch"),
    lock: join(directory, "lock"),
    blobs: join(directory, "blobs"),
    spool: join(directory, "spool"),
  };
}

/** Only the owner reads and writes the Log. */
export const modes = { directory: 0o700, file: 0o600 } as const;
