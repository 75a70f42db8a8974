/**
 * Sealing to keys of SSH in files of age: the stanzas `ssh-ed25519` and `ssh-rsa`, as filippo.io/age/agessh writes and reads them
 * (that code is their only specification). The package for age has none of them, but takes recipients and identities of others.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  privateDecrypt,
  publicEncrypt,
  type KeyObject,
} from "node:crypto";
import type { ed25519 } from "@noble/curves/ed25519.js" with { "resolution-mode": "import" };
import type { Identity, Recipient, Stanza } from "age-encryption" with { "resolution-mode": "import" };
import { tryParseSshPublicKey, type SshPrivateKey, type SshPublicKey } from "./ssh-key";

/** What comes out of packages, which are loaded late. */
interface Parts {
  readonly newStanza: NewStanza;
  readonly curve: Ed25519;
}

type NewStanza = (args: string[], body: Uint8Array) => Stanza;
type Ed25519 = typeof ed25519;

/** What seals to a public key of SSH; undefined where the line is none that anything can be sealed to. */
export function trySshRecipient(line: string, { newStanza, curve }: Parts): Recipient | undefined {
  const key = tryParseSshPublicKey(line);
  if (key === undefined) return undefined;
  if (key.type === "ssh-rsa") return { wrapFileKey: (fileKey) => [rsaStanza(key, fileKey, newStanza)] };
  const theirs = tryMontgomery(curve, key.point);
  return theirs === undefined || isOfLowOrder(theirs)
    ? undefined
    : { wrapFileKey: (fileKey) => [curveStanza(key, theirs, fileKey, newStanza)] };
}

/** What opens with a private key of SSH. */
export function sshIdentity(key: SshPrivateKey): Identity {
  const mine = fingerprint(key.wire);
  return {
    unwrapFileKey: (stanzas) => {
      const stanza = stanzas.find(({ args: [type, whose] }) => type === key.type && whose === mine);
      if (stanza === undefined) return null;
      return key.type === "ssh-rsa"
        ? privateDecrypt({ key: key.key, ...oaep }, stanza.body)
        : unwrapWithCurve(key, stanza);
    },
  };
}

const oaep = {
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: "sha256",
  oaepLabel: Buffer.from("age-encryption.org/v1/ssh-rsa"),
} as const;
const curveLabel = "age-encryption.org/v1/ssh-ed25519";

function rsaStanza(
  { wire, key }: SshPublicKey & { readonly type: "ssh-rsa" },
  fileKey: Uint8Array,
  newStanza: NewStanza,
) {
  return newStanza(["ssh-rsa", fingerprint(wire)], publicEncrypt({ key, ...oaep }, fileKey));
}

function curveStanza({ wire }: SshPublicKey, theirs: Buffer, fileKey: Uint8Array, newStanza: NewStanza): Stanza {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const share = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const secret = agreed(privateKey, theirs, wire);
  const cipher = createCipheriv("chacha20-poly1305", wrappingKey(secret, share, theirs), noNonce, {
    authTagLength: 16,
  });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return newStanza(["ssh-ed25519", fingerprint(wire), unpadded(share)], body);
}

function unwrapWithCurve(
  { wire, seed }: SshPrivateKey & { readonly type: "ssh-ed25519" },
  { args, body }: Stanza,
): Uint8Array {
  const share = Buffer.from(args[2] ?? "", "base64");
  // RFC 8032, 5.1.5: the scalar is the first half of the seed's hash.
  const own = curvePrivate(createHash("sha512").update(seed).digest().subarray(0, 32));
  const mine = Buffer.from(createPublicKey(own).export({ format: "jwk" }).x ?? "", "base64url");
  const key = wrappingKey(agreed(own, share, wire), share, mine);
  const decipher = createDecipheriv("chacha20-poly1305", key, noNonce, { authTagLength: 16 });
  decipher.setAuthTag(body.subarray(-16));
  return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]);
}

/** A wrapping key is used once. */
const noNonce = Buffer.alloc(12);

/** The secret of both, bound to the key of SSH, so that it is none of any other use of that key. */
function agreed(own: KeyObject, theirs: Buffer, wire: Buffer): Buffer {
  const secret = diffieHellman({ privateKey: own, publicKey: curvePublic(theirs) });
  const tweak = Buffer.from(hkdfSync("sha256", Buffer.alloc(0), wire, curveLabel, 32));
  return diffieHellman({ privateKey: curvePrivate(tweak), publicKey: curvePublic(secret) });
}

/** Whether everybody could tell what comes of agreeing with it: OpenSSL refuses to (RFC 7748, 6.1). */
function isOfLowOrder(theirs: Buffer): boolean {
  try {
    diffieHellman({ privateKey: generateKeyPairSync("x25519").privateKey, publicKey: curvePublic(theirs) });
    return false;
  } catch {
    return true;
  }
}

function wrappingKey(secret: Buffer, share: Buffer, theirs: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, Buffer.concat([share, theirs]), curveLabel, 32));
}

function curvePublic(point: Buffer): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: point.toString("base64url") }, format: "jwk" });
}

/** RFC 8410, 7: what stands before the 32 bytes of a private key. */
function curvePrivate(scalar: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), scalar]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** The same point on the other form of the curve (RFC 7748, 4.1); undefined for what is no point of it. */
function tryMontgomery({ utils }: Ed25519, point: Buffer): Buffer | undefined {
  try {
    return Buffer.from(utils.toMontgomery(point));
  } catch {
    return undefined;
  }
}

/** The first four bytes of the hash, as age writes it: enough to find one's own among a few. */
function fingerprint(wire: Buffer): string {
  return unpadded(createHash("sha256").update(wire).digest().subarray(0, 4));
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
