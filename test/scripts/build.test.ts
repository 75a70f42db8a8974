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
});
