import * as fc from "fast-check";
import { sealTo } from "../../lib/adapters/age";
import { publicKeyPattern } from "../../lib/model/names";
import { publicKeyFlaw } from "../../lib/model/public-key";
import recorded from "../fixtures/age-ssh.json";

const age = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
const { ed25519, rsa } = recorded;
const isKey = new RegExp(publicKeyPattern);

describe("public keys", () => {
  it.each([age, ed25519.public, rsa.public])("%s can be sealed to", async (key) => {
    expect(key).toMatch(isKey);
    expect(publicKeyFlaw(key)).toBeUndefined();
    expect(await sealTo([key], "x")).toBeDefined();
  });

  it.each([
    [age.replace(/.$/, "q"), "check sum"],
    [age.slice(0, -1), "check sum"],
    ["age1qqqqqqqqqqqq", "check sum"],
    [ed25519.public.slice(0, -4), "cut short"],
    [ed25519.public.replace("ssh-ed25519", "ssh-rsa"), "cut short"],
    [rsa.public.slice(0, 120), "cut short"],
    [
      `ssh-rsa ${Buffer.from(`\0\0\0\u0007ssh-rsa\0\0\0\u0001\u0003\0\0\0\u0004abcd`, "latin1").toString("base64")}`,
      "2048 bits",
    ],
  ])("%s cannot, and it is said why", async (key, why) => {
    expect(key).toMatch(isKey);
    expect(publicKeyFlaw(key)).toContain(why);
    expect(await sealTo([key], "x")).toBeUndefined();
  });

  it("with one letter of age's mistyped are none, and nothing is sealed to what is said to be none", async () => {
    const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: age.length - 1 }), fc.constantFrom(...letters), async (at, letter) => {
        const typed = `${age.slice(0, at)}${letter}${age.slice(at + 1)}`;
        expect(publicKeyFlaw(typed) === undefined).toBe(typed === age);
        expect((await sealTo([typed], "x")) === undefined).toBe(typed !== age);
      }),
      { numRuns: 100 },
    );
  });
});
