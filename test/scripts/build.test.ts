import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

describe("the build", () => {
  const root = temporaryFolder();
  const inDist = (path: string) => join(root, "dist", path);
  let buildIfStale: (root: string) => string;

  beforeAll(async () => {
    ({ buildIfStale } = await import("../../scripts/build.mjs"));
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
    expect(buildIfStale(root)).toBe("built");
    expect(statSync(inDist("lib/cli/main.js")).mode & 0o111).toBe(0o111);
    expect(readFileSync(inDist("lib/cli/main.js"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(readFileSync(inDist("schemas/plan.v1.json"), "utf8")).toBe("{}");
  });

  test("does nothing when no source has changed", () => {
    expect(buildIfStale(root)).toBe("fresh");
  });

  test("notices a changed source and a changed schema", () => {
    writeFileSync(join(root, "lib", "cli", "main.ts"), "export const main = 22;\n");
    expect(buildIfStale(root)).toBe("built");
    expect(readFileSync(inDist("lib/cli/main.js"), "utf8")).toContain("22");
    utimesSync(join(root, "schemas", "plan.v1.json"), 1, 1);
    expect(buildIfStale(root)).toBe("built");
  });

  test("removes the output of a source that has gone", () => {
    rmSync(join(root, "lib", "gone-soon.ts"));
    expect(buildIfStale(root)).toBe("built");
    expect(existsSync(inDist("lib/gone-soon.js"))).toBe(false);
    expect(existsSync(inDist("lib/cli/main.js"))).toBe(true);
  });

  test("reports type errors, and never takes their output for fresh", () => {
    writeFileSync(join(root, "lib", "wrong.ts"), "export const wrong: number = 'text';\n");
    expect(buildIfStale(root)).toBe("type errors");
    expect(buildIfStale(root)).toBe("type errors");
    writeFileSync(join(root, "lib", "wrong.ts"), "export const wrong: string = 'text';\n");
    expect(buildIfStale(root)).toBe("built");
    expect(buildIfStale(root)).toBe("fresh");
  });
});
