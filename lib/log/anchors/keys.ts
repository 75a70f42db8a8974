import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** A public key that anchors are checked with, and its id. */
export interface AnchorKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The private key that anchors are signed with, and its public half. */
export interface AnchorSigner extends AnchorKey {
  readonly privateKey: KeyObject;
}

/** What OpenSSL puts before the 32 bytes of an Ed25519 public key (RFC 8410, section 4). */
const publicKeyPrefix = Buffer.from("302a300506032b6570032100", "hex");

/**
 * Reads an Ed25519 public key: PEM, the base64 of its SubjectPublicKeyInfo (the middle line of the PEM), or of
 * its 32 bytes. Undefined for anything else, so also for a private key.
 */
export function tryParsePublicKey(text: string): AnchorKey | undefined {
  const trimmed = text.trim();
  if (trimmed.includes("PRIVATE KEY")) return undefined;
  return trimmed.startsWith("-----BEGIN")
    ? tryAnchorKey(() => createPublicKey(trimmed))
    : tryAnchorKey(() => publicKeyOfBytes(bytesOf(trimmed)));
}

/** Reads an Ed25519 private key: PEM (PKCS #8), or the base64 of its DER in one line. Undefined for anything else. */
export function tryParseSigner(text: string): AnchorSigner | undefined {
  const trimmed = text.trim();
  try {
    const privateKey = trimmed.startsWith("-----BEGIN")
      ? createPrivateKey(trimmed)
      : createPrivateKey({ key: bytesOf(trimmed), format: "der", type: "pkcs8" });
    const anchorKey = tryAnchorKey(() => createPublicKey(privateKey));
    return anchorKey === undefined ? undefined : { ...anchorKey, privateKey };
  } catch {
    return undefined;
  }
}

/** The id of a key: the first 16 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo. */
function anchorKeyId(key: KeyObject): string {
  const bytes = key.export({ format: "der", type: "spki" });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function tryAnchorKey(make: () => KeyObject): AnchorKey | undefined {
  try {
    const key = make();
    return key.asymmetricKeyType === "ed25519" ? { id: anchorKeyId(key), key } : undefined;
  } catch {
    return undefined;
  }
}

function publicKeyOfBytes(bytes: Buffer): KeyObject {
  const der = bytes.length === 32 ? Buffer.concat([publicKeyPrefix, bytes]) : bytes;
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** Node skips what is not base64; a key with a typing error would then be another key. */
function bytesOf(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]{43,200}={0,2}$/.test(text)) throw new TypeError("Expected base64");
  return Buffer.from(text, "base64");
}
