import { join } from "node:path";
import { limits } from "../../model/limits";
import type { Clock, Files, Git, GitAnswer, Random } from "../../ports";
import { turns } from "../turns";
import { modes } from "./file-layout";
import { GitTrouble, type GitWords } from "./git-failure";
import { gitLayout, seenFiles, type GitLayout } from "./git-layout";
import { readSeen, writeSeen, type RemoteState } from "./git-notes";

/** A file in a commit. */
export interface TreeFile {
  readonly path: string;
  readonly object: string;
  readonly bytes: number;
}

/** A commit to be made. */
export interface NewCommit {
  readonly parent: string | undefined;
  readonly message: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** A ref of the remote to be moved, only if it stands where it is expected. */
export interface RefUpdate {
  readonly ref: string;
  /** Where it must stand; undefined: it must not be there. */
  readonly from: string | undefined;
  /** Undefined: it is taken away. */
  readonly to: string | undefined;
}

/** What git said to a push; what it did not confirm may have happened all the same. */
export interface PushAnswer {
  readonly isDone: boolean;
  readonly seen: string;
}

/** What a repository of ours works with. */
export interface GitParts {
  readonly git: Git;
  readonly ref: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
}

const localMs = 60_000;
const networkMs = 120_000;
const listingBytes = 67_108_864;
const answerBytes = 1_048_576;

/**
 * The copy of the Log's ref in a bare repository of this user: it is only ever added to, can be lost
 * without harm, and is shared by all processes of this user. Throws GitTrouble.
 */
export class GitRepository {
  #opened: Promise<{ readonly layout: GitLayout; readonly address: string }> | undefined;
  #directory: string | undefined;
  #seen: RemoteState | undefined;
  #words: GitWords = { address: "the remote", directory: "the user's cache" };
  readonly #turn = turns();

  constructor(private readonly parts: GitParts) {}

  /** Where everything is. Throws E701 when there is no such remote. */
  place(): Promise<{ readonly layout: GitLayout; readonly address: string }> {
    this.#opened ??= this.#findPlace();
    return this.#opened;
  }

  /** What to call it in errors. */
  get words(): GitWords {
    return this.#words;
  }

  /** Asks the remote, and fetches what is new there. */
  async ask(): Promise<RemoteState> {
    return this.#turn(async () => {
      const { layout } = await this.place();
      return (await this.#openDirectory(layout)) ?? (await this.#fetch(layout, this.#directory ?? "", []));
    });
  }

