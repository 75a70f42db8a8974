import { basename, dirname, join, parse, relative, resolve } from "node:path";
import { parseConfig } from "../config/parse";
import { failure, LeaseholdError } from "../errors";
import type { Config } from "../model/config";
import { limits } from "../model/limits";
import type { WorkspacePorts } from "./ports";

/** An access repository: a directory with a leasehold.yaml. */
export interface Repository {
  /** The directory of leasehold.yaml, absolute. */
  readonly root: string;
  /** leasehold.yaml, absolute. */
  readonly configFile: string;
  readonly config: Config;
}

/** The name of the config file that marks an access repository. */
export const configFileName = "leasehold.yaml";

/**
 * Opens the access repository around a directory: the nearest leasehold.yaml in it or above it, or
 * the file named. Throws E700 when there is none, E701 and its like when it is not valid.
 */
export async function openRepository(
  ports: Pick<WorkspacePorts, "files">,
  where: { readonly directory: string; readonly configFile?: string },
): Promise<Repository> {
  const found = await findConfig(ports, where);
  const root = dirname(found.file);
  const parsing = parseConfig({ file: shownPath(where.directory, found.file), text: found.text });
  if (parsing.kind === "problems") throw new LeaseholdError(parsing.diagnostics);
  return { root, configFile: found.file, config: parsing.config };
}

/** So much of a config is read: what is too large for a config is then said of it with its place, by its parser. */
export const mostConfigRead = limits.configBytes * 16;

/** A path as people are shown it: relative to where they are, with `/`. */
export function shownPath(from: string, path: string): string {
  const shown = relative(from, path).split("\\").join("/");
  return shown === "" ? basename(path) : shown;
}

async function findConfig(
  ports: Pick<WorkspacePorts, "files">,
  where: { readonly directory: string; readonly configFile?: string },
): Promise<{ readonly file: string; readonly text: string }> {
  for (const file of candidates(where)) {
    // oxlint-disable-next-line no-await-in-loop -- the nearest one counts
    const text = await ports.files.tryReadText(file, mostConfigRead);
    if (text !== undefined) return { file, text };
  }
  throw failure("E700", {
    detail:
      where.configFile === undefined ? `looked in ${where.directory} and above it` : `no file ${where.configFile}`,
    fix: "run `leasehold init` to make an access repository here, or name one with `-C DIR`",
  });
}

function candidates(where: { readonly directory: string; readonly configFile?: string }): string[] {
  if (where.configFile !== undefined) return [where.configFile];
  const files: string[] = [];
  const top = parse(where.directory).root;
  for (let directory = resolve(where.directory); ; directory = dirname(directory)) {
    files.push(join(directory, configFileName));
    if (directory === top) return files;
  }
}
