/** Whether something can be sealed to a public key: found when the rules are read, and not when somebody waits for a secret. */

/** Why nothing can be sealed to a key that fits `publicKeyPattern`, or could be opened with it; undefined where all is well. */
export function publicKeyFlaw(key: string): string | undefined {
  if (!key.startsWith("ssh-")) return ageFlaw(key);
  const [type = "", text = ""] = key.split(" ");
  const fields = tryFields(Buffer.from(text, "base64"));
  if (fields === undefined || fields[0]?.toString("latin1") !== type) return "it is cut short or mistyped";
  if (type === "ssh-ed25519")
    return fields.length === 2 && fields[1]?.length === 32 ? undefined : "it is cut short or mistyped";
  const [, , modulus] = fields;
  if (fields.length !== 3 || modulus === undefined) return "it is cut short or mistyped";
  // A number whose first bit is set has a zero before it.
  const length = modulus[0] === 0 ? modulus.length - 1 : modulus.length;
  return length * 8 >= shortestModulusBits ? undefined : `it is shorter than ${shortestModulusBits} bits`;
}

const shortestModulusBits = 2048;

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

/** The fields of a key of SSH, each after its length (RFC 4251, 5), undefined where they do not fit. */
function tryFields(all: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < all.length;) {
    if (all.length - at < 4) return undefined;
    const length = all.readUInt32BE(at);
    const field = all.subarray(at + 4, at + 4 + length);
    if (field.length < length) return undefined;
    fields.push(field);
    at += 4 + length;
  }
  return fields;
}
