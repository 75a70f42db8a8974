/** Keys of SSH as OpenSSH writes them: what is in a public line (RFC 4253, 6.6; RFC 8709) and in a private file (PROTOCOL.key). */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { shortestModulusBits } from "../model/public-key";
import { tryReadWire, WireReader } from "../model/ssh-wire";

/** A public key; `wire` is what stands in the line, decoded, and what fingerprints are made of. */
export type SshPublicKey =
  | { readonly type: "ssh-ed25519"; readonly wire: Buffer; readonly point: Buffer }
  | { readonly type: "ssh-rsa"; readonly wire: Buffer; readonly key: KeyObject };

/** A private key with the wire form of its public half. */
export type SshPrivateKey =
  | { readonly type: "ssh-ed25519"; readonly wire: Buffer; readonly seed: Buffer }
  | { readonly type: "ssh-rsa"; readonly wire: Buffer; readonly key: KeyObject };

/** Reads `ssh-ed25519 AAAA…` or `ssh-rsa AAAA…`; undefined for what is none, cut short, or too short to be safe. */
export function tryParseSshPublicKey(line: string): SshPublicKey | undefined {
  const [type, text = ""] = line.split(" ");
  const wire = Buffer.from(text, "base64");
  return tryReadWire(wire, (wires) => {
    if (wires.text() !== type) return undefined;
    if (type === "ssh-ed25519") {
      const point = wires.bytes();
      return wires.isAtEnd() && point.length === 32 ? { type, wire, point } : undefined;
    }
    if (type !== "ssh-rsa") return undefined;
    const [e, n] = [wires.number(), wires.number()];
    const isFit = wires.isAtEnd() && n.length * 8 >= shortestModulusBits;
    return isFit
      ? { type, wire, key: createPublicKey({ key: { kty: "RSA", n: url(n), e: url(e) }, format: "jwk" }) }
      : undefined;
  });
}

/** Reads the text of a private key's file; `locked` is one with a passphrase, undefined what is no such key. */
export function tryParseSshPrivateKey(text: string): SshPrivateKey | "locked" | undefined {
  const [, label, body = ""] = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----([\s\S]*?)-----END/.exec(text) ?? [];
  if (label === undefined) return undefined;
  if (label === "OPENSSH ") return tryReadWire(Buffer.from(body, "base64"), openSshKey);
  if (label === "ENCRYPTED " || body.includes("ENCRYPTED")) return "locked";
  try {
    return ofJwk(createPrivateKey(text).export({ format: "jwk" }));
  } catch {
    return undefined;
  }
}

function openSshKey(file: WireReader): SshPrivateKey | "locked" | undefined {
  if (file.take(magic.length).toString("latin1") !== magic) return undefined;
  const [cipher] = [file.text(), file.text(), file.bytes()];
  if (cipher !== "none") return "locked";
  const count = file.count();
  file.bytes();
  const secret = new WireReader(file.bytes());
  if (count !== 1 || secret.count() !== secret.count()) return undefined;
  const type = secret.text();
  if (type === "ssh-ed25519") {
    const [point, both] = [secret.bytes(), secret.bytes()];
    const isFit = point.length === 32 && both.length === 64;
    return isFit ? { type, wire: wireOf(type, point), seed: both.subarray(0, 32) } : undefined;
  }
  if (type !== "ssh-rsa") return undefined;
  const [n, e, d, qi, p, q] = [0, 1, 2, 3, 4, 5].map(() => secret.number()) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const rest = (prime: Buffer): string => {
    const hex = (big(d) % (big(prime) - 1n)).toString(16);
    return url(Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex"));
  };
  return ofJwk({
    kty: "RSA",
    n: url(n),
    e: url(e),
    d: url(d),
    p: url(p),
    q: url(q),
    dp: rest(p),
    dq: rest(q),
    qi: url(qi),
  });
}

const magic = "openssh-key-v1\0";

function ofJwk(jwk: JsonWebKey): SshPrivateKey | undefined {
  const { kty, crv, x = "", d = "", n = "", e = "" } = jwk;
  const of = (text: string) => Buffer.from(text, "base64url");
  if (kty === "OKP" && crv === "Ed25519")
    return { type: "ssh-ed25519", wire: wireOf("ssh-ed25519", of(x)), seed: of(d) };
  if (kty !== "RSA" || of(n).length * 8 < shortestModulusBits) return undefined;
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return { type: "ssh-rsa", wire: wireOf("ssh-rsa", positive(of(e)), positive(of(n))), key };
}

function wireOf(type: string, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(
    [Buffer.from(type), ...fields].flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}

/** As SSH writes a positive number: with a zero before a first bit that is set. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

function big(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex") || "0"}`);
}

function url(bytes: Buffer): string {
  return bytes.toString("base64url");
}
