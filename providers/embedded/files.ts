/** Small files of a gateway's directory. */
import { open, readFile, rename } from "node:fs/promises";

/** Writes a file in one step, readable by its owner only: a reader sees the old text or the new. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

/** The JSON of a file; undefined when the file is missing. */
export async function tryReadJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}
