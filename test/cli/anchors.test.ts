import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { chainRecords, recordLine } from "../../lib/log";
import type { LogRecord } from "../../lib/model/record";
import { ben, CommandLine, newRepository, request } from "./support/leasehold";

const key = generateKeyPairSync("ed25519");
const anchorKey = { ANCHOR_KEY: key.privateKey.export({ format: "pem", type: "pkcs8" }).toString() };
const publicKey = key.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const verify = ["log", "verify", "export.jsonl", "--against", "anchors.jsonl", "--key", publicKey] as const;

let line: CommandLine;
/** A directory that holds an export and its anchors, and nothing else. */
let auditor: CommandLine;
let exported = "";
let anchors = "";

beforeAll(async () => {
  line = await newRepository();
  const signed = "anchors: { file: kept-elsewhere.jsonl, key: '${env:ANCHOR_KEY}' }";
  line.edit("leasehold.yaml", /^log:.*$/m, `log: { store: file, path: .leasehold/log, ${signed} }`);
  await runWell("policy", "accept");
  await runWell("approve", request, "--as", ben);
  await runWell("apply", "--yes");
  await runWell("revoke", request);
  await runWell("reconcile");
  await runWell("log", "export", "--out", "export.jsonl");
  mkdirSync(line.path("auditor"));
  auditor = new CommandLine(line.path("auditor"));
  exported = line.read("export.jsonl");
  anchors = line.read("kept-elsewhere.jsonl");
});

beforeEach(() => {
  auditor.write("export.jsonl", exported);
  auditor.write("anchors.jsonl", anchors);
});

describe("an export and signed anchors, in a directory that holds nothing else", () => {
  test("verify, and say which key signed the newest", async () => {
    expect(readdirSync(auditor.directory).toSorted()).toEqual(["anchors.jsonl", "export.jsonl"]);
    const ran = await auditor.run(...verify);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(
      /^Anchors: [23] held, the newest is record \d+ of .* UTC, signed with key [0-9a-f]{16}\.$/m,
    );
    expect(ran.stdout).toMatch(/^Log export\.jsonl: \d+ records, verifies\.$/m);
    const json = JSON.parse((await auditor.run(...verify, "--format", "json")).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ ok: true, anchors: { signatures: "checked", replaced: 0 } });
  });

  test.each<[string, (lines: string[]) => string[], RegExp]>([
    ["a cut tail", (lines) => lines.slice(0, -2), /is the first bad one \(cut\).* but there was a record \d+/],
    [
      "an altered record",
      (lines) => lines.with(6, lines[6]!.replace('"time":"2', '"time":"1')),
      /Record 7 is the first bad/,
    ],
    ["a chain written anew from some record on", forged, /\(altered\): its hash is/],
    ["half a record at its end", (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 40)], /\(unreadable\)/],
  ])("%s is found: exit 9", async (_what, change, words) => {
    auditor.write("export.jsonl", `${change(exported.trimEnd().split("\n")).join("\n")}\n`);
    const ran = await auditor.run(...verify);
    expect(ran.stdout).toMatch(words);
    expect(ran.exitCode).toBe(9);
  });

  test("a cut tail does not show without anchors: that is what they are for", async () => {
    auditor.write("export.jsonl", `${exported.trimEnd().split("\n").slice(0, -2).join("\n")}\n`);
    expect(await auditor.run("log", "verify", "export.jsonl")).toMatchObject({ exitCode: 0 });
  });

  test("without the key the anchors are held, and that nobody checked their signatures is said", async () => {
    const ran = await auditor.run("log", "verify", "export.jsonl", "--against", "anchors.jsonl");
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain("signatures were not checked");
  });

  test.each<[string, () => string, readonly string[], string, number]>([
    ["a forged anchor", () => anchors.replace(/"hash":"./g, '"hash":"0'), verify, "E610", 9],
    ["anchors without their signatures", () => anchors.replace(/"(key|signature)":"[^"]*",/g, ""), verify, "E610", 9],
    ["another key", () => anchors, [...verify.slice(0, -1), otherKey()], "which is not known here", 9],
    ["no key at all", () => anchors, [...verify.slice(0, -1), "anchors.jsonl"], "E800", 64],
    ["a file that is not there", () => anchors, verify.with(4, "nothing.jsonl"), "E606", 10],
  ])("with %s nothing is verified", async (_what, text, args, words, exitCode) => {
    auditor.write("anchors.jsonl", text());
    const ran = await auditor.run(...args);
    expect(ran.stderr).toContain(words);
    expect(ran.exitCode).toBe(exitCode);
  });

  test("anchors of another installation are refused", async () => {
    const other = `${anchors
      .trim()
      .split("\n")
      .at(-1)!
      .replace(/"(key|signature)":"[^"]*",/g, "")}\n`;
    auditor.write("anchors.jsonl", other.replace(/"installation":"[^"]*"/, '"installation":"somebody-else"'));
    const ran = await auditor.run("log", "verify", "export.jsonl", "--against", "anchors.jsonl");
    expect(ran.stderr).toContain("E601");
    expect(ran.exitCode).toBe(9);
  });

  test("the Head that an earlier verification printed is as good as an unsigned anchor", async () => {
    const head = (await auditor.run("log", "verify", "export.jsonl", "--format", "json")).stdout;
    auditor.write("anchors.jsonl", head);
    auditor.write("export.jsonl", `${exported.trimEnd().split("\n").slice(0, -1).join("\n")}\n`);
    const ran = await auditor.run("log", "verify", "export.jsonl", "--against", "anchors.jsonl");
    expect(ran.stdout).toContain("(cut)");
    expect(ran.exitCode).toBe(9);
  });
});

describe("the anchors of the config", () => {
  test("are what `log verify` holds the Log against by itself", async () => {
    const ran = await line.with(anchorKey, "log", "verify");
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toMatch(/Anchors: \d held.*signed with key/);
  });

  test("stop all new access without their key, and what they cannot be checked with is said", async () => {
    const ran = await line.run("apply", "--yes");
    expect(ran.stderr).toContain("E610");
    expect(ran.exitCode).toBe(9);
    expect((await line.run("plan")).exitCode).toBe(9);
    expect(line.read("kept-elsewhere.jsonl")).toBe(anchors);
  });

  test("no key of theirs is ever shown", async () => {
    const secret = key.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32).toString("base64");
    for (const args of [["reconcile"], ["log", "verify"], ["doctor"], ["plan"]]) {
      const ran = await line.with({ ANCHOR_KEY: `${secret} is no key` }, ...args);
      expect(`${ran.stdout}${ran.stderr}`).not.toContain(secret);
    }
    rmSync(auditor.directory, { recursive: true });
  });
});

/** Everything from the fifth record on is gone, and as many records that say nothing stand there. */
function forged(lines: string[]): string[] {
  const records = lines.map((text) => JSON.parse(text) as LogRecord);
  const [fifth] = records.slice(4);
  const head = { sequence: 4, hash: fifth!.previous, epoch: 1 };
  const bodies = records.slice(4).map(() => notes);
  const anew = chainRecords(head, records.at(-1)!.epoch, fifth!.time, bodies);
  return [...lines.slice(0, 4), ...anew.map((record) => recordLine(record))];
}

const notes = { type: "removals.confirmed", count: 1, by: { id: "eve", authenticatedBy: "unauthenticated" } } as const;

async function runWell(...args: string[]): Promise<void> {
  const { exitCode, stderr } = await line.with(anchorKey, ...args);
  if (exitCode !== 0) throw new Error(`${args.join(" ")}: ${exitCode} ${stderr}`);
}

function otherKey(): string {
  return generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).toString("base64");
}
