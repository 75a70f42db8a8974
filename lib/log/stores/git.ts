import { failure } from "../../errors";
import { epochMsOf } from "../../model/instant";
import type { Head } from "../../model/record";
import type { LogStore, Writer } from "../../ports";
import { isSameHead } from "../chain";
import { faultError } from "../fault";
import { turns } from "../turns";
import { gitBlobs } from "./git-blobs";
import { headOf, holdsHead, readChain } from "./git-chain";
import { epochFile, tryReadEpoch, type GitEpoch } from "./git-epoch";
import { gitReadFailure, gitWriteFailure } from "./git-failure";
import { noteHead, tryReadNotedHead, type RemoteState } from "./git-notes";
import { publish } from "./git-publish";
import { GitRepository, type GitParts } from "./git-repository";
import { gitSpool } from "./git-spool";
import { GitWriter } from "./git-writer";

/** What a git store works with; `ref` is the Log's ref at the remote. */
export type GitStoreOptions = GitParts;

/**
 * A Log in a ref of a git repository: no server, no database. Each batch is a commit, pushed only if the
 * ref stands where the writer left it; a spooled ending is a ref of its own. Reading needs no right to
 * write. What was fetched stays in a repository of this user, from which endings go on while the
 * remote cannot be reached (`lastSeen`).
 */
export function gitStore(options: GitStoreOptions): LogStore {
  return new GitStore(options);
}

/** How often an epoch is tried for while others keep moving the ref. */
const mostTries = 50;

class GitStore implements LogStore {
  readonly kind = "git";
  readonly #options: GitStoreOptions;
  readonly #repository: GitRepository;
  readonly #spool;
  readonly #blobs;
  readonly #turn = turns();
  readonly #writers = new Set<GitWriter>();
  /** The last lines of the chain of a commit: most readings want no more. */
  #tail: { readonly tip: string; readonly first: number; readonly lines: readonly string[] } | undefined;
  #hasWritten = false;

  constructor(options: GitStoreOptions) {
    this.#options = options;
    this.#repository = new GitRepository(options);
    this.#spool = gitSpool(this.#repository, options.clock);
    this.#blobs = gitBlobs(this.#repository, options.clock);
  }

  async *read(fromSequence: number): AsyncGenerator<readonly string[]> {
    const state = await this.#reading(() => this.#repository.ask());
    yield* this.#readAt(state, fromSequence);
  }

