import { dirname } from "node:path";
import { failure, isFailure } from "../../errors";
import type { Anchor } from "../../model/anchor";
import { limits } from "../../model/limits";
import type { Head } from "../../model/record";
import type { SecretRef } from "../../model/resource";
import type { Anchors, AnchorDetails, Files, Secrets } from "../../ports";
import { distrusted, readAnchor, sealAnchor, type AnchorTrust } from "./anchor";
import { historyText, readHistory, withAnchor } from "./history";
import { tryParsePublicKey, tryParseSigner, type AnchorKey, type AnchorSigner } from "./keys";

/** Anchors in a file: better not on the machine, and not in the backup, that the Log is on. */
export interface FileAnchorsOptions {
  /** Path, absolute. */
  readonly path: string;
  /** Makes the directory of `path` where it is missing. Not elsewhere: what is missing there is not mounted. */
  readonly makesDirectory?: boolean;
  readonly installation: string;
  readonly files: Files;
  readonly secrets: Secrets;
  /** The private key to sign with; without it anchors are not signed. */
  readonly key?: SecretRef;
  /** Public keys of anchors that are believed, besides that of `key`; see `tryParsePublicKey`. */
  readonly publicKeys?: readonly string[];
}

/** Keeps anchors in a file, a line each, oldest first; each change replaces the file whole. */
export function fileAnchors(options: FileAnchorsOptions): Anchors {
  return {
    newest: () => newest(options),
    history: () => history(options),
    add: (head, details) => add(options, head, details),
  };
}

async function newest(options: FileAnchorsOptions): Promise<Anchor | undefined> {
  const text = await tryReadFile(options);
  if (text === undefined) return undefined;
  const lines = text.replace(/\n$/, "").split("\n");
  return readAnchor(lines.at(-1) ?? "", await trustOf(options), `${options.path}, line ${lines.length}`);
}

async function history(options: FileAnchorsOptions): Promise<readonly Anchor[]> {
  const text = await tryReadFile(options);
  return text === undefined ? [] : readHistory(text, await trustOf(options), options.path);
}

async function add(options: FileAnchorsOptions, head: Head, details: AnchorDetails): Promise<Anchor> {
  const { sequence, hash, epoch } = head;
  const { files, installation, path } = options;
  const signer = options.key === undefined ? undefined : await findSigner(options.secrets, options.key);
  const anchor = sealAnchor({ format: 1, installation, sequence, hash, epoch, ...details }, signer);
  const before = await unlookedHistory(options);
  const last = before.at(-1);
  if (last !== undefined && last.sequence >= sequence && details.replaces === undefined) return last;
  try {
    if (options.makesDirectory === true) await files.makeDirectory(dirname(path), { mode: 0o700 });
    await files.writeText(path, historyText(withAnchor(before, anchor)));
  } catch (cause) {
    throw failure("E611", { detail: detailOf(cause), fix: `make ${path} writable, then run it again`, cause });
  }
  return anchor;
}

/** What is only written back: its newest is looked at as ever, the signatures of a thousand others would take as long as a pass. */
async function unlookedHistory(options: FileAnchorsOptions): Promise<readonly Anchor[]> {
  const last = await newest(options);
  const text = last === undefined ? undefined : await tryReadFile(options);
  return text === undefined ? [] : readHistory(text, { installation: options.installation, keys: [] }, options.path);
}

/** What cannot be read may be anything: it is not the same as nothing. */
async function tryReadFile({ files, path }: FileAnchorsOptions): Promise<string | undefined> {
  try {
    return await files.tryReadText(path, limits.anchorFileBytes);
  } catch (cause) {
    throw distrusted(`${path} cannot be read: ${detailOf(cause)}`, cause);
  }
}

async function trustOf(options: FileAnchorsOptions): Promise<AnchorTrust> {
  return { installation: options.installation, keys: await findAnchorKeys(options) };
}

/**
 * The keys that anchors of a config must be signed with; none where they are not signed. Throws E610 where they are and no key is
 * to be had: one that is missing here is one that nobody knows.
 */
export async function findAnchorKeys(
  options: Pick<FileAnchorsOptions, "key" | "publicKeys" | "secrets">,
): Promise<readonly AnchorKey[]> {
  const { key, publicKeys = [], secrets } = options;
  const keys = publicKeys.map((text) => findPublicKey(text));
  const own = key === undefined ? undefined : await tryFindSigner(secrets, key);
  if (own !== undefined) keys.push(own);
  if (key !== undefined && keys.length === 0) {
    throw distrusted(`no key to check anchors with: ${key} is missing here, and \`log.anchors.publicKeys\` is empty`);
  }
  return keys;
}

function findPublicKey(text: string): AnchorKey {
  const key = tryParsePublicKey(text);
  if (key !== undefined) return key;
  throw failure("E701", {
    detail: `\`log.anchors.publicKeys\` has \`${text.slice(0, 60)}\`, which is no Ed25519 public key`,
    fix: "write the line between BEGIN and END of `openssl pkey -in KEY -pubout`",
  });
}

async function findSigner(secrets: Secrets, ref: SecretRef): Promise<AnchorSigner> {
  let text: string;
  try {
    text = await secrets.resolve(ref);
  } catch (cause) {
    throw failure("E611", { detail: `the key ${ref} is missing`, fix: fixOf(cause), cause });
  }
  const signer = tryParseSigner(text);
  if (signer !== undefined) return signer;
  throw failure("E611", {
    detail: `${ref} holds no Ed25519 private key`,
    fix: "make one with `openssl genpkey -algorithm ed25519`",
  });
}

async function tryFindSigner(secrets: Secrets, ref: SecretRef): Promise<AnchorSigner | undefined> {
  try {
    return await findSigner(secrets, ref);
  } catch (thrown) {
    if (isFailure(thrown)) return undefined;
    throw thrown;
  }
}

function detailOf(thrown: unknown): string {
  return isFailure(thrown) ? (thrown.diagnostics[0]?.detail ?? thrown.message) : String(thrown);
}

function fixOf(thrown: unknown): string {
  return (isFailure(thrown) ? thrown.diagnostics[0]?.fix : undefined) ?? "give the key";
}
