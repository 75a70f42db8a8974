import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { failure } from "../errors";
import { limits } from "../model/limits";

/** What Git says of a working tree. */
export interface Checkout {
  /** The directory at the top of it, absolute, without symbolic links. */
  readonly top: string;
  /** The commit that is checked out. */
  readonly commit: string;
  /** Every file of that commit: Git's mode and the id of its contents. */
  readonly files: readonly { readonly path: string; readonly mode: string; readonly blob: string }[];
  /** Paths that differ from that commit, also those that Git does not know and does not ignore; sorted. */
  readonly changed: readonly string[];
}

/** Reads the working tree around a directory; writes nothing. Throws E406 where there is no commit checked out. */
export async function readCheckout(directory: string): Promise<Checkout> {
  const top = (await git(directory, ["rev-parse", "--show-toplevel"])).trimEnd();
  const commit = (await git(directory, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])).trim();
  const listing = await git(top, ["ls-tree", "-r", "-z", commit]);
  const status = await git(top, ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"]);
  return { top: await realpath(top), commit, files: filesOf(listing), changed: changedOf(status) };
}

function filesOf(listing: string): Checkout["files"] {
  return listing.split("\0").flatMap((line) => {
    const match = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line);
    if (match === null) return [];
    const [, mode = "", blob = "", path = ""] = match;
    return [{ path, mode, blob }];
  });
}

function changedOf(status: string): readonly string[] {
  return status
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => line.slice(3))
    .toSorted();
}

function git(directory: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      "git",
      ["--no-optional-locks", "-C", directory, ...args],
      { encoding: "utf8", maxBuffer: limits.blobBytes, timeout: 60_000 },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(noCheckout(directory, error));
      },
    );
  });
}

function noCheckout(directory: string, cause: Error): Error {
  const said = cause.message.split("\n").find((line) => line.startsWith("fatal:"));
  return failure("E406", {
    summary: "there is no commit of Git checked out here",
    detail: `${directory}${said === undefined ? "" : `: ${said.slice(0, 200)}`}`,
    fix: "run it in a clone of the access repository, with the commit to accept checked out",
    cause,
  });
}
