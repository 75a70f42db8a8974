import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { systemFiles } from "../../../lib/adapters/files";
import { systemSecrets } from "../../../lib/adapters/secrets";
import { anchorLine, fileAnchors, standingAnchors } from "../../../lib/log";
import type { Anchor } from "../../../lib/model/anchor";
import { instantOf } from "../../../lib/model/instant";
import type { Head } from "../../../lib/model/record";

const installation = "test-installation-1";
const ours = newKey();
const theirs = newKey();
let directory = "";
let path = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "leasehold-anchors-"));
  path = join(directory, "anchors.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("anchors in a file", () => {
  test("are added and read again, the newest last", async () => {
    const anchors = open();
    expect(await anchors.newest()).toBeUndefined();
    expect(await anchors.history()).toEqual([]);
    await anchors.add(head(3), { time: day(0) });
    await anchors.add(head(7), { time: day(1) });
    expect(await anchors.newest()).toEqual({ format: 1, installation, ...head(7), time: day(1) });
    expect((await anchors.history()).map(({ sequence }) => sequence)).toEqual([3, 7]);
  });

  test("never go back, unless they replace what was lost", async () => {
    const anchors = open();
    await anchors.add(head(9), { time: day(0) });
    expect(await anchors.add(head(9), { time: day(1) })).toMatchObject({ sequence: 9, time: day(0) });
    await anchors.add(head(5), { time: day(1) });
    expect(await anchors.newest()).toMatchObject({ sequence: 9 });
    await anchors.add(head(5), { time: day(1), replaces: { first: 4, last: 9 } });
    expect(await anchors.newest()).toMatchObject({ sequence: 5, replaces: { first: 4, last: 9 } });
  });

  test("signed ones carry the id of their key, and are believed by its public half alone", async () => {
    await open({ key: ours.pem }).add(head(3), { time: day(0) });
    const { key, signature } = JSON.parse(readFileSync(path, "utf8")) as Anchor;
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(signature).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    for (const publicKey of [ours.spki, ours.raw]) {
      const reader = fileAnchors({ ...parts({}), key: "${env:NOT_HERE}", publicKeys: [publicKey] });
      expect(await reader.newest()).toMatchObject({ sequence: 3 });
      await expect(reader.add(head(4), { time: day(0) })).rejects.toMatchObject({ code: "E611" });
    }
  });

  test("go on under a new key while the old public one is named", async () => {
    await open({ key: ours.pem }).add(head(3), { time: day(0) });
    const next = open({ key: theirs.der, publicKeys: [ours.spki] });
    await next.add(head(4), { time: day(0) });
    expect((await next.history()).map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  test.each<[string, (line: string) => string, RegExp]>([
    ["an altered hash", (line) => line.replace(/"hash":"./, '"hash":"f'), /signature is not that of key/],
    ["an altered time", (line) => line.replace("T00:", "T01:"), /signature is not that of key/],
    ["a range put in", (line) => line.replace('"seq', '"replaces":{"first":1,"last":9},"seq'), /signature is not/],
    ["a signature of another anchor", (line) => line.replace(/[^"]{86}==/, `${"A".repeat(86)}==`), /signature is not/],
    ["no signature", (line) => line.replace(/"key":"[^"]*",/, "").replace(/"signature":"[^"]*",/, ""), /not signed/],
    [
      "another installation",
      (line) => line.replace(installation, "somebody-else"),
      /is of installation `somebody-else`/,
    ],
    ["a field that nobody knows", (line) => line.replace("{", '{"and":1,'), /no anchor that this version can read/],
    ["a space", (line) => line.replace(":", ": "), /no anchor that this version can read/],
    ["a later format", (line) => line.replace('"format":1', '"format":2'), /no anchor that this version can read/],
    ["half a line", (line) => line.slice(0, 60), /no anchor that this version can read/],
    ["JSON and nonsense", () => "42\n", /no anchor that this version can read/],
    ["nothing", () => "", /no anchor|is empty/],
    ["an older one after it", (line) => line + line, /is anchored after record/],
  ])("with %s are not believed, and not written over", async (_what, change, why) => {
    const anchors = open({ key: ours.pem });
    await anchors.add(head(3), { time: day(0) });
    const text = change(readFileSync(path, "utf8"));
    writeFileSync(path, text);
    const thrown: unknown = await anchors.history().catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "E610", class: "log" });
    expect((thrown as Error).message).toMatch(why);
    await anchors.add(head(4), { time: day(0) }).catch(() => undefined);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("of a key that is not known, or with no key at hand, are not believed", async () => {
    await open({ key: theirs.pem }).add(head(3), { time: day(0) });
    await expect(open({ key: ours.pem }).newest()).rejects.toThrow(/key [0-9a-f]{16}, which is not known here/);
    await expect(fileAnchors({ ...parts({}), key: "${env:NOT_HERE}" }).newest()).rejects.toThrow(/no key to check/);
    await expect(open({ publicKeys: ["A".repeat(60)] }).newest()).rejects.toMatchObject({ code: "E701" });
  });

  test("that cannot be read or written are an error each, never nothing", async () => {
    await open().add(head(3), { time: day(0) });
    writeFileSync(path, "x".repeat(1_048_577));
    await expect(open().newest()).rejects.toMatchObject({ code: "E610" });
    const away = fileAnchors({ ...parts({}), path: join(directory, "not", "mounted") });
    await expect(away.add(head(3), { time: day(0) })).rejects.toMatchObject({ code: "E611" });
    await expect(open({ key: "no key" }).add(head(3), { time: day(0) })).rejects.toMatchObject({ code: "E611" });
    chmodSync(directory, 0o700);
  });

  test("within a repository have their directory made by the first who writes", async () => {
    const first = fileAnchors({
      ...parts({}),
      path: join(directory, ".leasehold", "anchors.jsonl"),
      makesDirectory: true,
    });
    await first.add(head(3), { time: day(0) });
    expect(await first.newest()).toMatchObject({ sequence: 3 });
  });

  test("stay bounded: the newest hundred, the last of each day, and each that replaces others", async () => {
    const anchors = open();
    let lines = "";
    for (let n = 1; n <= 1_300; n += 1) lines += `${anchorLine(anchorAt(n))}\n`;
    writeFileSync(path, lines);
    await anchors.add(head(1_301), { time: day(325.25) });
    const kept = await anchors.history();
    // Four a day for 325 days: the newest hundred are 25 days of them.
    expect(kept).toHaveLength(100 + 300);
    expect(kept.at(-1)).toMatchObject({ sequence: 1_301 });
    expect(kept.slice(0, 3).map(({ sequence }) => sequence)).toEqual([3, 7, 11]);
  });
});

test("anchors that a later one replaces need not be held, those before and after have to", () => {
  const at = (sequence: number, replaces?: Anchor["replaces"]): Anchor => ({
    ...anchorAt(sequence),
    ...(replaces === undefined ? {} : { replaces }),
  });
  const all = [at(50), at(65), at(100), at(75, { first: 65, last: 100 }), at(90)];
  expect(standingAnchors(all).map(({ sequence }) => sequence)).toEqual([50, 75, 90]);
});

test("no bit of a signed anchor can be flipped unnoticed", async () => {
  await open({ key: ours.pem }).add(head(12_345), { time: day(3), replaces: { first: 7, last: 9 } });
  const bytes = readFileSync(path);
  const believed: number[] = [];
  for (let bit = 0; bit < (bytes.length - 1) * 8; bit += 1) {
    const altered = Buffer.from(bytes);
    altered[bit >> 3] = altered[bit >> 3]! ^ (1 << (bit & 7));
    writeFileSync(path, altered);
    const seen = await open({ key: ours.pem })
      .newest()
      .catch(() => undefined);
    if (seen !== undefined) believed.push(bit);
  }
  expect(believed).toEqual([]);
});

test("whatever stands in the file, it is an anchor or E610", async () => {
  const anything = fc.oneof(fc.string(), fc.json(), fc.constant(anchorLine(anchorAt(1))), fc.constant(""));
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 4 }), async (lines) => {
      writeFileSync(path, lines.join("\n"));
      const seen: unknown = await open()
        .history()
        .catch((error: unknown) => error);
      expect(Array.isArray(seen) || (seen as { code: string }).code).toEqual(Array.isArray(seen) || "E610");
    }),
    { numRuns: 300 },
  );
});

interface Keys {
  readonly key?: string;
  readonly publicKeys?: readonly string[];
}

function open(keys: Keys = {}) {
  return fileAnchors({
    ...parts(keys),
    ...(keys.key === undefined ? {} : { key: "${env:ANCHOR_KEY}" }),
    ...(keys.publicKeys === undefined ? {} : { publicKeys: keys.publicKeys }),
  });
}

function parts({ key }: Keys) {
  const files = systemFiles();
  const environment = key === undefined ? {} : { ANCHOR_KEY: key };
  return { path, installation, files, secrets: systemSecrets({ directory, files, environment }) };
}

function head(sequence: number): Head {
  return { sequence, epoch: 1, hash: sequence.toString(16).padStart(64, "0") };
}

function anchorAt(n: number): Anchor {
  return { format: 1, installation, ...head(n), time: day(n / 4) };
}

function day(n: number): string {
  return instantOf(Date.UTC(2026, 0, 1) + n * 86_400_000);
}

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ format: "der", type: "spki" });
  return {
    pem: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    der: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
    spki: spki.toString("base64"),
    raw: spki.subarray(-32).toString("base64"),
  };
}
