import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate of its own and the key to it. */
export interface OwnCertificate {
  readonly key: string;
  readonly der: Buffer;
  readonly pem: string;
}

/**
 * What HashiCorp's go-plugin makes for a run (mtls.go): a certificate that signs itself, for localhost, as server and
 * client. Node has no maker of certificates, so the few parts of X.509 (RFC 5280) that it takes are put together here.
 */
export function ownCertificate(): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = list(set(list(objectId(commonName), tagged(0x0c, Buffer.from("localhost")))));
  const algorithm = list(objectId(ecdsaWithSha256));
  const toBeSigned = list(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    algorithm,
    name,
    // Times that hold whatever the clock of a test machine says.
    list(tagged(0x17, Buffer.from("000101000000Z")), tagged(0x17, Buffer.from("491231235959Z"))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, list(...extensions())),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const der = list(toBeSigned, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

const commonName = [0x55, 0x04, 0x03];
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

function extensions(): Buffer[] {
  const yes = tagged(0x01, Buffer.from([0xff]));
  const serverAndClient = [1, 2].map((use) => objectId([0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, use]));
  return [
    extension([0x55, 0x1d, 0x13], list(yes), yes),
    // Signs, agrees on keys, signs certificates.
    extension([0x55, 0x1d, 0x0f], tagged(0x03, Buffer.from([2, 0xac])), yes),
    extension([0x55, 0x1d, 0x25], list(...serverAndClient)),
    extension([0x55, 0x1d, 0x11], list(tagged(0x82, Buffer.from("localhost")))),
  ];
}

function extension(id: readonly number[], value: Buffer, critical?: Buffer): Buffer {
  return list(objectId(id), ...(critical === undefined ? [] : [critical]), tagged(0x04, value));
}

function list(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x31, Buffer.concat(parts));
}

function objectId(bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

/** A part in DER: its tag, its length, its content. */
function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
