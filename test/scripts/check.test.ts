import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { linkFromProject, projectRoot, temporaryFolder, writeTree } from "../support/folders";

describe("npm run check", () => {
  const root = temporaryFolder();

  beforeAll(() => {
    const tools = ["typescript", "oxlint", "prettier", "dependency-cruiser"].map((name) => `node_modules/${name}`);
    linkFromProject(root, [...tools, "package.json"]);
    for (const name of ["scripts", ".oxlintrc.json", ".prettierrc", ".dependency-cruiser.cjs"]) {
      cpSync(join(projectRoot, name), join(root, name), { recursive: true });
    }
    writeTree(root, {
      "node_modules/.package-lock.json": "{}",
      ".prettierignore": "scripts/\nnode_modules/\n*.json\n",
      "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, include: ["lib"] }),
    });
  });

  const check = (files: Readonly<Record<string, string>>) => {
    writeTree(root, files);
    const program = join(root, "scripts", "check.mjs");
    const { status, stderr } = spawnSync(process.execPath, [program], { cwd: root, encoding: "utf8" });
    const steps = stderr.split("\n").filter((line) => /^(PASS|FAIL) check: /.test(line));
    return { status, steps: steps.toSorted(), output: stderr };
  };

  test("passes the four steps on a clean tree", () => {
    const { status, steps } = check({
      "lib/log/a.ts": "export const a = 1;\n",
      "lib/model/b.ts": "export const b = 1;\n",
    });
    expect(steps).toEqual(["PASS check: format", "PASS check: import rules", "PASS check: lint", "PASS check: types"]);
    expect(status).toBe(0);
  });

  test("fails each step that finds something, and prints what", () => {
    const { status, steps, output } = check({
      "lib/log/a.ts": "export const a: string = 1;\n",
      "lib/model/b.ts": 'import { a } from "../log/a";\n\nexport const b   = [a, Date.now()];\n',
    });
    expect(steps).toEqual(["FAIL check: format", "FAIL check: import rules", "FAIL check: lint", "FAIL check: types"]);
    expect(output).toContain("lib/log/a.ts(1,14): error TS2322");
    expect(output).toContain("lib/model/b.ts:3:24 `Date.now`");
    expect(output).toContain("lib/model-may-import: lib/model/b.ts");
    expect(status).toBe(1);
  });

  test("fails a step of several programs when only the first finds something", () => {
    const { steps } = check({
      "lib/log/a.ts": "export const a = (it: any): unknown => it;\n",
      "lib/model/b.ts": "export const b = 1;\n",
    });
    expect(steps).toContain("FAIL check: lint");
    expect(steps).toContain("PASS check: types");
  });
});
