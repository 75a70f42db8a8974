/** Git's object formats: what a commit and a tree look like as bytes, and back. */
import { createHash } from "node:crypto";

/** Kinds of objects that we deal in. */
export type ObjectKind = "blob" | "tree" | "commit" | "tag";

/** An object as `git cat-file --batch` gives it. */
export interface GitObject {
  readonly kind: ObjectKind;
  readonly bytes: Buffer;
}

/** One name in a tree. */
export interface TreeEntry {
  /** As Git writes it: `100644`, `100755`, `120000` (symbolic link), `160000` (submodule), `40000` (tree). */
  readonly mode: string;
  readonly name: string;
  readonly sha: string;
}

/** Who made a commit, as the commit says. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 in whole seconds, UTC. */
  readonly date: string;
}

/** A commit as it is stored. */
export interface StoredCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** The id of an object. */
export function objectId(kind: ObjectKind, bytes: Buffer): string {
  return createHash("sha1").update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The bytes of a tree, its entries in Git's order. */
export function treeBytes(entries: readonly TreeEntry[]): Buffer {
  const sorted = entries.toSorted((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    sorted.flatMap((entry) => [Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.sha, "hex")]),
  );
}

/** Reads a tree. */
export function parseTree(bytes: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString("latin1", at, space),
      name: bytes.toString("utf8", space + 1, end),
      sha: bytes.toString("hex", end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

/** The bytes of a commit. */
export function commitBytes(commit: StoredCommit): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personLine(commit.author)}`,
    `committer ${personLine(commit.committer)}`,
  ];
  return Buffer.from(`${lines.join("\n")}\n\n${commit.message}`);
}

/** Reads a commit; headers we do not know (gpgsig, encoding) are passed over. */
export function parseCommit(bytes: Buffer): StoredCommit {
  const text = bytes.toString("utf8");
  const split = text.indexOf("\n\n");
  const headers = text.slice(0, split).split("\n");
  const all = (key: string) => headers.filter((line) => line.startsWith(`${key} `)).map((l) => l.slice(key.length + 1));
  return {
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: parsePerson(all("author")[0] ?? ""),
    committer: parsePerson(all("committer")[0] ?? ""),
    message: text.slice(split + 2),
  };
}

function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === "40000" ? `${entry.name}/` : entry.name);
}

function personLine(person: Signature): string {
  const clean = (text: string) => text.replaceAll(/[<>\n\0]/g, "");
  return `${clean(person.name)} <${clean(person.email)}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;
}

function parsePerson(line: string): Signature {
  const match = /^(.*?) ?<(.*)> (-?\d+) [+-]\d{4}$/s.exec(line);
  const [, name = "", email = "", seconds = "0"] = match ?? [];
  return { name, email, date: isoSeconds(Number(seconds) * 1000) };
}

/** An instant as GitHub writes it: ISO 8601, whole seconds, UTC. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
