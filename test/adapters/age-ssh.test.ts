import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { sealTo, unseal } from "../../lib/adapters/age";
import { tryParseSshPrivateKey, tryParseSshPublicKey } from "../../lib/adapters/ssh-key";
import recorded from "../fixtures/age-ssh.json";

const { ed25519, rsa, locked } = recorded;
const open = (sealed: string, text: string) => unseal(sealed, { text, named: "id_key" });

describe("sealing to keys of SSH", () => {
  it.each([
    ["ssh-ed25519", ed25519],
    ["ssh-rsa", rsa],
  ])("to %s is opened by its private key, and by no other", async (_, { public: line, private: file }) => {
    const sealed = (await sealTo([line], "a secret")) ?? "";
    expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(await open(sealed, file)).toBe("a secret");
    const other = file === rsa.private ? ed25519.private : rsa.private;
    await expect(open(sealed, other)).rejects.toThrow(/no key in it opens/);
  });

  it("opens what age itself has sealed to both kinds", async () => {
    for (const { private: file } of [ed25519, rsa]) {
      expect(await open(recorded.sealed, file)).toBe(recorded.text);
      expect(await open(recorded.sealed, file.replaceAll("\n", "\r\n"))).toBe(recorded.text);
    }
  });

  it("opens with other forms of private keys that OpenSSH reads", async () => {
    const pem = { type: "pkcs8", format: "pem" } as const;
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { n = "", e = "" } = publicKey.export({ format: "jwk" });
    const line = `ssh-rsa ${wire("ssh-rsa", of(e), Buffer.concat([Buffer.alloc(1), of(n)]))}`;
    const sealed = (await sealTo([line], "x")) ?? "";
    expect(await open(sealed, String(privateKey.export(pem)))).toBe("x");
    expect(await open(sealed, String(privateKey.export({ type: "pkcs1", format: "pem" })))).toBe("x");
    const curve = generateKeyPairSync("ed25519");
    const point = of(curve.publicKey.export({ format: "jwk" }).x ?? "");
    const again = (await sealTo([`ssh-ed25519 ${wire("ssh-ed25519", point)}`], "y")) ?? "";
    expect(await open(again, String(curve.privateKey.export(pem)))).toBe("y");
  });

  it("to many keys of both kinds is opened by each of them", async () => {
    const { generateIdentity, identityToRecipient } = await import("age-encryption");
    const identity = await generateIdentity();
    const keys = [ed25519.public, await identityToRecipient(identity), rsa.public];
    const sealed = (await sealTo(keys, "for three")) ?? "";
    for (const file of [ed25519.private, identity, rsa.private]) expect(await open(sealed, file)).toBe("for three");
  });

  it("says that a key wants a passphrase, and what to use instead", async () => {
    const sealed = (await sealTo([locked.public], "x")) ?? "";
    await expect(open(sealed, locked.private)).rejects.toMatchObject({
      code: "E702",
      diagnostics: [{ detail: expect.stringContaining("passphrase"), fix: expect.stringContaining("age-keygen") }],
    });
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
    expect(tryParseSshPrivateKey(String(pem))).toBe("locked");
  });

  it("seals nothing to what is no key, cut short, of low order, or too short to be safe", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
    const lowOrder = [0, 1].map((y) => Buffer.from([y, ...Array<number>(31).fill(0)]));
    const lines = [
      ed25519.public.slice(0, -8),
      ed25519.public.replace("ssh-ed25519 ", "ssh-rsa "),
      rsa.public.replace("ssh-rsa ", "ssh-ed25519 "),
      `${rsa.public}AAAA`,
      `ssh-rsa ${wire("ssh-rsa", of(short.e ?? ""), of(short.n ?? ""))}`,
      ...lowOrder.map((point) => `ssh-ed25519 ${wire("ssh-ed25519", point)}`),
      `ssh-ed25519 ${wire("ssh-ed25519", Buffer.alloc(32, 255))}`,
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
    ];
    for (const line of lines) expect([line, await sealTo([line], "x")]).toEqual([line, undefined]);
    const sealed = (await sealTo([...lines, ed25519.public], "x")) ?? "";
    expect(await open(sealed, ed25519.private)).toBe("x");
  });

  it("opens nothing that was altered, and reads any text without an error of its own", async () => {
    const sealed = (await sealTo([ed25519.public, rsa.public], "x".repeat(50))) ?? "";
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 40), async (at) => {
        const altered = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
        if (altered === sealed) return;
        for (const { private: file } of [ed25519, rsa]) {
          expect(await open(altered, file).catch(() => undefined)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
    const damaged = fc.tuple(fc.constantFrom(ed25519, rsa, locked), fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(damaged, ([key, at, byte]) => {
        const body = Buffer.from(key.private.replaceAll(/-----.*-----/g, ""), "base64");
        body[at % body.length] = byte;
        const label = "OPENSSH PRIVATE KEY";
        tryParseSshPrivateKey(`-----BEGIN ${label}-----\n${body.toString("base64")}\n-----END ${label}-----\n`);
        const wireBytes = Buffer.from(key.public.split(" ")[1] ?? "", "base64");
        wireBytes[at % wireBytes.length] = byte;
        tryParseSshPublicKey(`${key.public.split(" ")[0]} ${wireBytes.toString("base64")}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

function of(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

/** The wire form of a public key. */
function wire(type: string, ...fields: readonly Buffer[]): string {
  const parts = [Buffer.from(type), ...fields].map((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return Buffer.concat([length, field]);
  });
  return Buffer.concat(parts).toString("base64");
}
