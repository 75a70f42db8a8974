import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "./root";

export { projectRoot } from "./root";
export { writeTree } from "./tree";

/** Makes an empty folder under the system's temporary one; it is removed after the tests of the current block. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "leasehold-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes `names` of this checkout's root (node_modules, tsconfig.json, ...) visible in `root` as symbolic links. */
export function linkFromProject(root: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    symlinkSync(join(projectRoot, name), join(root, name));
  }
}
