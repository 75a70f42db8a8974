import { execFile } from "node:child_process";
import { failure } from "../errors";
import { limits } from "../model/limits";
import type { SourceTree, TreeEntry } from "../ports";

/**
 * The files below a directory as a Git revision has them, read as objects: nothing is checked out.
 * Throws E800 for a revision that is none, and where there is no repository of Git.
 */
export async function gitTree(root: string, revision: string): Promise<SourceTree> {
  const entries = await listEntries(root, revision);
  const wanted = entries.filter((one) => one.kind === "file" && /\.ya?ml$/i.test(one.path));
  let contents: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
  return {
    list: async (directory) => entriesOf(entries, directory),
    tryRead: async (path) => {
      contents ??= readBlobs(root, wanted);
      return (await contents).get(path);
    },
  };
}

interface GitEntry {
  readonly path: string;
  readonly kind: TreeEntry["kind"];
  readonly blob: string;
}

async function listEntries(root: string, revision: string): Promise<readonly GitEntry[]> {
  // The revision comes from a command line: it must not be read as an option.
  const commit = (
    await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], revision)
  )
    .toString("utf8")
    .trim();
  const listing = await git(root, ["ls-tree", "-r", "-z", "-l", commit], revision);
  return listing
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const match = /^(\d{6}) (\w+) ([0-9a-f]+) +(-|\d+)\t(.+)$/s.exec(line);
      if (match === null) return [];
      const [, mode = "", type = "", blob = "", size = "", path = ""] = match;
      const isRegular = type === "blob" && mode.startsWith("100") && Number(size) <= limits.requestFileBytes;
      const kind = mode === "120000" ? "link" : isRegular ? "file" : "other";
      return [{ path, kind, blob } as const];
    });
}

/** What stands directly in a directory: files, and directories that files lie below. */
function entriesOf(entries: readonly GitEntry[], directory: string): readonly TreeEntry[] {
  const prefix = directory === "" ? "" : `${directory}/`;
  const found = new Map<string, TreeEntry["kind"]>();
  for (const entry of entries) {
    if (!entry.path.startsWith(prefix)) continue;
    const [name = "", ...below] = entry.path.slice(prefix.length).split("/");
    found.set(name, below.length > 0 ? "directory" : entry.kind);
  }
  return [...found].map(([name, kind]) => ({ name, kind })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function readBlobs(root: string, entries: readonly GitEntry[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (entries.length === 0) return new Map();
  const asked = `${entries.map((one) => one.blob).join("\n")}\n`;
  const answer = await git(root, ["cat-file", "--batch"], "", asked);
  const contents = new Map<string, Uint8Array>();
  let offset = 0;
  for (const entry of entries) {
    const headerEnd = answer.indexOf(10, offset);
    const size = Number(answer.subarray(offset, headerEnd).toString("utf8").split(" ")[2]);
    contents.set(entry.path, answer.subarray(headerEnd + 1, headerEnd + 1 + size));
    offset = headerEnd + 1 + size + 1;
  }
  return contents;
}

function git(root: string, args: readonly string[], revision: string, input?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      ["-C", root, ...args],
      { encoding: "buffer", maxBuffer: limits.blobBytes, timeout: 60_000 },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(notARevision(root, revision, error));
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

function notARevision(root: string, revision: string, cause: unknown): Error {
  return failure("E800", {
    detail: `Git finds no revision \`${revision.slice(0, 100)}\` in ${root}`,
    fix: "name a commit, branch or tag of this repository, e.g. --base origin/main",
    cause,
  });
}
