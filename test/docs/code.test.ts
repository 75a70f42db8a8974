/** What docs quote is so: rules, requests, configs, and the tables of exit codes and words. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "../../lib/config";
import { catalogue, exitCodePrecedence, exitCodes } from "../../lib/errors";
import { glossary } from "../../lib/model/glossary";
import { parseRequest } from "../../lib/request";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

const bin = join(projectRoot, "dist/lib/cli/main.js");
const folder = temporaryFolder();
const pages = readdirSync(join(projectRoot, "docs")).filter((name) => name.endsWith(".md"));

/** A fenced block, and the comment that stands before it. */
interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  readonly from: string | undefined;
}

const blocks = pages.flatMap((page) => blocksOf(page, read(`docs/${page}`)));

test("the rules of write-rules.md together are one program, which validates", () => {
  const program = blocks.filter((block) => block.page === "write-rules.md" && block.language === "ts");
  const own = program.filter((block) => block.from === undefined).map((block) => block.text);
  expect(own.length).toBeGreaterThan(3);
  writeTree(folder, {
    "access.ts": own.join("\n"),
    "leasehold.yaml": blocks.find(isConfig)?.text ?? "",
    "requests/one.yaml": `apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: one
spec:
  for: ana@example.com
  access: [orders-db/read]
  duration: 2h
  startBefore: 2026-11-25T18:00:00Z
  reason: "INC-4711: find the stuck orders"
`,
  });
  const run = spawnSync(process.execPath, [bin, "validate", "--as-of", "2026-11-25T09:00:00Z"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status: run.status, stdout: run.stdout }).toEqual({
    status: 0,
    stdout: "No problems. 1 request checked.\n",
  });
});

test("what is quoted from a file stands in it", () => {
  const quoted = blocks.filter((block) => block.from !== undefined);
  expect(quoted.length).toBeGreaterThan(0);
  for (const { from = "", text } of quoted) expect(unindented(read(from))).toContain(unindented(text));
});

test("every configuration and every request in the docs is valid", () => {
  const configs = blocks.filter(isConfig);
  const requests = blocks.filter((block) => block.text.includes("kind: AccessRequest"));
  expect([configs.length, requests.length]).toEqual([2, 1]);
  for (const { text } of configs)
    expect(parseConfig({ file: "leasehold.yaml", text })).toMatchObject({ kind: "config" });
  for (const { text } of requests) expect(parseRequest({ file: "one.yaml", text })).toMatchObject({ kind: "request" });
});

describe("exit-codes.md", () => {
  const page = read("docs/exit-codes.md");

  test("has every exit code, and no other", () => {
    const listed = [...page.matchAll(/^\| (\d+) +\|/gm)].map((match) => Number(match[1]));
    expect(listed.toSorted(ascending)).toEqual([0, 2, ...Object.values(exitCodes)].toSorted(ascending));
  });

  test("says which wins where several hold", () => {
    const order = /the first of ([\d, ]+) is the exit code/.exec(page)?.[1]?.split(", ").map(Number);
    expect(order).toEqual(exitCodePrecedence.filter((code) => code !== 0));
  });

  test("has every error with its exit code and its words", () => {
    const listed = [...page.matchAll(/^\| (E\d{3}) +\| (\d+) +\| (.+?) +\|$/gm)].map((match) => match.slice(1, 4));
    const known = Object.entries(catalogue).map(([code, entry]) => [code, `${exitCodes[entry.class]}`, entry.summary]);
    expect(listed).toEqual(known);
  });
});

test("the threat model names every attack that the suite carries out", () => {
  const page = read("docs/threat-model.md");
  const attacks = readdirSync(join(projectRoot, "test/attacks")).filter((name) => name.endsWith(".test.ts"));
  expect(attacks.filter((name) => !page.includes(`../test/attacks/${name}`))).toEqual([]);
});

test("CONTRIBUTING has every word of the glossary", () => {
  const words = new Set(
    [...read("CONTRIBUTING.md").matchAll(/^\| ([A-Z][^|]*?) +\|/gm)].flatMap(([, cell = ""]) => cell.split(", ")),
  );
  expect(Object.keys(glossary).filter((word) => !words.has(word))).toEqual([]);
});

function isConfig(block: Block): boolean {
  return block.language === "yaml" && block.text.includes("kind: Config");
}

function blocksOf(page: string, markdown: string): readonly Block[] {
  const pattern = /(?:^<!-- from: (\S+) -->\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].map(([, from, language = "", text = ""]) => ({ page, from, language, text }));
}

function unindented(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

function ascending(a: number, b: number): number {
  return a - b;
}

function read(path: string): string {
  return readFileSync(join(projectRoot, path), "utf8");
}
