/** Sealing to public keys with age (age-encryption.org/v1), by the package of age's author. */
import { failure } from "../errors";

/**
 * Seals a text to public keys of age: an armoured file that the holder of any of the private ones can open, and nobody
 * else. Undefined when none of the keys is one of age.
 */
export async function sealTo(keys: readonly string[], text: string): Promise<string | undefined> {
  const { Encrypter, armor } = await loadAge();
  const encrypter = new Encrypter();
  const usable = keys.filter((key) => canAdd(encrypter, key));
  return usable.length === 0 ? undefined : armor.encode(await encrypter.encrypt(text));
}

/**
 * Opens a sealed text with the private keys of a file as `age-keygen` writes it. Throws E702 where the file has no key of
 * age, or none that the text was sealed to; `named` is how the file is called.
 */
export async function unseal(
  sealed: string,
  keyFile: { readonly text: string; readonly named: string },
): Promise<string> {
  const { Decrypter, armor } = await loadAge();
  const decrypter = new Decrypter();
  const lines = keyFile.text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line.startsWith("AGE-SECRET-KEY-"));
  if (identities.length === 0) throw unusable(keyFile.named, "it has no key of age");
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(sealed), "text");
  } catch {
    throw unusable(keyFile.named, "no key in it opens what was sealed to you");
  }
}

/** Adding throws for what is no recipient, or has a wrong check sum. */
function canAdd(encrypter: { addRecipient(key: string): void }, key: string): boolean {
  try {
    encrypter.addRecipient(key);
    return true;
  } catch {
    return false;
  }
}

function unusable(named: string, why: string): Error {
  return failure("E702", {
    summary: "the key to open a lease's secret with is missing",
    detail: `${named}: ${why}`,
    fix: "give the file that `age-keygen` wrote, of the key that the rules have for you: LEASEHOLD_AGE_KEY_FILE or --key-file",
  });
}

/** Loaded when something is sealed or opened: most runs never do. */
async function loadAge() {
  return import("age-encryption");
}