  async notedHead(): Promise<Head | undefined> {
    return this.#reading(async () => {
      const { layout } = await this.#repository.place();
      return tryReadNotedHead(this.#options.files, layout);
    });
  }

  async notePath(): Promise<string> {
    return (await this.#repository.place()).layout.head;
  }

  /** A note that cannot be written is no harm. */
  async noteHead(head: Head): Promise<void> {
    const { layout } = await this.#repository.place();
    await noteHead(this.#options.files, layout, head).catch(() => undefined);
  }

  async takeEpoch(taking: { readonly holder: string; readonly waitMs: number }): Promise<Writer> {
    return this.#writing(() => this.#turn(() => this.#takeEpoch(taking.holder)));
  }

  async putBlob(text: string): Promise<string> {
    return this.#writing(() =>
      this.#turn(async () => {
        const tip = [...this.#writers].findLast((writer) => writer.tip !== undefined)?.tip;
        const { digest, from, to } = await this.#blobs.put(text, tip);
        for (const writer of this.#writers) writer.follow({ from, to });
        if (this.#tail !== undefined && this.#tail.tip === from) this.#tail = { ...this.#tail, tip: to };
        return digest;
      }),
    );
  }

  async tryReadBlob(digest: string): Promise<string | undefined> {
    return this.#reading(() => this.#blobs.tryRead(digest));
  }

  async addToSpool(entry: Parameters<LogStore["addToSpool"]>[0]): Promise<void> {
    await this.#writing(() => this.#spool.add(entry));
  }

  async readSpool() {
    return this.#reading(() => this.#spool.read());
  }

  async removeFromSpool(ids: readonly string[]): Promise<void> {
    await this.#writing(() => this.#spool.remove(ids));
  }

  async lastSeen(cause: unknown): Promise<LogStore | undefined> {
    const state = await this.#reading(() => this.#repository.lastSeen());
    if (state?.tip === undefined) return undefined;
    const refuse = (): Promise<never> => Promise.reject(cause instanceof Error ? cause : new Error(String(cause)));
    return {
      kind: "git",
      read: (fromSequence) => this.#readAt(state, fromSequence),
      notedHead: () => Promise.resolve(undefined),
      readSpool: () => this.#reading(() => this.#spool.entriesOf(state)),
      tryReadBlob: (digest) => this.tryReadBlob(digest),
      takeEpoch: refuse,
      putBlob: refuse,
      addToSpool: refuse,
      removeFromSpool: refuse,
      close: () => Promise.resolve(),
    };
  }

  async close(): Promise<void> {
    for (const writer of this.#writers) await writer.release();
    this.#writers.clear();
    if (this.#hasWritten) await this.#repository.tidy().catch(() => undefined);
    this.#hasWritten = false;
  }

  async *#readAt({ tip }: RemoteState, fromSequence: number): AsyncGenerator<readonly string[]> {
    if (tip === undefined) return;
    const tail = this.#tail;
    if (tail !== undefined && tail.tip === tip && fromSequence >= tail.first) {
      const lines = tail.lines.slice(fromSequence - tail.first);
      if (lines.length > 0) yield lines;
      return;
    }
    let last: { readonly tip: string; readonly first: number; readonly lines: readonly string[] } | undefined;
    try {
      for await (const lines of readChain(this.#repository, tip, fromSequence)) {
        last = { tip, first: last === undefined ? fromSequence : last.first + last.lines.length, lines };
        yield lines;
      }
    } catch (error) {
      throw this.#failure(gitReadFailure, error);
    }
    this.#tail = last;
  }

  async #takeEpoch(holder: string): Promise<Writer> {
    const { clock, random } = this.#options;
    const token = Buffer.from(random.bytes(16)).toString("hex");
    // Before the chain: another process of this machine may write and note meanwhile.
    const noted = await this.notedHead();
    let from = (await this.#repository.ask()).tip;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const head = from === undefined ? undefined : await headOf(this.#repository, from);
      await this.#checkNoted(noted, from, head);
      const newest = from === undefined ? undefined : await tryReadEpoch(this.#repository, from);
      const epoch: GitEpoch = { epoch: Math.max(newest?.epoch ?? 0, head?.epoch ?? 0) + 1, holder, token };
      const to = await this.#repository.commit({
        parent: from,
        message: `Epoch ${epoch.epoch}`,
        seconds: Math.floor(epochMsOf(clock.now()) / 1000),
        files: [epochFile(epoch)],
      });
      const published = await publish(this.#repository, clock, { from, to });
      if (published.kind === "done") return this.#writerOf(epoch, to, head);
      from = published.tip;
    }
    throw failure("E605", {
      detail: `others moved the Log's ref ${mostTries} times meanwhile`,
      fix: "wait until they are done and run the command again; giving back and revoking go on meanwhile",
    });
  }

  /** Nothing is written onto a chain that was cut, or put back, since this machine last saw it. */
  async #checkNoted(noted: Head | undefined, tip: string | undefined, head: Head | undefined): Promise<void> {
    if (noted === undefined || isSameHead(noted, head)) return;
    const sequence = head?.sequence ?? 0;
    if (noted.sequence > sequence) {
      const detail = `the chain ends at record ${sequence}, but there was a record ${noted.sequence}`;
      throw faultError({ sequence: sequence + 1, reason: "cut", detail }, await this.notePath());
    }
    if (tip === undefined || (await holdsHead(this.#repository, tip, noted))) return;
    const detail = "it is not the one that was there before";
    throw faultError({ sequence: noted.sequence, reason: "altered", detail }, await this.notePath());
  }

  #writerOf(epoch: GitEpoch, tip: string, head: Head | undefined): Writer {
    const writer = new GitWriter({
      repository: this.#repository,
      clock: this.#options.clock,
      epoch,
      tip,
      head,
      turn: this.#turn,
      onWritten: async (written) => {
        this.#hasWritten = true;
        this.#tail = written;
        await this.noteHead(written.head);
      },
      failureOf: (error) => this.#failure(gitWriteFailure, error),
    });
    for (const one of this.#writers) if (one.tip === undefined) this.#writers.delete(one);
    this.#writers.add(writer);
    return writer;
  }

  async #reading<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      throw this.#failure(gitReadFailure, error);
    }
  }

  async #writing<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      throw this.#failure(gitWriteFailure, error);
    }
  }

  #failure(make: typeof gitReadFailure, error: unknown): Error {
    return make(error, this.#repository.words);
  }
}
