import { join } from "node:path";
import { failure } from "../../errors";
import { canonicalJson } from "../../model/canonical";
import { limits } from "../../model/limits";
import type { SpoolEntry } from "../../model/record";
import type { Files } from "../../ports";
import { modes, type FileLayout } from "./file-layout";
import { checkSpoolEntry, parseSpoolEntry } from "./spool-entry";
import { readFailure, writeFailure } from "./failure";

/** The spool of a file store: a file per entry, written and read without the lock. */
export interface FileSpool {
  add(entry: SpoolEntry): Promise<void>;
  read(): Promise<readonly SpoolEntry[]>;
  remove(ids: readonly string[]): Promise<void>;
}

const suffix = ".json";

/** The spool in the layout's directory. */
export function fileSpool(files: Files, layout: FileLayout): FileSpool {
  const pathOf = (id: string): string => join(layout.spool, `${id}${suffix}`);

  async function add(entry: SpoolEntry): Promise<void> {
    checkSpoolEntry(entry);
    try {
      await files.makeDirectory(layout.directory, { mode: modes.directory });
      await files.makeDirectory(layout.spool, { mode: modes.directory });
      await files.writeText(pathOf(entry.id), `${canonicalJson(entry)}\n`, { mode: modes.file });
    } catch (error) {
      throw writeFailure(error, layout.spool);
    }
  }

  async function read(): Promise<readonly SpoolEntry[]> {
    try {
      const names = (await files.list(layout.spool)).filter((name) => name.endsWith(suffix) && !name.startsWith("."));
      const entries = await Promise.all(names.map((name) => readEntry(name)));
      return entries.filter((entry) => entry !== undefined);
    } catch (error) {
      throw readFailure(error, layout.spool);
    }
  }

  /** Undefined for an entry that a writer has removed since the directory was listed. */
  async function readEntry(name: string): Promise<SpoolEntry | undefined> {
    const path = join(layout.spool, name);
    const text = await files.tryReadText(path, limits.logRecordBytes);
    if (text === undefined) return undefined;
    const entry = parseSpoolEntry(text);
    if (entry !== undefined && `${entry.id}${suffix}` === name) return entry;
    throw failure("E607", {
      detail: `${path} is not an entry of the spool`,
      fix: "look at what it says, carry it out with `leasehold revoke`, then move the file away",
    });
  }

  async function remove(ids: readonly string[]): Promise<void> {
    try {
      for (const id of ids) await files.remove(pathOf(id));
    } catch (error) {
      throw writeFailure(error, layout.spool);
    }
  }

  return { add, read, remove };
}
