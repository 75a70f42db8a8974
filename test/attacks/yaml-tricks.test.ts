import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Alias, Composer, Lexer, Parser } from "yaml";
import type { Diagnostic } from "../../lib/errors";
import { parseRequest } from "../../lib/request";
import { projectRoot, temporaryFolder } from "../support/folders";
import { requestText } from "../support/request-text";

/** The codes of what is wrong with a file; empty when it is a request. */
function refused(text: string): readonly Diagnostic["code"][] {
  const parsing = parseRequest({ file: "requests/a.yaml", text });
  return parsing.kind === "problems" ? parsing.diagnostics.map((one) => one.code) : [];
}

describe("YAML tricks: a file says to Leasehold what it says to a reader, or it is refused", () => {
  test("duplicate keys: no later value replaces the one that was read", () => {
    expect(refused(`${requestText()}  duration: 90d\n`)).toEqual(["E108"]);
    expect(refused(`${requestText()}spec: { for: mallory@example.com }\n`)).toEqual(["E108"]);
    expect(refused(`${requestText()}  "duration": 90d\n`)).toEqual(["E108"]);
  });

  test("anchors, aliases and merge keys: no value comes from somewhere else", () => {
    expect(refused(requestText({ for: "&who dev@example.com" }))).toEqual(["E108"]);
    expect(refused(requestText({ for: "*who" }))).toEqual(["E108"]);
    expect(refused(`x: &x { duration: 90d }\n${requestText({ "<<": "*x", duration: undefined })}`)).toEqual([
      "E108",
      "E108",
    ]);
    expect(refused(requestText({ "<<": "{ duration: 90d }", duration: undefined }))).toEqual(["E108"]);
    expect(refused(requestText({ "<<": "[{ duration: 90d }]" }))).toEqual(["E108"]);
  });

  test("tags: no value changes its type", () => {
    for (const tag of ["!!str", "!!int", "!!binary", "!!timestamp", "!!set", "!!js/function", "!x", "!<x>", "!"]) {
      expect(refused(requestText({ duration: `${tag} 2h` }))).toEqual(["E108"]);
    }
  });

  test("directives: the version of YAML cannot be changed", () => {
    expect(refused(`%YAML 1.1\n---\n${requestText()}`)).toEqual(["E108"]);
    expect(refused(`%TAG ! tag:example.com,2000:\n---\n${requestText()}`)).toEqual(["E108"]);
    expect(refused(`%UNKNOWN x\n---\n${requestText()}`)).toEqual(["E108"]);
  });

  test("many documents: nothing hides behind the first", () => {
    expect(refused(`${requestText()}---\n${requestText({}, "second")}`)).toEqual(["E108"]);
    expect(refused(`${requestText()}...\n${requestText({}, "second")}`)).not.toEqual([]);
    expect(refused(`${requestText()}---\n`)).toEqual(["E108"]);
  });

  test("0o7 and 07: a number is never taken for a text", () => {
    expect(refused(requestText({ ticket: "0o7" }))).toEqual(["E102"]);
    expect(refused(requestText({ ticket: "07" }))).toEqual(["E102"]);
    expect(refused(requestText({ ticket: "1_000" }))).toEqual([]);
    expect(refused(requestText({ ticket: "1e3" }))).toEqual(["E102"]);
    expect(refused(requestText({ ticket: ".inf" }))).toEqual(["E102"]);
  });

  test("Norway: `no` is a text, `false` is none, and neither is the other", () => {
    expect(refused(requestText({ ticket: "no" }))).toEqual([]);
    expect(refused(requestText({ ticket: "false" }))).toEqual(["E102"]);
    expect(refused(requestText({ ticket: "null" }))).toEqual(["E102"]);
  });

  test("look-alike names: an identifier is ASCII", () => {
    for (const who of ["d\u0435v@example.com", "dev@ex\u0430mple.com", "ｄev@example.com", "dev\u200b@example.com"]) {
      expect(refused(requestText({ for: `"${who}"` }))).not.toEqual([]);
    }
    expect(refused(requestText({ access: "[orders\u2010db/read]" }))).toEqual(["E102"]);
    expect(refused(requestText({}, "orders-\u0131nc"))).toEqual(["E102"]);
    expect(refused(requestText({ for: '"d\\u0435v@example.com"' }))).toEqual(["E102"]);
  });

  test("hidden text: what a terminal or a review does not show is refused, also in comments", () => {
    expect(refused(`# \u202e fine\n${requestText()}`)).toEqual(["E110"]);
    expect(refused(requestText({ duration: "2h # ok\r  duration: 90d" }))).toContain("E110");
    expect(refused(requestText({ reason: '"ok\\r\\u001b[2K"' }))).toEqual(["E110"]);
  });

  test("size and depth: bounded before anything is composed", () => {
    expect(refused(requestText({ ticket: "[".repeat(30_000) }))).toEqual(["E109"]);
    expect(refused(requestText({ ticket: "{a: ".repeat(4_000) }))).toEqual(["E109"]);
    expect(refused("- ".repeat(30_000))).toEqual(["E109"]);
    expect(refused(requestText({ reason: `"${"x".repeat(100_000)}"` }))).toEqual(["E109"]);
    expect(refused("? ".repeat(30_000))).not.toEqual([]);
  });
});

