import { failure, isFailure } from "../../errors";
import type { Anchor } from "../../model/anchor";
import type { Head } from "../../model/record";
import type { SecretRef } from "../../model/resource";
import type { AnchorDetails, Secrets } from "../../ports";
import { distrusted, sealAnchor } from "./anchor";
import { tryParsePublicKey, tryParseSigner, type AnchorKey, type AnchorSigner } from "./keys";

/** Whose anchors are made and believed, wherever they are kept. */
export interface AnchorSealing {
  readonly installation: string;
  readonly secrets: Secrets;
  /** The private key to sign with; without it anchors are not signed. */
  readonly key?: SecretRef;
  /** Public keys of anchors that are believed, besides that of `key`; see `tryParsePublicKey`. */
  readonly publicKeys?: readonly string[];
}

/** Makes the anchor of a Head, signed where a key is given. Throws E611 where that key is missing or none. */
export async function sealHead(
  { installation, key, secrets }: AnchorSealing,
  { sequence, hash, epoch }: Head,
  details: AnchorDetails,
): Promise<Anchor> {
  const signer = key === undefined ? undefined : await findSigner(secrets, key);
  return sealAnchor({ format: 1, installation, sequence, hash, epoch, ...details }, signer);
}

/**
 * The keys that anchors of a config must be signed with; none where they are not signed. Throws E610 where they are and no key is
 * to be had: one that is missing here is one that nobody knows.
 */
export async function findAnchorKeys(options: Omit<AnchorSealing, "installation">): Promise<readonly AnchorKey[]> {
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

function fixOf(thrown: unknown): string {
  return (isFailure(thrown) ? thrown.diagnostics[0]?.fix : undefined) ?? "give the key";
}
