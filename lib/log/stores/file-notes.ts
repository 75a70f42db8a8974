import { canonicalJson } from "../../model/canonical";
import type { Head } from "../../model/record";
import type { Files } from "../../ports";
import { modes, type FileLayout } from "./file-layout";
import { isDigest, isObject } from "../shape";

/** A Head noted beside the chain, and how long the chain's file was up to it, in bytes. */
export interface NotedHead extends Head {
  readonly bytes: number;
}

/** The newest epoch, and who took it. */
export interface NotedEpoch {
  readonly epoch: number;
  readonly holder: string;
  /** Random: no two takings are the same, whatever an old copy of this file says. */
  readonly token: string;
}

const longestNote = 4_096;

/** Reads the noted Head; undefined when there is none that can be read. It is a hint: what it says is checked on the chain. */
export async function tryReadHead(files: Files, layout: FileLayout): Promise<NotedHead | undefined> {
  const value = await tryReadNote(files, layout.head);
  if (value === undefined) return undefined;
  const { sequence, epoch, bytes, hash } = value;
  if (!isCount(sequence) || !isCount(epoch) || !isCount(bytes) || !isDigest(hash)) return undefined;
  return { sequence, epoch, bytes, hash };
}

/** Notes a Head. */
export function writeHead(files: Files, layout: FileLayout, head: NotedHead): Promise<void> {
  return files.writeText(layout.head, `${canonicalJson(head)}\n`, { mode: modes.file });
}

/** Reads the newest epoch; undefined when none was taken, or what is there cannot be read. */
export async function tryReadEpoch(files: Files, layout: FileLayout): Promise<NotedEpoch | undefined> {
  const value = await tryReadNote(files, layout.epoch);
  if (value === undefined) return undefined;
  const { epoch, holder, token } = value;
  if (!isCount(epoch) || typeof holder !== "string" || typeof token !== "string") return undefined;
  return { epoch, holder, token };
}

/** Writes the newest epoch, durably. */
export function writeEpoch(files: Files, layout: FileLayout, epoch: NotedEpoch): Promise<void> {
  return files.writeText(layout.epoch, `${canonicalJson(epoch)}\n`, { mode: modes.file });
}

async function tryReadNote(files: Files, path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await files.tryReadText(path, longestNote);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
