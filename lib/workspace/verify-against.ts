import { failure } from "../errors";
import { readHistory, standingAnchors, tryParsePublicKey, type AnchorKey } from "../log";
import type { Anchor } from "../model/anchor";
import { limits } from "../model/limits";
import type { Head } from "../model/record";
import type { AnchorsHeld } from "../render/verification";
import type { Files } from "../ports";

/** Heads that a Log is held against. */
export interface Against {
  readonly heads: readonly Head[];
  /** Whose they are; absent for a plain Head. */
  readonly installation?: string;
  /** How it is told when they are held. */
  readonly held: AnchorsHeld;
}

/**
 * Reads what a Log is to be held against: a file of anchors, or one Head as `log verify --format json` prints
 * it. With keys only what they signed is believed. Throws E606 without the file and E610 for what is not to be trusted.
 */
export async function readAgainst(files: Files, path: string, keys: readonly AnchorKey[]): Promise<Against> {
  const text = await files.tryReadText(path, limits.anchorFileBytes);
  if (text === undefined) throw failure("E606", { detail: `there is no file ${path}`, fix: "check the path" });
  const head = keys.length === 0 ? tryHead(text) : undefined;
  return head === undefined
    ? againstAnchors(readHistory(unfenced(text), { keys }, path), keys.length > 0)
    : { heads: [head], held: { count: 1, replaced: 0, newest: head, signatures: "none" } };
}

/** The anchors alone where the text is that of a check run, which has them in a block of code. */
function unfenced(text: string): string {
  const lines = text.split(/\r?\n/);
  return lines.some((line) => line.startsWith("```")) ? lines.filter((line) => line.startsWith("{")).join("\n") : text;
}

/** What a history of anchors asks of the Log; undefined for an empty one. Throws E610 where they are of more than one installation. */
export function againstAnchors(anchors: readonly Anchor[], isChecked: boolean): Against {
  const standing = standingAnchors(anchors);
  const newest = anchors.at(-1);
  const isSigned = anchors.some(({ signature }) => signature !== undefined);
  return {
    heads: standing,
    ...(newest === undefined ? {} : { installation: newest.installation }),
    held: {
      count: standing.length,
      replaced: anchors.length - standing.length,
      ...(newest === undefined ? {} : { newest }),
      signatures: isChecked ? "checked" : isSigned ? "not checked" : "none",
    },
  };
}

/** The public key of a `--key`: base64, or the path of a file; throws E800 for what is none. */
export async function findKey(files: Files, given: string, path: string): Promise<AnchorKey> {
  const key = tryParsePublicKey(given) ?? tryParsePublicKey((await files.tryReadText(path, 65_536)) ?? "");
  if (key !== undefined) return key;
  throw failure("E800", {
    detail: `--key \`${given.slice(0, 100)}\` is no Ed25519 public key, and no file with one`,
    fix: "make the file with `openssl pkey -in KEY -pubout`",
  });
}

function tryHead(text: string): Head | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || "format" in value) return undefined;
  const { sequence, hash, epoch } = ("head" in value ? value.head : value) as Partial<Head>;
  const isHead = Number.isSafeInteger(sequence) && typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash);
  return isHead ? { sequence: sequence as number, hash, epoch: epoch ?? 1 } : undefined;
}
