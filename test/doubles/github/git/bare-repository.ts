import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { type ChangedFile, parseRawDiff } from "./diff";
import { ObjectReader } from "./object-reader";
import {
  commitBytes,
  type GitObject,
  objectId,
  type ObjectKind,
  parseCommit,
  parseTree,
  type StoredCommit,
  treeBytes,
  type TreeEntry,
} from "./objects";
import { git, runGit } from "./run-git";

/** The variable that tells the update hook which refs GitHub would refuse, `|`-separated. */
export const refusedRefsVariable = "TEST_GITHUB_REFUSED_REFS";

const updateHook = `#!/bin/sh
case "|$${refusedRefsVariable}|" in
*"|$1|"*) echo "error: GH006: Protected branch update failed for $1." >&2; exit 1;;
esac
`;

/**
 * A bare repository on disk. Objects are written as loose objects (the same bytes that `git hash-object -w` writes) and read
 * through git, so that what was pushed over HTTP is seen too; refs, merges, differences and histories are git's own.
 */
export class BareRepository {
  private readonly reader: ObjectReader;
  private readonly known = new Map<string, GitObject>();
  /** What git said of commits by their ids: it cannot change. */
  private readonly answers = new Map<string, Promise<unknown>>();

  private constructor(readonly directory: string) {
    this.reader = new ObjectReader(directory);
  }

  /** Makes one. A fork shares the objects of the repository it was made from, as on GitHub. */
  static async create(directory: string, branch: string, forkOf?: BareRepository): Promise<BareRepository> {
    mkdirSync(directory, { recursive: true });
    if (forkOf !== undefined) symlinkSync(join(forkOf.directory, "objects"), join(directory, "objects"));
    await git(directory, "init", "-q", "--bare", "--template=", `--initial-branch=${branch}`, ".");
    const settings = [
      "[receive]\n\thideRefs = refs/pull\n\tautogc = false",
      "[uploadpack]\n\tallowAnySHA1InWant = true\n\tallowFilter = true",
      "[gc]\n\tauto = 0",
      "[http]\n\treceivepack = true",
    ];
    writeFileSync(join(directory, "config"), `${settings.join("\n")}\n`, { flag: "a" });
    mkdirSync(join(directory, "hooks"), { recursive: true });
    writeFileSync(join(directory, "hooks", "update"), updateHook, { mode: 0o755 });
    return new BareRepository(directory);
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  /** Any object by its full id. */
  async tryRead(sha: string): Promise<GitObject | undefined> {
    if (!/^[0-9a-f]{40}$/.test(sha)) return undefined;
    const known = this.known.get(sha) ?? (await this.reader.read(sha));
    if (known !== undefined) this.known.set(sha, known);
    return known;
  }

  async tryReadCommit(sha: string): Promise<StoredCommit | undefined> {
    const object = await this.tryRead(sha);
    return object?.kind === "commit" ? parseCommit(object.bytes) : undefined;
  }

  async readCommit(sha: string): Promise<StoredCommit> {
    const commit = await this.tryReadCommit(sha);
    if (commit === undefined) throw new Error(`No commit ${sha} in ${this.directory}.`);
    return commit;
  }

  async readTree(sha: string): Promise<readonly TreeEntry[]> {
    const object = await this.tryRead(sha);
    if (object?.kind !== "tree") throw new Error(`No tree ${sha} in ${this.directory}.`);
    return parseTree(object.bytes);
  }

  writeBlob(bytes: Buffer): string {
    return this.write("blob", bytes);
  }

  writeTree(entries: readonly TreeEntry[]): string {
    return this.write("tree", treeBytes(entries));
  }

  writeCommit(commit: StoredCommit): string {
    return this.write("commit", commitBytes(commit));
  }

  /** What a ref points at. Read as git keeps it: a loose file, else packed-refs. */
  tryReadRef(ref: string): string | undefined {
    if (!isRefName(ref)) return undefined;
    const path = join(this.directory, ref);
    try {
      return readFileSync(path, "utf8").trim();
    } catch {
      const packed = join(this.directory, "packed-refs");
      if (!existsSync(packed)) return undefined;
      const line = readFileSync(packed, "utf8")
        .split("\n")
        .find((one) => one.slice(41) === ref);
      return line?.slice(0, 40);
    }
  }

  /** All refs below a prefix, sorted. */
  async refs(prefix: string): Promise<readonly { readonly ref: string; readonly sha: string }[]> {
    const text = await git(
      this.directory,
      "for-each-ref",
      "--format=%(objectname) %(refname)",
      ...[prefix].filter(Boolean),
    );
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => ({ sha: line.slice(0, 40), ref: line.slice(41) }));
  }

