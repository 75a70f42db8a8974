import { failure } from "../../errors";
import { epochMsOf } from "../../model/instant";
import type { Head, LogRecord } from "../../model/record";
import type { Clock, Writer } from "../../ports";
import { isSameHead, linesAfter } from "../chain";
import { staleWriter } from "./failure";
import { filesOfLines, headOf, holdsHead } from "./git-chain";
import { tryReadEpoch, type GitEpoch } from "./git-epoch";
import { publish } from "./git-publish";
import type { GitRepository } from "./git-repository";

/** What a writer of a git store works with. */
export interface GitWriterParts {
  readonly repository: GitRepository;
  readonly clock: Clock;
  readonly epoch: GitEpoch;
  /** The commit that took the epoch, and the Head of its chain. */
  readonly tip: string;
  readonly head: Head | undefined;
  /** Lets one thing after the other move the Log's ref. */
  readonly turn: <T>(step: () => Promise<T>) => Promise<T>;
  /** Told of each Head that is in the chain at the remote, and of the lines written. */
  onWritten(written: {
    readonly tip: string;
    readonly first: number;
    readonly lines: readonly string[];
    readonly head: Head;
  }): Promise<void>;
  /** Makes the error for what kept a batch from being written. */
  failureOf(error: unknown): Error;
}

interface Waiting {
  readonly lines: readonly string[];
  readonly first: number;
  readonly head: Head;
  readonly resolve: (head: Head) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The writer of a git store. Appends made while another is being pushed wait and then share one commit.
 * Each commit is pushed only from the one that this writer left: whoever has taken a later epoch, or
 * put an older chain back, has moved the ref, and the stale writer stops here.
 */
export class GitWriter implements Writer {
  readonly epoch: number;
  readonly holder: string;
  readonly #parts: GitWriterParts;
  #tip: string;
  /** What is at the remote. */
  #durable: Head | undefined;
  /** What is at the remote or waits to be. */
  #next: Head | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Why nothing more can be appended. */
  #stopped: Error | undefined;

  constructor(parts: GitWriterParts) {
    this.#parts = parts;
    this.epoch = parts.epoch.epoch;
    this.holder = parts.epoch.holder;
    this.#tip = parts.tip;
    this.#durable = parts.head;
    this.#next = parts.head;
  }

  append(head: Head | undefined, records: readonly LogRecord[]): Promise<Head> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (!isSameHead(head, this.#next)) return Promise.reject(movedHead(head, this.#next));
    return new Promise((resolve, reject) => {
      const after = linesAfter(head, records);
      if (after.head === undefined || after.lines.length === 0)
        throw failure("E900", { detail: "an empty append", fix: "please report this" });
      this.#next = after.head;
      this.#waiting.push({ lines: after.lines, first: (head?.sequence ?? 0) + 1, head: after.head, resolve, reject });
      this.#writing ??= this.#writeWaiting();
    });
  }

  async release(): Promise<void> {
    await this.#writing;
    this.#stopped ??= staleWriter(`the writer of epoch ${this.epoch} was released`);
  }

  /** The commit that it would push from; undefined once it has stopped. */
  get tip(): string | undefined {
    return this.#stopped === undefined ? this.#tip : undefined;
  }

  /** Tells it that this process has moved the ref beside the chain. */
  follow(move: { readonly from: string | undefined; readonly to: string }): void {
    if (this.#tip === move.from) this.#tip = move.to;
  }

  async #writeWaiting(): Promise<void> {
    // Appends that are made in the same turn go into the first commit together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#parts.turn(async () => {
        const batch = this.#waiting;
        this.#waiting = [];
        await this.#write(batch);
      });
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    const head = batch.at(-1)?.head;
    if (first === undefined || head === undefined) return;
    const lines = batch.flatMap((one) => one.lines);
    try {
      await this.#push(first.first, lines, head);
    } catch (error) {
      this.#fail(this.#parts.failureOf(error), batch);
      return;
    }
    this.#durable = head;
    for (const one of batch) one.resolve(one.head);
    await this.#parts.onWritten({ tip: this.#tip, first: first.first, lines, head });
  }

  /** Commits lines on the ref as this writer left it, and again where somebody has only put something beside the chain. */
  async #push(first: number, lines: readonly string[], head: Head): Promise<void> {
    const { repository, clock } = this.#parts;
    for (;;) {
      if (this.#stopped !== undefined) throw this.#stopped;
      const from = this.#tip;
      const to = await repository.commit({
        parent: from,
        message: first === head.sequence ? `Record ${first}` : `Records ${first} to ${head.sequence}`,
        seconds: Math.floor(epochMsOf(clock.now()) / 1000),
        files: filesOfLines(first, lines),
      });
      const published = await publish(repository, clock, { from, to });
      if (published.kind === "done") {
        this.#tip = to;
        return;
      }
      if (await this.#isIn(published.tip, head)) return;
    }
  }

  /** Looks at a ref that somebody else has moved. True: our batch is in it. False: it can go on it. Else stops the writer. */
  async #isIn(tip: string | undefined, head: Head): Promise<boolean> {
    const { repository, epoch } = this.#parts;
    if (tip === undefined) throw this.#stop("the Log's ref is gone");
    const newest = await tryReadEpoch(repository, tip);
    const isOurs = newest?.token === epoch.token;
    if (await holdsHead(repository, tip, head)) {
      this.#tip = tip;
      if (!isOurs) this.#stop(takenBy(newest, this.epoch));
      return true;
    }
    if (!isOurs) throw this.#stop(takenBy(newest, this.epoch));
    const seen = await headOf(repository, tip);
    if (!isSameHead(seen, this.#durable)) throw this.#stop(movedHead(this.#durable, seen).message);
    this.#tip = tip;
    return false;
  }

  #stop(why: string): Error {
    this.#stopped ??= staleWriter(why);
    return this.#stopped;
  }

  /** What was to follow a batch that failed fails with it; and nothing more comes, because it may still arrive. */
  #fail(error: Error, batch: readonly Waiting[]): void {
    const failed = [...batch, ...this.#waiting];
    this.#waiting = [];
    this.#next = this.#durable;
    this.#stopped ??= error;
    for (const { reject } of failed) reject(error);
  }
}

function takenBy(newest: GitEpoch | undefined, own: number): string {
  const seen = newest === undefined ? "its epoch is gone" : `epoch ${newest.epoch} was taken by ${newest.holder}`;
  return `${seen}, this writer has epoch ${own}`;
}

function movedHead(given: Head | undefined, seen: Head | undefined): Error {
  return staleWriter(`the Log is at record ${seen?.sequence ?? 0}, this follows record ${given?.sequence ?? 0}`);
}
