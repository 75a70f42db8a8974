import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import type { ProgramInput } from "./message";

/** Notes what a rules program reads of its repository, so that a later run knows whether anything changed. */
export class InputNotes {
  private readonly notes = new Map<string, ProgramInput>();

  constructor(private readonly repository: string) {}

  file(path: string, content: Uint8Array): void {
    this.note(path, (within) => ({ kind: "file", path: within, digest: contentDigest(content) }));
  }

  directory(path: string, names: readonly string[]): void {
    this.note(path, (within) => ({ kind: "directory", path: within, digest: namesDigest(names) }));
  }

  absent(path: string): void {
    this.note(path, (within) => ({ kind: "absent", path: within }));
  }

  /** All notes in the order of their paths. */
  get all(): readonly ProgramInput[] {
    return [...this.notes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note);
  }

  private note(path: string, make: (within: string) => ProgramInput): void {
    const within = relative(this.repository, path).split(sep).join("/");
    if (within !== "" && !within.startsWith("../") && !this.notes.has(within)) this.notes.set(within, make(within));
  }
}

/** The digest of a file's bytes. */
export function contentDigest(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The digest of a directory's names, in whatever order they were read. */
export function namesDigest(names: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(names.toSorted())).digest("hex");
}

/** Whether a value that comes from outside is a note. */
export function isProgramInput(value: unknown): value is ProgramInput {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("path" in value)) return false;
  if (typeof value.path !== "string" || value.path.length > 4_096) return false;
  const digest = "digest" in value ? value.digest : undefined;
  return (
    value.kind === "absent" || ((value.kind === "file" || value.kind === "directory") && typeof digest === "string")
  );
}
