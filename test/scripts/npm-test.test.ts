import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { linkFromProject, projectRoot, temporaryFolder, writeTree } from "../support/folders";

const jestConfig = `
module.exports = {
  ...require(${JSON.stringify(join(projectRoot, "jest.config.js"))}),
  rootDir: __dirname,
  transform: { "\\\\.ts$": [${JSON.stringify(require.resolve("@swc/jest"))}, { swcrc: false, jsc: { parser: { syntax: "typescript" } } }] },
  globalSetup: undefined,
};`;

describe("npm test", () => {
  const root = temporaryFolder();

  beforeAll(() => {
    linkFromProject(root, ["node_modules"]);
    cpSync(join(projectRoot, "scripts"), join(root, "scripts"), { recursive: true });
    cpSync(join(projectRoot, "test", "support"), join(root, "test", "support"), { recursive: true });
    writeTree(root, {
      "jest.config.js": jestConfig,
      "package.json": JSON.stringify({ dependencies: { "not-here": "1.0.0" } }),
      "test/passes.test.ts": `test("adds", () => { expect(1 + 1).toBe(2); });`,
      "test/fails.test.ts": `test("adds", () => { expect(1 + 1).toBe(3); });`,
      "test/broken.test.ts": `import "./gone"; test("never runs", () => {});`,
      "test/needs.test.ts": `
        import { describeWith, testWith } from "./support/needs";
        const absent = { what: "a thing", environment: ["SURELY_NOT_SET"] };
        const listed = { what: "a package", npmPackage: "not-here" };
        test("runs", () => {});
        testWith([], "needs nothing", () => {});
        describeWith(absent, "with a thing", () => { test("is used", () => { throw new Error("ran"); }); });
        testWith(listed, "with a package", () => { throw new Error("ran"); });`,
    });
  });

  const run = (paths: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const { CI: _ci, ...inherited } = process.env;
    const args = [join(root, "scripts", "test.mjs"), ...paths];
    const result = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...inherited, ...environment } });
    return { status: result.status, lines: result.stdout.trimEnd().split("\n"), stderr: result.stderr };
  };

  test("ends with the summary as the last line and exits with 0 when all is well", () => {
    const { status, lines } = run(["test/passes"]);
    expect(lines.at(-1)).toBe("1 passed, 0 failed");
    expect(status).toBe(0);
  });

  test("exits with 1 when a test fails or a file can't be run", () => {
    const { status, lines } = run(["test/passes", "test/fails", "test/broken"]);
    expect(lines.at(-1)).toBe("1 passed, 2 failed");
    expect(status).toBe(1);
  });

  test("exits with 1 when no test ran", () => {
    const { status, lines } = run(["test/nothing-of-this-name"]);
    expect(lines.at(-1)).toBe("0 passed, 1 failed");
    expect(status).toBe(1);
  });

  test("skips tests whose needs are not met and prints what was missing", () => {
    const { status, lines } = run(["test/needs"]);
    expect(lines).toContain("skipped: with a thing [needs a thing: set SURELY_NOT_SET] is used");
    expect(lines).toContain("skipped: with a package [needs a package: npm package not-here is not installed]");
    expect(lines.at(-1)).toBe("2 passed, 0 failed, 2 skipped");
    expect(status).toBe(0);
  });

  test("fails in CI a test whose need this project lists, and still skips one that nobody could meet", () => {
    const { status, lines, stderr } = run(["test/needs"], { CI: "true" });
    expect(stderr).toContain("it lacks a package: npm package not-here is not installed");
    expect(lines.at(-1)).toBe("2 passed, 1 failed, 1 skipped");
    expect(status).toBe(1);
  });
});