  /** What was last seen of the remote on this machine; undefined when nothing was. */
  async lastSeen(): Promise<RemoteState | undefined> {
    const { layout } = await this.place();
    this.#directory ??= await this.#tryFindDirectory(layout);
    if (this.#directory === undefined) return undefined;
    return this.#seen ?? readSeen(this.parts.files, seenFiles(this.#directory, layout.ref).seen);
  }

  /** The files of a commit at or below these paths, sorted by path. */
  async list(commit: string, below: readonly string[]): Promise<readonly TreeFile[]> {
    const args = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", ...below];
    const answer = await this.#local({ args, maxBytes: listingBytes });
    return text(answer)
      .split("\0")
      .flatMap((line) => {
        const match = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
        return match === null ? [] : [{ object: match[1] ?? "", bytes: Number(match[2]), path: match[3] ?? "" }];
      });
  }

  /** The directories directly below a path of a commit, sorted. */
  async directories(commit: string, below: string): Promise<readonly string[]> {
    const answer = await this.#local({
      args: ["ls-tree", "-d", "-z", "--name-only", "--full-tree", commit, "--", `${below}/`],
      maxBytes: listingBytes,
    });
    return text(answer)
      .split("\0")
      .filter((line) => line !== "");
  }

  /** The bytes of objects, each named by its id or as `<commit>:<path>`; undefined for what is not there. */
  async read(objects: readonly string[]): Promise<readonly (Buffer | undefined)[]> {
    if (objects.length === 0) return [];
    const answer = await this.#local({
      args: ["cat-file", "--batch"],
      input: Buffer.from(`${objects.join("\n")}\n`, "utf8"),
      maxBytes: limits.blobBytes + listingBytes,
    });
    return splitObjects(
      Buffer.from(answer.stdout.buffer, answer.stdout.byteOffset, answer.stdout.length),
      objects.length,
    );
  }

  /** Makes a commit; nothing knows of it until it is pushed. Gives its id. */
  async commit(made: NewCommit): Promise<string> {
    await this.#openDirectory((await this.place()).layout);
    const name = `refs/made/${Buffer.from(this.parts.random.bytes(16)).toString("hex")}`;
    const answer = await this.#local({
      args: ["fast-import", "--quiet", "--date-format=raw"],
      input: commitStream(made, name),
      maxBytes: answerBytes,
    });
    const id = text(answer).trim();
    if (!/^[0-9a-f]{40,64}$/.test(id)) throw new GitTrouble(`git made no commit: ${answer.stderr}`, true);
    return id;
  }

  /** Moves refs of the remote, all or none, each only from where it is expected to stand. */
  async push(updates: readonly RefUpdate[]): Promise<PushAnswer> {
    const leases = updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ""}`);
    const specs = updates.map(({ ref, to }) => `${to ?? ""}:${ref}`);
    const atomic = updates.length > 1 ? ["--atomic"] : [];
    const fixed = ["--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
    const answer = await this.parts.git.run({
      directory: this.#directory ?? "",
      args: ["push", ...fixed, ...atomic, ...leases, "--end-of-options", this.parts.git.remote, ...specs],
      maxBytes: answerBytes,
      timeoutMs: networkMs,
    });
    const isDone = answer.status === 0;
    if (isDone) await this.#remember(updates);
    return { isDone, seen: [rejections(text(answer)), answer.stderr.trim()].filter((one) => one !== "").join("; ") };
  }

  /** Puts what was added in small pieces together, now and then. */
  async tidy(): Promise<void> {
    if (this.#directory === undefined) return;
    const config = ["-c", "gc.auto=2000", "-c", "gc.packRefs=false", "-c", "gc.autoDetach=false"];
    await this.parts.git.run({
      directory: this.#directory,
      args: [...config, "gc", "--auto", "--quiet"],
      maxBytes: answerBytes,
      timeoutMs: networkMs,
    });
  }

  async #findPlace() {
    const { address, directory } = await this.parts.git.findRemote();
    const layout = gitLayout(directory, this.parts.ref);
    this.#words = { address, directory: layout.directory };
    return { address, layout };
  }

  async #fetch(layout: GitLayout, directory: string, options: readonly string[]): Promise<RemoteState> {
    const answer = await this.parts.git.fetch({
      directory,
      options: ["--quiet", "--no-tags", "--no-auto-maintenance", "--no-recurse-submodules", ...options],
      refs: [`${layout.ref}*`, `${layout.spool}*`],
      maxBytes: answerBytes,
      timeoutMs: networkMs,
    });
    if (answer.status !== 0) throw new GitTrouble(answer.stderr.trim() || "the fetch failed", false);
    const spool = new Map<string, string>();
    for (const [ref, commit] of answer.refs) {
      if (ref.startsWith(layout.spool)) spool.set(ref.slice(layout.spool.length), commit);
    }
    return this.#note(layout, directory, { tip: answer.refs.get(layout.ref), spool });
  }

  async #remember(updates: readonly RefUpdate[]): Promise<void> {
    const { layout } = await this.place();
    let tip = this.#seen?.tip;
    const spool = new Map(this.#seen?.spool);
    for (const { ref, to } of updates) {
      const id = ref.startsWith(layout.spool) ? ref.slice(layout.spool.length) : undefined;
      if (id === undefined) tip = to;
      else if (to === undefined) spool.delete(id);
      else spool.set(id, to);
    }
    await this.#note(layout, this.#directory ?? "", { tip, spool });
  }

  /** Keeps what was seen: for the next fetch, which asks only for what is new, and for when the remote is gone. */
  async #note(layout: GitLayout, directory: string, state: RemoteState): Promise<RemoteState> {
    if (isSameState(this.#seen, state)) return state;
    this.#seen = state;
    await writeSeen(this.parts.files, seenFiles(directory, layout.ref), state);
    return state;
  }

  /** Gives what the remote has where that had to be fetched into a new repository. */
  async #openDirectory(layout: GitLayout): Promise<RemoteState | undefined> {
    this.#directory ??= await this.#tryFindDirectory(layout);
    return this.#directory === undefined ? this.#makeDirectory(layout) : undefined;
  }

  async #tryFindDirectory(layout: GitLayout): Promise<string | undefined> {
    const name = (await this.parts.files.tryReadText(layout.current, 200))?.trim();
    return name === undefined || !/^[0-9a-f]{32}$/.test(name) ? undefined : join(layout.directory, name);
  }

  /**
   * Makes a repository and fills it before any other process sees it. Only the newest commit is fetched:
   * its tree is the whole Log, and what was pushed before it is in no need of being read.
   */
  async #makeDirectory(layout: GitLayout): Promise<RemoteState> {
    const name = Buffer.from(this.parts.random.bytes(16)).toString("hex");
    const directory = join(layout.directory, name);
    await this.parts.files.makeDirectory(layout.directory, { mode: modes.directory });
    const made = await this.parts.git.run({
      directory,
      args: ["init", "--bare", "--quiet", "--template="],
      maxBytes: answerBytes,
      timeoutMs: localMs,
    });
    if (made.status !== 0) throw new GitTrouble(made.stderr, true);
    // A remote that has no such ref yet, or cannot do this, answers with a failure: then all of it is fetched.
    const state = await this.#fetch(layout, directory, ["--depth=1"]).catch(() => this.#fetch(layout, directory, []));
    await this.parts.files.writeText(layout.current, `${name}\n`, { mode: modes.file });
    this.#directory = directory;
    return state;
  }

  async #local(call: {
    readonly args: readonly string[];
    readonly input?: Uint8Array;
    readonly maxBytes: number;
  }): Promise<GitAnswer> {
    const answer = await this.parts.git.run({ directory: this.#directory ?? "", timeoutMs: localMs, ...call });
    if (answer.status !== 0) throw new GitTrouble(answer.stderr.trim() || "git was stopped", true);
    return answer;
  }
}

function isSameState(a: RemoteState | undefined, b: RemoteState): boolean {
  if (a === undefined || a.tip !== b.tip || a.spool.size !== b.spool.size) return false;
  return [...b.spool].every(([id, commit]) => a.spool.get(id) === commit);
}

/** The answer of `git cat-file --batch`: `<id> <type> <size> LF <bytes> LF`, or `<asked> missing LF`. */
function splitObjects(answer: Buffer, count: number): readonly (Buffer | undefined)[] {
  const found: (Buffer | undefined)[] = [];
  let offset = 0;
  for (let n = 0; n < count; n += 1) {
    const end = answer.indexOf(0x0a, offset);
    if (end === -1) throw new GitTrouble("git gave fewer objects than were asked for", true);
    const match = /^[0-9a-f]+ (\w+) (\d+)$/.exec(answer.subarray(offset, end).toString("latin1"));
    const size = match === null ? undefined : Number(match[2]);
    found.push(size === undefined || match?.[1] !== "blob" ? undefined : answer.subarray(end + 1, end + 1 + size));
    offset = size === undefined ? end + 1 : end + 1 + size + 1;
  }
  return found;
}

/** One commit as `git fast-import` reads it; all lengths are counted, so that no content can be taken for a command. */
function commitStream(made: NewCommit, name: string): Buffer {
  const message = Buffer.from(made.message, "utf8");
  const parts: (Buffer | string)[] = [
    `commit ${name}\nmark :1\ncommitter Leasehold <leasehold@localhost> ${made.seconds} +0000\n`,
    `data ${message.length}\n`,
    message,
    "\n",
    ...(made.parent === undefined ? [] : [`from ${made.parent}\n`]),
  ];
  for (const { path, bytes } of made.files) {
    parts.push(`M 100644 inline ${path}\ndata ${bytes.length}\n`, Buffer.from(bytes), "\n");
  }
  // The name was only needed to make it: a repository full of names is slow.
  parts.push(`\nget-mark :1\nreset ${name}\nfrom ${"0".repeat(40)}\n`);
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part)));
}

/** The lines of a porcelain push that say what was not done. */
function rejections(answer: string): string {
  return answer
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.split("\t").slice(2).join(" "))
    .join("; ");
}

function text(answer: GitAnswer): string {
  return Buffer.from(answer.stdout).toString("utf8");
}
