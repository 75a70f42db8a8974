/**
 * The edges of the core: clock, chance, files, network and output, and the contracts of Providers,
 * LogStores and ApprovalSources. Everything outside the process is reached through these.
 */
import type { Anchor } from "./model/anchor";
import type { ApprovalGiven } from "./model/approval";
import type { Digest } from "./model/canonical";
import type { Effect, EffectOutcome } from "./model/effect";
import type { GrantId } from "./model/grant";
import type { Instant } from "./model/instant";
import type { ObservedState } from "./model/observed";
import type { Head, LogRecord, SpoolEntry } from "./model/record";
import type { ProviderDescription } from "./model/gateway";
import type { SecretRef } from "./model/resource";

export type { ConfigureEffect, Effect, EffectOutcome, EndEffect, HoldEffect } from "./model/effect";

/** Time. `now` is the wall clock in UTC, `sleep` a real wait that a signal ends early without an error. */
export interface Clock {
  now(): Instant;
  /** Milliseconds that only ever grow, for measuring waits. */
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Chance, fit for secrets. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** One run of git on a bare repository of ours. */
export interface GitCall {
  /** The repository, absolute. */
  readonly directory: string;
  /** Command and arguments; the remote stands in them as `Git.remote`. */
  readonly args: readonly string[];
  readonly input?: Uint8Array;
  /** Longest answer that is read; a longer one is no answer. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** What came of it. */
export interface GitAnswer {
  /** The exit code; undefined when git was stopped before its end (time, length): what it asked of a remote may have happened. */
  readonly status: number | undefined;
  readonly stdout: Uint8Array;
  /** What it said, without credentials. */
  readonly stderr: string;
}

/** What a fetch saw. */
export interface GitFetch extends GitAnswer {
  /** The refs that the remote had, and their tips; empty when the fetch failed. */
  readonly refs: ReadonlyMap<string, string>;
}

/** Where a remote is. */
export interface GitRemote {
  /** Its address for people, without credentials. */
  readonly address: string;
  /** The directory of this user in which a copy of what it holds may be kept, absolute. */
  readonly directory: string;
}

/**
 * Git's own program, for one remote of a checkout. It asks nobody for anything, runs no hooks and never
 * touches the checkout. Throws E606 where git cannot be run at all.
 */
export interface Git {
  /** What the remote is called in arguments. */
  readonly remote: string;
  /** Throws E701 when the checkout has no such remote. */
  findRemote(): Promise<GitRemote>;
  run(call: GitCall): Promise<GitAnswer>;
  /**
   * `run` for a fetch, which leaves no ref behind. `args` are the options of `git fetch` and then refs or patterns
   * (`refs/x/*`) as the remote names them.
   */
  fetch(
    call: Omit<GitCall, "args"> & { readonly options: readonly string[]; readonly refs: readonly string[] },
  ): Promise<GitFetch>;
}

/** One statement of SQL, and what stands for its `$1`, `$2` and so on. */
export interface SqlStatement {
  readonly text: string;
  readonly values?: readonly SqlValue[];
}

/** A value of a statement. */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly (string | number | null)[];

/** A row by the names of its columns; what is wider than a double comes as text. */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * What came of a statement, without credentials. `refused`: the server said no, and nothing of the statement holds; `state`
 * is its SQLSTATE. `unsent`: there is no connection, so nothing happened. `lost`: there is no answer, and it may have happened.
 */
export type SqlAnswer =
  | { readonly kind: "rows"; readonly rows: readonly SqlRow[] }
  | { readonly kind: "refused"; readonly state: string; readonly seen: string }
  | { readonly kind: "unsent" | "lost"; readonly seen: string };

/** A database of a PostgreSQL server, over a few connections that are opened when they are needed. */
export interface Sql {
  /** The server and the database for people, without credentials. */
  readonly address: string;
  /** The directory of this user in which notes about what the database holds may be kept, absolute. */
  readonly directory: string;
  /** Runs one statement in a transaction of its own. */
  query(statement: SqlStatement): Promise<SqlAnswer>;
  /** A connection of one's own, made with its first statement; once lost, it is not made again. */
  session(): SqlSession;
  close(): Promise<void>;
}

/** One connection: what a transaction or a lock hangs on. */
export interface SqlSession {
  query(statement: SqlStatement): Promise<SqlAnswer>;
  /** Ends the connection, and with it what hangs on it. */
  close(): Promise<void>;
}

/** Files; paths are absolute. Missing files are `undefined`, all else that fails throws E704. */
export interface Files {
  tryReadText(path: string, maxBytes: number): Promise<string | undefined>;
  /** Writes through a temporary file, fsync and rename; `mode` such as 0o600. */
  writeText(path: string, text: string, options?: { readonly mode?: number }): Promise<void>;
  /** Opens a file for reading; undefined when it is missing. */
  tryOpenRead(path: string): Promise<ReadFile | undefined>;
  /** Opens a file for appending, making it when missing. */
  openAppend(path: string, options?: { readonly mode?: number }): Promise<AppendFile>;
  /** The names in a directory, sorted; empty when it is missing. */
  list(directory: string): Promise<readonly string[]>;
  /** Takes an exclusive lock that ends with this process; undefined while another holds it. */
  tryLock(path: string): Promise<FileLock | undefined>;
  remove(path: string): Promise<void>;
  makeDirectory(path: string, options?: { readonly mode?: number }): Promise<void>;
}

/** An open file. Offsets in bytes; `read` gives less than asked only at the end of the file. */
export interface ReadFile {
  size(): Promise<number>;
  read(offset: number, maxBytes: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One name in a directory of a SourceTree. `link` is a symbolic link, `other` a pipe, socket or device. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "link" | "other";
}

/**
 * The files of a repository, read-only: the working tree or one commit. Paths are relative to its
 * root, with `/`; the root is "". Follows no symbolic link. Throws E704 for what cannot be read.
 */
export interface SourceTree {
  /** What a directory holds, sorted by name; empty when it is missing. */
  list(directory: string): Promise<readonly TreeEntry[]>;
  /** The bytes of a regular file, but never more than `maxBytes` + 1 of them; undefined when it is missing or something else. */
  tryRead(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
}

/** Another thread that answers questions, in the order asked. Throws E900 when it has ended. */
export interface Thread {
  /** Question and answer are plain values, copied from thread to thread; `given` are buffers of the question that are handed over instead, and gone here. */
  ask(question: unknown, given?: readonly ArrayBuffer[]): Promise<unknown>;
  close(): Promise<void>;
}

/** A file that only grows; what `sync` has not confirmed may be lost or torn at a crash. */
export interface AppendFile extends ReadFile {
  append(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  /** Cuts everything from an offset on, durably: for a torn tail only. */
  truncate(size: number): Promise<void>;
}

/** A held lock. */
export interface FileLock {
  release(): Promise<void>;
}

/** One call over HTTP. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Longest answer that is read; a longer one is an error. */
  readonly maxBytes: number;
}

/** The answer to it, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** HTTP. Throws E500 when there is no whole answer: refused, reset, timed out, cut, too long. Follows no redirect. */
export interface Http {
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Where words for people and machines go: the result to stdout, the rest to stderr. */
export interface Output {
  result(text: string): void;
  /** What went wrong: told also when progress is not wanted. */
  problem(text: string): void;
  progress(text: string): void;
  /** A line about long work that the next line replaces; gives false where there is no terminal for that. */
  transient(text: string): boolean;
  readonly isTerminal: boolean;
  readonly colour: boolean;
  readonly columns: number;
}

/** The room on the file system of a path, and what kind it is. */
export interface DiskRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly freeInodes: number;
  /** 0 where the file system does not count them. */
  readonly totalInodes: number;
  /** `memory`: gone with the power; `layer`: gone with the container; `network`: as durable as the server says. */
  readonly kind: "disk" | "memory" | "layer" | "network";
}

/** Who may do what with a file or directory, and when it was written last. */
export interface FileRights {
  /** The lowest nine bits, as in 0o600. */
  readonly mode: number;
  readonly owner: number;
  readonly modifiedAt: Instant;
}

/** What `doctor` asks of the machine. Only `syncMs` writes: a file of its own, which it removes. */
export interface Machine {
  /** Undefined for a path that does not exist. Throws E704 where it cannot be told. */
  tryRoom(path: string): Promise<DiskRoom | undefined>;
  /** Undefined for a path that does not exist, and on systems without such rights. */
  tryRights(path: string): Promise<FileRights | undefined>;
  /** How long a small write takes until the disk says that it is durable, in milliseconds, so many times. */
  syncMs(directory: string, times: number): Promise<readonly number[]>;
  /** The user of this process; undefined on systems without such numbers. */
  readonly user: number | undefined;
  /** Of Leasehold, Node and git, and the operating system; git is undefined where there is none. */
  versions(): Promise<{
    readonly leasehold: string;
    readonly node: string;
    readonly git: string | undefined;
    readonly system: string;
  }>;
}

/** Gives the value of a secret reference; throws E702 naming the reference when it is missing. */
export interface Secrets {
  resolve(ref: SecretRef): Promise<string>;
}

/** What `apply` is called with besides the effects. */
export interface ApplyOptions {
  readonly signal?: AbortSignal;
  /** Resolves references of secrets; called only for the Connections written. */
  readonly secrets: Secrets;
}

/**
 * The adapter to one gateway. `describe` and `observe` only read, and throw E500, E501, E502 or E504;
 * they never give less than the whole. `apply` gives exactly one outcome per effect, in any order,
 * and throws only for a bug. Nothing of another installation, or of nobody's, is ever changed.
 */
export interface Provider {
  readonly gateway: string;
  describe(): Promise<ProviderDescription>;
  observe(): Promise<ObservedState>;
  /** Every trace of these Grants, in whatever state: of those given, the ids that were ever activated. */
  findSpent(grants: readonly GrantId[]): Promise<ReadonlySet<GrantId>>;
  apply(effects: readonly Effect[], options: ApplyOptions): AsyncIterable<EffectOutcome>;
  close(): Promise<void>;
}

/** The right to append: fenced, a later epoch ends an earlier one. */
export interface Writer {
  readonly epoch: number;
  /** Who took the epoch, as given to `takeEpoch`. */
  readonly holder: string;
  /**
   * Appends records after `head` durably and gives the new Head. Throws E604 when the Head moved or a
   * later epoch was taken, E603 when it cannot be written; then nothing of the batch counts.
   */
  append(head: Head | undefined, records: readonly LogRecord[]): Promise<Head>;
  release(): Promise<void>;
}

/**
 * One append-only chain of records, what is stored beside it by digest, and the spool of the fast
 * lane. Reading needs no writer. The spool can be written while another holds the writer.
 */
export interface LogStore {
  readonly kind: "file" | "git" | "postgres" | "memory";
  /** A reader may see records that are not yet durable: beyond the noted Head their writer may still take them back. */
  readonly showsUndurable?: true;
  /** The chain's lines from a sequence on, in order and in batches, as stored: they are not yet verified. */
  read(fromSequence: number): AsyncIterable<readonly string[]>;
  /**
   * A Head noted beside the chain that the chain must hold: it shows a cut tail. May lag behind; undefined
   * where nothing is noted. Read it before the chain.
   */
  notedHead(): Promise<Head | undefined>;
  /** Takes the next epoch; waits up to `waitMs` for the one who holds it, then throws E605. */
  takeEpoch(options: { readonly holder: string; readonly waitMs: number }): Promise<Writer>;
  putBlob(text: string): Promise<Digest>;
  /** The text of a digest; undefined when missing, E607 when altered. */
  tryReadBlob(digest: Digest): Promise<string | undefined>;
  addToSpool(entry: SpoolEntry): Promise<void>;
  readSpool(): Promise<readonly SpoolEntry[]>;
  /** Forgets entries that are in the chain. */
  removeFromSpool(ids: readonly string[]): Promise<void>;
  /** Releases its writers too. */
  close(): Promise<void>;
  /**
   * What is due by `until` or half ended by the store's own table, part by part, for replicas that share the work: while a part is
   * being looked at, no other gets it, and it is given back when the next is asked for or its process ends. All Grants of a pair are
   * in one part. It says what to do first, never that the rest is done: what is due is decided by the fold.
   */
  dueShares?(options: { readonly until: Instant }): AsyncIterable<ReadonlySet<GrantId>>;
  /** The file with the Head of `notedHead`, absolute, where it is one of this machine alone: an older copy put back is not believed beside it. */
  notePath?(): Promise<string>;
  /** Takes note of a verified Head of the chain for `notedHead`, where that is the reader's to do. */
  noteHead?(head: Head): Promise<void>;
  /**
   * Heads that this machine has seen, as anchors, where the store notes them and a loss of the chain's end leaves it in order:
   * after a failover, or with an old copy put back.
   */
  machineAnchors?(installation: string): Anchors;
  /**
   * The chain as it was last seen here, for endings while the store cannot be reached (`cause`); undefined where
   * nothing was kept. It can be read only: everything else throws the cause.
   */
  lastSeen?(cause: unknown): Promise<LogStore | undefined>;
}

/** What an anchor says besides the Head. */
export interface AnchorDetails {
  readonly time: Instant;
  /** See `Anchor`. */
  readonly replaces?: { readonly first: number; readonly last: number };
}

/** Heads kept outside the Log, to know a lost, old or rewritten one by. */
export interface Anchors {
  /** The newest; undefined where there is none. Read it before the chain. Throws E610 for one that cannot be trusted. */
  newest(): Promise<Anchor | undefined>;
  /** All that are kept, oldest first; throws E610 when any of them cannot be trusted. */
  history(): Promise<readonly Anchor[]>;
  /** Anchors a Head, durably; the caller holds the epoch. Throws E611 when it cannot be signed or written, and E610. */
  add(head: Head, details: AnchorDetails): Promise<Anchor>;
}

/** Where approvals come from besides the Log. */
export interface ApprovalSource {
  /** Approvals given for these requests that the Log does not hold yet. Throws when it cannot tell. */
  approvalsFor(requests: readonly string[]): Promise<readonly ApprovalGiven[]>;
}
