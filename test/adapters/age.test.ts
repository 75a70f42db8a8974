import * as fc from "fast-check";
import { sealTo, unseal } from "../../lib/adapters/age";

/** A key pair as `age-keygen` makes it. */
async function keyPair() {
  const { generateIdentity, identityToRecipient } = await import("age-encryption");
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

describe("sealing with age", () => {
  it("is opened by each of the keys that it was sealed to, and by no other", async () => {
    const [ana, laptop, other] = [await keyPair(), await keyPair(), await keyPair()];
    const sealed = (await sealTo([ana.recipient, laptop.recipient], "a secret")) ?? "";
    expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(sealed).not.toContain("secret");
    for (const { identity } of [ana, laptop]) {
      expect(await unseal(sealed, { text: `# created: today\n${identity}\n`, named: "key.txt" })).toBe("a secret");
    }
    await expect(unseal(sealed, { text: other.identity, named: "key.txt" })).rejects.toThrow(/no key in it opens/);
    await expect(unseal(sealed, { text: "ssh-ed25519 x", named: "key.txt" })).rejects.toThrow(
      /no key of age, nor one of SSH/,
    );
  });

  it("leaves out keys that are none of age, and seals to nobody when none is left", async () => {
    const ana = await keyPair();
    const mistyped = ana.recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q"));
    const sealed = (await sealTo(["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", mistyped, ana.recipient], "x")) ?? "";
    expect(await unseal(sealed, { text: ana.identity, named: "key.txt" })).toBe("x");
    expect(await sealTo(["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", mistyped], "x")).toBeUndefined();
    expect(await sealTo([], "x")).toBeUndefined();
  });

  it("opens nothing that was altered", async () => {
    const ana = await keyPair();
    const sealed = (await sealTo([ana.recipient], "x".repeat(50))) ?? "";
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 40), async (at) => {
        const altered = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
        if (altered === sealed) return;
        const opened = await unseal(altered, { text: ana.identity, named: "key.txt" }).catch(() => undefined);
        expect(opened).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});
