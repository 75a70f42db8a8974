import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

describe("the build", () => {
  const root = temporaryFolder();
  const inDist = (path: string) => join(root, "dist", path);

  /** Builds in a process of its own, so that tsc's complaints stay out of the output of the tests. */
  const buildIfStale = (): { readonly outcome: string; readonly stderr: string } => {
    const script = pathToFileURL(join(projectRoot, "scripts", "build.mjs")).href;
    const program = `import { buildIfStale } from ${JSON.stringify(script)}; console.log(buildIfStale(process.cwd()));`;
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    return { outcome: stdout.trim(), stderr };
  };

  beforeAll(() => {
    // Only the compiler is linked: the build keeps its lock in node_modules, and this one must not be the checkout's.
    mkdirSync(join(root, "node_modules"));
    symlinkSync(join(projectRoot, "node_modules", "typescript"), join(root, "node_modules", "typescript"));
    writeTree(root, {
      "tsconfig.build.json": JSON.stringify({
        compilerOptions: { rootDir: ".", outDir: "dist", strict: true, types: [], incremental: true },
        include: ["lib"],
      }),
      "lib/cli/main.ts": "#!/usr/bin/env node\nexport const main = 1;\n",
      "lib/gone-soon.ts": "export const gone = 1;\n",
      "schemas/plan.v1.json": "{}",
    });
  });

  test("emits the bin as an executable file and the schemas next to lib", () => {
    expect(buildIfStale().outcome).toBe("built");
    expect(statSync(inDist("lib/cli/main.js")).mode & 0o111).toBe(0o111);
    expect(readFileSync(inDist("lib/cli/main.js"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(readFileSync(inDist("schemas/plan.v1.json"), "utf8")).toBe("{}");
  });

  test("does nothing when no source has changed", () => {
    expect(buildIfStale().outcome).toBe("fresh");
  });

  test("notices a changed source and a changed schema", () => {
    writeFileSync(join(root, "lib", "cli", "main.ts"), "export const main = 22;\n");
    expect(buildIfStale().outcome).toBe("built");
    expect(readFileSync(inDist("lib/cli/main.js"), "utf8")).toContain("22");
    utimesSync(join(root, "schemas", "plan.v1.json"), 1, 1);
    expect(buildIfStale().outcome).toBe("built");
  });

  test("removes the output of a source that has gone", () => {
    rmSync(join(root, "lib", "gone-soon.ts"));
    expect(buildIfStale().outcome).toBe("built");
    expect(existsSync(inDist("lib/gone-soon.js"))).toBe(false);
    expect(existsSync(inDist("lib/cli/main.js"))).toBe(true);
  });

  test("reports type errors, and never takes their output for fresh", () => {
    writeFileSync(join(root, "lib", "wrong.ts"), "export const wrong: number = 'text';\n");
    const { outcome, stderr } = buildIfStale();
    expect(outcome).toBe("type errors");
    expect(stderr).toContain("lib/wrong.ts(1,14): error TS2322");
    expect(buildIfStale().outcome).toBe("type errors");
    writeFileSync(join(root, "lib", "wrong.ts"), "export const wrong: string = 'text';\n");
    expect(buildIfStale().outcome).toBe("built");
    expect(buildIfStale().outcome).toBe("fresh");
  });

  test("bundles the Action where there is one: each entry whole, in its place, with `__dirname` as in lib", () => {
    writeTree(root, {
      "action.yml": "name: Leasehold\n",
      "package.json": JSON.stringify({ name: "leasehold", version: "9.9.9", license: "Apache-2.0", scripts: {} }),
      "lib/cli/action/main.ts": `import { where } from "../../deep/where"; console.log(where);\n`,
      "lib/deep/where.ts": "declare const __dirname: string;\nexport const where = __dirname;\n",
      "lib/adapters/rules-program/child.ts": "export {};\n",
      "lib/request/parse-worker.ts": "export {};\n",
      "lib/log/hash-worker.ts": "export {};\n",
    });
    expect(buildIfStale().outcome).toBe("built");
    const ran = spawnSync(process.execPath, [inDist("action/lib/cli/action/main.js")], { encoding: "utf8" });
    expect(ran.stdout.trim()).toBe(inDist("action/lib/deep"));
    expect(JSON.parse(readFileSync(inDist("action/package.json"), "utf8"))).toEqual({
      name: "leasehold",
      version: "9.9.9",
      license: "Apache-2.0",
      type: "commonjs",
    });
  });

  test("a bundle that fails leaves the last one, and the build is not fresh", () => {
    writeTree(root, { "lib/cli/action/main.ts": `// @ts-ignore\nimport { no } from "../nowhere"; console.log(no);\n` });
    const { outcome, stderr } = buildIfStale();
    expect(outcome).toBe("type errors");
    expect(stderr).toContain("nowhere");
    expect(existsSync(inDist("action/lib/cli/action/main.js"))).toBe(true);
    expect(buildIfStale().outcome).toBe("type errors");
  });
});
