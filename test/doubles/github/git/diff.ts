/** What differs between two trees. */

/** One file that differs. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** The blob (or submodule's commit) after, before where removed. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
}

/** Reads what `git diff-tree -r -z -M --raw --numstat` prints. */
export function parseRawDiff(text: string): readonly ChangedFile[] {
  const fields = text.split("\0");
  const files: Omit<ChangedFile, "additions" | "deletions">[] = [];
  let at = 0;
  while (fields[at]?.startsWith(":") === true) {
    const [oldMode = "", newMode = "", oldSha = "", newSha = "", letter = ""] = (fields[at] ?? "").slice(1).split(" ");
    const renamed = letter.startsWith("R");
    const first = fields[at + 1] ?? "";
    const path = renamed ? (fields[at + 2] ?? "") : first;
    const status = statusOf(letter, oldMode, newMode, oldSha === newSha);
    files.push({
      path,
      status,
      sha: status === "removed" ? oldSha : newSha,
      ...(renamed ? { previousPath: first } : {}),
    });
    at += renamed ? 3 : 2;
  }
  return files.map((file) => {
    const [additions = "0", deletions = "0", path = ""] = (fields[at] ?? "").split("\t");
    // A renamed file's numstat has an empty path, then both paths as fields of their own.
    at += path === "" ? 3 : 1;
    return { ...file, additions: Number(additions) || 0, deletions: Number(deletions) || 0 };
  });
}

function statusOf(letter: string, oldMode: string, newMode: string, same: boolean): ChangedFile["status"] {
  if (letter.startsWith("A")) return "added";
  if (letter.startsWith("D")) return "removed";
  if (letter.startsWith("R")) return "renamed";
  return letter.startsWith("T") || (same && oldMode !== newMode) ? "changed" : "modified";
}
