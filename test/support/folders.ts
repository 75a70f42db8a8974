import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The root of this checkout. */
export const projectRoot = dirname(dirname(__dirname));

/** Makes an empty folder under the system's temporary one; it is removed after the tests of the current block. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "leasehold-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their path relative to `root`, folders included. */
export function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Makes `names` of this checkout's root (node_modules, tsconfig.json, ...) visible in `root` as symbolic links. */
export function linkFromProject(root: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    symlinkSync(join(projectRoot, name), join(root, name));
  }
}
