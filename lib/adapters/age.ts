/** Sealing to public keys with age (age-encryption.org/v1), by the package of age's author. */
import { failure } from "../errors";

/**
 * Seals a text to public keys of age or SSH: an armoured file that the holder of any of the private ones can open, and nobody
 * else. Undefined when nothing can be sealed to any of the keys.
 */
export async function sealTo(keys: readonly string[], text: string): Promise<string | undefined> {
  const { Encrypter, Stanza, armor } = await import("age-encryption");
  const { trySshRecipient } = await import("./age-ssh.js");
  const { ed25519: curve } = await import("@noble/curves/ed25519.js");
  const newStanza = (args: string[], body: Uint8Array) => new Stanza(args, body);
  const encrypter = new Encrypter();
  const recipients = keys.map((key) => (key.startsWith("ssh-") ? trySshRecipient(key, { newStanza, curve }) : key));
  const usable = recipients.filter((one) => one !== undefined && canAdd(() => encrypter.addRecipient(one)));
  return usable.length === 0 ? undefined : armor.encode(await encrypter.encrypt(text));
}

/**
 * Opens a sealed text with the private keys of a file as `age-keygen` or `ssh-keygen` writes it. Throws E702 where the file has no
 * such key, one that wants a passphrase, or none that the text was sealed to; `named` is how the file is called.
 */
export async function unseal(
  sealed: string,
  keyFile: { readonly text: string; readonly named: string },
): Promise<string> {
  const { Decrypter, armor } = await import("age-encryption");
  const decrypter = new Decrypter();
  const lines = keyFile.text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line.startsWith("AGE-SECRET-KEY-"));
  if (identities.length === 0) decrypter.addIdentity(await sshIdentityOf(keyFile));
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(sealed), "text");
  } catch {
    throw unusable(keyFile.named, "no key in it opens what was sealed to you");
  }
}

async function sshIdentityOf({ text, named }: { readonly text: string; readonly named: string }) {
  const [{ sshIdentity }, { tryParseSshPrivateKey }] = await Promise.all([
    import("./age-ssh.js"),
    import("./ssh-key.js"),
  ]);
  const key = tryParseSshPrivateKey(text);
  if (key === undefined) throw unusable(named, "it has no key of age, nor one of SSH (ed25519, or RSA of 2048 bits)");
  if (key !== "locked") return sshIdentity(key);
  const fix =
    "add a key of `age-keygen` to the rules for this, which needs none; or give a key of SSH without a passphrase";
  throw unusable(named, "its key wants a passphrase, which nothing here asks for", fix);
}

/** Adding throws for what is no recipient, or has a wrong check sum. */
function canAdd(add: () => void): boolean {
  try {
    add();
    return true;
  } catch {
    return false;
  }
}

function unusable(
  named: string,
  why: string,
  fix = "give the file that `age-keygen` or `ssh-keygen` wrote, of the key that the rules have for you: LEASEHOLD_AGE_KEY_FILE or --key-file",
): Error {
  return failure("E702", {
    summary: "the key to open a lease's secret with is missing",
    detail: `${named}: ${why}`,
    fix,
  });
}
