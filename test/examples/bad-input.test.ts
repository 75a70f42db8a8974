import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "../../lib/config";
import type { Diagnostic } from "../../lib/errors";
import { renderDiagnostics } from "../../lib/render/diagnostics";
import sarifSchema from "../fixtures/sarif-2.1.0-part.json";
import { projectRoot, temporaryFolder } from "../support/folders";
import { requestText } from "../support/request-text";
import { schemaProblems } from "../support/schemas";

const folder = join(projectRoot, "examples/bad-input");
const bin = join(projectRoot, "dist/lib/cli/main.js");

/** Runs `leasehold validate` in a folder, as of the noon on which its requests were written. */
function validate(cwd: string, ...args: readonly string[]) {
  const run = spawnSync(process.execPath, [bin, "validate", "--as-of", "2026-11-25T12:00:00Z", ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** Compares with a file beside the example; UPDATE_EXPECTED=1 writes it instead, to be read before it is committed. */
function expectFile(path: string, text: string): void {
  if (process.env["UPDATE_EXPECTED"] === "1") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}

function diagnosticsOf(json: string): readonly Diagnostic[] {
  return (JSON.parse(json) as { diagnostics: readonly Diagnostic[] }).diagnostics;
}

test("every mistake is told in one run with its place, and the exit code is that of invalid input", () => {
  const run = validate(folder);
  expect(run.status).toBe(3);
  expectFile(join(folder, "expected.txt"), run.stdout);
});

test("every file but the correct one is told, and told something to do", () => {
  const diagnostics = diagnosticsOf(validate(folder, "--format", "json").stdout);
  const told = new Set(diagnostics.map((one) => one.where?.file.replace(/^requests\//, "")));
  const files = readdirSync(join(folder, "requests"), { withFileTypes: true })
    .filter((entry) => entry.name !== "twenty")
    .map((entry) => entry.name);
  expect([...told].filter((file) => file?.startsWith("twenty/"))).toHaveLength(20);
  expect(files.filter((file) => !told.has(file))).toEqual(["good.yaml"]);
  for (const one of diagnostics) {
    expect(one.where).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    expect(one.fix.length).toBeGreaterThan(5);
  }
});

test("the same as JSON, SARIF and GitHub annotations", () => {
  const json = validate(folder, "--format", "json");
  expect(json.status).toBe(3);
  expect(schemaProblems("diagnostics.v1", JSON.parse(json.stdout))).toEqual([]);
  const sarif = validate(folder, "--format", "sarif");
  expect(sarif.status).toBe(3);
  expect(schemaProblems(sarifSchema, JSON.parse(sarif.stdout))).toEqual([]);
  expect(JSON.parse(sarif.stdout).runs[0].results).toHaveLength(diagnosticsOf(json.stdout).length);
  const github = validate(folder, "--format", "github");
  expect(github.status).toBe(3);
  const lines = github.stdout.trim().split("\n");
  expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
  expect(lines[9]).toMatch(/^::error title=leasehold::and \d+ more$/);
});

test("the correct request alone has no problem", () => {
  const run = validate(folder, "requests/good.yaml");
  expect(run.stdout).toContain("No problems.");
  expect(run.status).toBe(0);
});

describe("what is too large to keep", () => {
  const copy = temporaryFolder();

  beforeAll(() => {
    cpSync(folder, copy, { recursive: true, filter: (source) => !source.includes("/requests/") });
    writeFileSync(join(copy, "requests", "50-mb.yaml"), Buffer.alloc(50_000_000, "a\n"));
    writeFileSync(join(copy, "requests", "100-kb.yaml"), requestText({ reason: `"${"x".repeat(100_000)}"` }));
  });

  test("is refused by its size", () => {
    const run = validate(copy, "--format", "json");
    expect(run.status).toBe(3);
    expect(diagnosticsOf(run.stdout)).toMatchObject([
      { code: "E109", where: { file: "requests/100-kb.yaml", line: 1 } },
      { code: "E109", where: { file: "requests/50-mb.yaml", line: 1 } },
    ]);
  });
});

test("every mistake of a config is told with its place, and what may be a secret is not repeated", () => {
  const names = readdirSync(join(folder, "configs")).filter((name) => name.endsWith(".yaml"));
  const told = names.map((name) => {
    const parsing = parseConfig({ file: name, text: readFileSync(join(folder, "configs", name), "utf8") });
    return parsing.kind === "config"
      ? `${name}: no problem\n`
      : renderDiagnostics(parsing.diagnostics, { format: "text" });
  });
  expectFile(join(folder, "configs", "expected.txt"), told.join("\n"));
  expect(told.join("")).not.toContain("no problem");
  expect(told.join("")).not.toContain("not-shown");
});
