import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../../support/folders";

const folder = join(projectRoot, "test", "render", "golden");

/**
 * Holds an output against its file in test/render/golden. `GOLDEN=write npx jest test/render` writes
 * the files anew; read what changed before it is committed.
 */
export function expectGolden(name: string, output: string): void {
  const file = join(folder, name);
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${output}\n`);
  }
  expect(`${output}\n`).toBe(readFileSync(file, "utf8"));
}
