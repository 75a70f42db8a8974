/** Whether something can be sealed to a public key: found when the rules are read, and not when somebody waits for a secret. */
import { tryReadWire, type WireReader } from "./ssh-wire";

/** Why nothing can be sealed to a key that fits `publicKeyPattern`, or could be opened with it; undefined where all is well. */
export function publicKeyFlaw(key: string): string | undefined {
  if (!key.startsWith("ssh-")) return ageFlaw(key);
  const [type = "", text = ""] = key.split(" ");
  const bits = tryReadWire(Buffer.from(text, "base64"), (reader) => keyBits(reader, type));
  if (bits === undefined) return "it is cut short or mistyped";
  return type === "ssh-rsa" && bits < shortestModulusBits
    ? `it is shorter than ${shortestModulusBits} bits`
    : undefined;
}

/** The bits of a key of RSA's modulus, or of a point of Ed25519; undefined for what is neither, whole. */
function keyBits(reader: WireReader, type: string): number | undefined {
  if (reader.text() !== type) return undefined;
  if (type === "ssh-rsa") reader.number();
  const bytes = type === "ssh-rsa" ? reader.number() : reader.bytes();
  const isWhole = reader.isAtEnd() && (type === "ssh-rsa" || bytes.length === 32);
  return isWhole ? bytes.length * 8 : undefined;
}

/** Shorter keys of RSA are within reach of who wants it enough, and age refuses them too. */
export const shortestModulusBits = 2048;

/** A key of age: bech32 (BIP 173) with `age` before its last `1`, and 32 bytes. Others are of plugins, which nothing here can open for. */
function ageFlaw(key: string): string | undefined {
  const at = key.lastIndexOf("1");
  if (key.slice(0, at) !== "age") return "it is of a plugin of age: keys of `age-keygen` and of SSH can be used";
  const digits = Array.from(key.slice(at + 1), (letter) => letters.indexOf(letter));
  const isWhole = digits.length === 58 && !digits.includes(-1);
  return isWhole && checkSum([...expanded("age"), ...digits]) === 1
    ? undefined
    : "its check sum is wrong: it is mistyped or cut short";
}

const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function expanded(prefix: string): readonly number[] {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function checkSum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of generator.entries()) if (((top >>> bit) & 1) === 1) sum ^= term;
  }
  return sum;
}
