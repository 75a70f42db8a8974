import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

describe("the lint rules", () => {
  const root = temporaryFolder();

  /** The rules broken in a file, sorted. */
  const rulesBrokenBy = (source: string, path: string): readonly string[] => {
    cpSync(join(projectRoot, ".oxlintrc.json"), join(root, ".oxlintrc.json"));
    writeTree(root, { [path]: source });
    const program = join(projectRoot, "node_modules", "oxlint", "bin", "oxlint");
    const { stdout } = spawnSync(process.execPath, [program, "--format", "json", path], {
      cwd: root,
      encoding: "utf8",
    });
    const report = JSON.parse(stdout) as { diagnostics: readonly { code: string }[] };
    return report.diagnostics.map((diagnostic) => diagnostic.code).toSorted();
  };

  test("forbid any everywhere", () => {
    const source = "export const first = (it: any): unknown => it;\n";
    expect(rulesBrokenBy(source, "lib/a.ts")).toEqual(["typescript(no-explicit-any)"]);
    expect(rulesBrokenBy(source, "test/a.ts")).toEqual(["typescript(no-explicit-any)"]);
  });

  test("forbid a non-null assertion, but not in tests", () => {
    const source = "export const first = (them: readonly string[]): string => them[0]!;\n";
    expect(rulesBrokenBy(source, "lib/b.ts")).toEqual(["typescript(no-non-null-assertion)"]);
    expect(rulesBrokenBy(source, "providers/b.ts")).toEqual(["typescript(no-non-null-assertion)"]);
    expect(rulesBrokenBy(source, "test/b.ts")).toEqual([]);
  });

  test("forbid a test without an assertion; a property counts as one", () => {
    expect(rulesBrokenBy('test("is empty", () => {});\n', "test/c.test.ts")).toEqual(["jest(expect-expect)"]);
    const property = 'test("holds", () => { fc.assert(fc.property(fc.nat(), (n) => n >= 0)); });\n';
    expect(rulesBrokenBy(property, "test/d.test.ts")).toEqual([]);
    expect(rulesBrokenBy('test("is shown", () => { expectShown(1); });\n', "test/e.test.ts")).toEqual([]);
  });

  test("forbid console in the product and files of more than 400 lines", () => {
    expect(rulesBrokenBy('console.log("hello");\n', "lib/f.ts")).toEqual(["eslint(no-console)"]);
    expect(rulesBrokenBy("export {};\n".repeat(401), "lib/g.ts")).toContain("eslint(max-lines)");
    expect(rulesBrokenBy("// a line\n".repeat(399), "lib/h.ts")).not.toContain("eslint(max-lines)");
  });
});