  /** Sets or deletes a ref; `expected` makes it compare-and-set. False when git refuses. */
  async setRef(ref: string, sha: string | null, expected?: string): Promise<boolean> {
    const old = expected === undefined ? [] : [expected];
    const parameters = sha === null ? ["-d", ref, ...old] : [ref, sha, ...old];
    return (await runGit(this.directory, ["update-ref", ...parameters])).code === 0;
  }

  tryMergeBase(a: string, b: string): Promise<string | undefined> {
    return this.once(`merge-base ${a} ${b}`, async () => {
      const { code, stdout } = await runGit(this.directory, ["merge-base", a, b]);
      return code === 0 ? stdout.toString("utf8").trim().split("\n")[0] : undefined;
    });
  }

  isAncestor(ancestor: string, of: string): Promise<boolean> {
    return this.once(`is-ancestor ${ancestor} ${of}`, async () => {
      if (ancestor === of) return true;
      return (await runGit(this.directory, ["merge-base", "--is-ancestor", ancestor, of])).code === 0;
    });
  }

  /** Ids of commits, newest first, as `git rev-list` lists them; named by ids only, never by refs. */
  commits(...parameters: readonly string[]): Promise<readonly string[]> {
    return this.once(`rev-list ${parameters.join(" ")}`, async () => {
      const text = await git(this.directory, "rev-list", ...parameters);
      return text.split("\n").filter((line) => line !== "");
    });
  }

  /** The files that differ between two trees or commits, renames found; `null` is the empty tree. */
  changedFiles(from: string | null, to: string): Promise<readonly ChangedFile[]> {
    const before = from ?? this.writeTree([]);
    return this.once(`diff-tree ${before} ${to}`, async () => {
      const flags = ["-r", "-z", "-M", "--raw", "--numstat", "--no-abbrev"];
      return parseRawDiff(await git(this.directory, "diff-tree", ...flags, before, to));
    });
  }

  /** The tree of a merge of two commits, or undefined when they conflict. */
  tryMergeTrees(ours: string, theirs: string): Promise<string | undefined> {
    return this.once(`merge-tree ${ours} ${theirs}`, async () => {
      const { code, stdout, stderr } = await runGit(this.directory, ["merge-tree", "--write-tree", ours, theirs]);
      if (code === 0) return stdout.toString("utf8").split("\n")[0];
      if (code === 1) return undefined;
      throw new Error(`git merge-tree failed: ${stderr}`);
    });
  }

  private once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const held = this.answers.get(question) as Promise<T> | undefined;
    if (held !== undefined) return held;
    const answer = ask();
    this.answers.set(question, answer);
    answer.catch(() => this.answers.delete(question));
    return answer;
  }

  private write(kind: ObjectKind, bytes: Buffer): string {
    const sha = objectId(kind, bytes);
    if (this.known.has(sha)) return sha;
    this.known.set(sha, { kind, bytes });
    const folder = join(this.directory, "objects", sha.slice(0, 2));
    const path = join(folder, sha.slice(2));
    if (existsSync(path)) return sha;
    mkdirSync(folder, { recursive: true });
    // Renamed into place: git may read at any moment.
    writeFileSync(
      `${path}.new`,
      deflateSync(Buffer.concat([Buffer.from(`${kind} ${bytes.length}\0`), bytes]), { level: 1 }),
    );
    renameSync(`${path}.new`, path);
    return sha;
  }
}

/** Whether git would take this as the name of a ref: the part of git-check-ref-format(1) that keeps paths inside. */
export function isRefName(ref: string): boolean {
  return (
    /^refs\/[^/]+(\/[^/]+)*$/.test(ref) &&
    // eslint-disable-next-line no-control-regex
    !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\.lock(\/|$)|\/\.|\.$/.test(ref)
  );
}