describe("alias bombs: refused in linear time and memory", () => {
  const folder = temporaryFolder();
  const program = join(folder, "parse.cjs");

  beforeAll(() => {
    const entry = join(projectRoot, "lib/request/parse.ts");
    execFileSync(
      join(projectRoot, "node_modules/.bin/esbuild"),
      [entry, "--bundle", "--platform=node", "--format=cjs", `--outfile=${program}`, "--log-level=error"],
      { stdio: "inherit" },
    );
  });

  /** Runs the parser of requests on a text in a process with a heap of 64 MiB; gives the codes of what is wrong. */
  function parseIn64MiB(text: string): readonly string[] {
    const file = join(folder, "bomb.yaml");
    writeFileSync(file, text);
    const script = `
      const { parseRequest } = require(${JSON.stringify(program)});
      const text = require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8");
      const parsing = parseRequest({ file: "bomb.yaml", text });
      console.log(JSON.stringify((parsing.diagnostics ?? []).map((one) => one.code)));`;
    const run = spawnSync(process.execPath, ["--max-old-space-size=64", "-e", script], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(`exit ${run.status}: ${run.stderr}`);
    return JSON.parse(run.stdout) as string[];
  }

  /** `levels` levels of `width` aliases each: width ** levels values, were they resolved. */
  function bomb(levels: number, width: number): string {
    const lines = Array.from({ length: levels }, (_, level) => {
      const item = level === 0 ? "lol" : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array.from({ length: width }, () => item).join(", ")}]`;
    });
    return `${lines.join("\n")}\n`;
  }

  test("a billion laughs are refused within a heap of 64 MiB", () => {
    expect(parseIn64MiB(bomb(9, 10))).toEqual(["E108", "E108"]);
  });

  test("the largest bomb that a request file can hold is refused within a heap of 64 MiB", () => {
    const text = bomb(90, 120).slice(0, 65_000);
    expect(parseIn64MiB(text)).not.toEqual([]);
  });

  test("a bomb of maps, of merge keys and of nested brackets is refused within a heap of 64 MiB", () => {
    const maps = Array.from(
      { length: 30 },
      (_, at) => `m${at}: &m${at} { a: *m${at - 1}, b: *m${at - 1}, <<: *m${at - 1} }`,
    );
    expect(parseIn64MiB(`m-1: &m-1 x\n${maps.join("\n")}\n`)).toContain("E108");
    expect(parseIn64MiB("[".repeat(65_000))).toEqual(["E109"]);
    expect(parseIn64MiB("&a ".repeat(21_000))).toContain("E108");
    expect(parseIn64MiB("*a ".repeat(21_000))).toContain("E108");
  });

  test("the work is one step per lexeme up to the hundredth mark, however long the bomb, and nothing is composed or resolved", () => {
    const steps = jest.spyOn(Parser.prototype, "next");
    const composed = jest.spyOn(Composer.prototype, "next");
    const resolved = jest.spyOn(Alias.prototype, "resolve");
    try {
      for (const levels of [9, 18, 36, 72]) {
        const text = bomb(levels, 10);
        const lexemes = [...new Lexer().lex(text)].length;
        steps.mockClear();
        expect(refused(text)).toEqual(["E108", "E108"]);
        expect(steps.mock.calls.length).toBeLessThanOrEqual(Math.min(lexemes, 400));
      }
      expect(composed).not.toHaveBeenCalled();
      expect(resolved).not.toHaveBeenCalled();
    } finally {
      jest.restoreAllMocks();
    }
  });
});
