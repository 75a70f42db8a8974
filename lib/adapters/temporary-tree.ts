import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { failure } from "../errors";

/** A directory of its own with files in it; remove it. */
export interface TemporaryTree {
  /** Absolute, without symbolic links. */
  readonly directory: string;
  remove(): Promise<void>;
}

/** Writes files by their paths into a new directory that only this user can read. Throws E703 for a path that leads out of it. */
export async function writeTemporaryTree(files: ReadonlyMap<string, Uint8Array>): Promise<TemporaryTree> {
  const bad = [...files.keys()].find((path) => !isWithin(path));
  if (bad !== undefined) {
    throw failure("E703", { detail: JSON.stringify(bad.slice(0, 200)), fix: "rename the file in the repository" });
  }
  const directory = await realpath(await mkdtemp(join(tmpdir(), "leasehold-")));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    for (const [path, bytes] of files) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600, flag: "wx" });
    }
  } catch (thrown) {
    await remove();
    throw failure("E704", { detail: directory, fix: "make room in the directory for temporary files", cause: thrown });
  }
  return { directory, remove };
}

/** A path of Git: relative, with `/`, and no step that a file system takes for something else. */
function isWithin(path: string): boolean {
  return path.split("/").every((step) => step !== "" && step !== "." && step !== ".." && !/[\\\0]/.test(step));
}
