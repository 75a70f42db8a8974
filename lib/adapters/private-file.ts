import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that only this user can read, until it is removed. */
export interface PrivateFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes a text into a new file (0600) in a new directory (0700) of the system's place for temporary files. */
export async function privateFile(name: string, text: string): Promise<PrivateFile> {
  const directory = await mkdtemp(join(tmpdir(), "leasehold-"));
  const path = join(directory, name);
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await writeFile(path, text, { mode: 0o600, flag: "wx" });
  } catch (thrown) {
    await remove();
    throw thrown;
  }
  return { path, remove };
}
