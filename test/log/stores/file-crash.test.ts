import { isFailure } from "../../../lib/errors";
import { fileStore, openLog, recordLine, verifyChain, type Log } from "../../../lib/log";
import type { LogRecord, SpoolEntry } from "../../../lib/model/record";
import type { LogStore, Writer } from "../../../lib/ports";
import { linesIn } from "../../contract/log-store";
import { Crashed, Disk, type DiskProcess } from "../../doubles/files/disk";
import { QuickClock } from "../../doubles/quick-clock";
import { at, installation, lifeOf } from "../bodies";

const seeds = 25;

describe("QUALITY.md bar 1, the Log's part: a file store on a disk that crashes", () => {
  it(`keeps all that was confirmed and nothing that was not asked, at every step, with ${seeds} ways to lose the rest`, async () => {
    let crashes = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      for (let step = 1; ; step += 1) {
        const story = new Story(seed, step);
        await story.live();
        if (!story.hasCrashed) break;
        crashes += 1;
        expect(await story.flaws()).toEqual([]);
      }
    }
    expect(crashes).toBeGreaterThan(seeds * 30);
  });

  it("keeps them through crash after crash, of the process alone or of the machine", async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const story = new Story(seed, seed);
      for (let life = 0; life < 8; life += 1) {
        await story.live();
        expect(await story.flaws()).toEqual([]);
        story.disk.crashOf = (seed + life) % 3 === 0 ? "power" : "process";
        story.disk.crashAt = story.disk.steps.length + 1 + ((seed * 7 + life * 11) % 60);
      }
    }
  });

  it("does not note as written what a killed process left unsynced and the power then took", async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const story = new Story(seed, 6 + seed);
      story.disk.crashOf = "process";
      await story.live();
      expect(await story.flaws()).toEqual([]);
      story.disk.crash();
      expect(await story.flaws()).toEqual([]);
    }
  });
});

/** Processes that write to one Log, one after another; knows what was asked and what was confirmed. */
class Story {
  readonly disk: Disk;
  hasCrashed = false;
  readonly #asked = new Set<string>();
  readonly #confirmed: string[] = [];
  readonly #spooled: string[] = [];
  readonly #blobs: string[] = [];
  #lives = 0;

  constructor(seed: number, crashAt: number) {
    this.disk = new Disk({ chance: chanceOf(seed * 1_000 + crashAt) });
    this.disk.crashAt = crashAt;
  }

  /** One process opens the Log, writes to it in every way, and ends, or crashes. */
  async live(): Promise<void> {
    this.#lives += 1;
    const process = this.disk.start();
    try {
      const log = await openLog({ store: this.#watched(process), installation });
      await this.#work(log);
    } catch (error) {
      if (!isOfCrash(error)) throw error;
      this.hasCrashed = true;
    }
  }

  async #work(log: Log): Promise<void> {
    const { store } = log;
    const first = this.#lives * 100;
    const writer = await log.takeWriter({ holder: `life ${this.#lives}`, waitMs: 0 });
    this.#blobs.push(await store.putBlob(`text ${this.#lives} ${"x".repeat(900)}`));
    for (const body of lifeOf(first)) await log.append(writer, [body], at(0));
    await this.#spool(store, `spool-${this.#lives}`);
    const together = [1, 2, 3].map((n) => log.append(writer, lifeOf(first + n), at(1)));
    const outcomes = await Promise.allSettled(together);
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason as Error;
    await writer.release();
  }

  async #spool(store: LogStore, id: string): Promise<void> {
    const by = { id: "dev@example.com", authenticatedBy: "gateway" } as const;
    const entry: SpoolEntry = { id, at: at(0), body: { kind: "freeze", by, note: "stop" } };
    await store.addToSpool(entry);
    this.#spooled.push(id);
  }

  /** The store with an ear on what is asked of its writers and what they confirm. */
  #watched(process: DiskProcess): LogStore {
    const store = this.#storeOf(process);
    return {
      ...store,
      takeEpoch: async (taking) => {
        const writer = await store.takeEpoch(taking);
        const append: Writer["append"] = async (head, records) => {
          for (const record of records) this.#asked.add(recordLine(record));
          const after = await writer.append(head, records);
          this.#confirmed.push(...records.map((record: LogRecord) => recordLine(record)));
          return after;
        };
        return { epoch: writer.epoch, holder: writer.holder, append, release: () => writer.release() };
      },
    };
  }

  #storeOf(process: DiskProcess): LogStore {
    const random = { bytes: (count: number) => new Uint8Array(count).fill(this.#lives) };
    return fileStore({ directory: "/log", files: process.files, clock: new QuickClock(), random });
  }

  /** The next writer finds what was confirmed, in order, and only what was asked; and all of it verifies. */
  async flaws(): Promise<string[]> {
    this.disk.crashAt = Number.POSITIVE_INFINITY;
    const process = this.disk.start();
    const store = this.#storeOf(process);
    // Whoever only reads comes first, and sees what the next writer keeps.
    const seen = await linesIn(store);
    await openLog({ store: this.#storeOf(process), installation });
    await (await store.takeEpoch({ holder: "check", waitMs: 0 })).release();
    const lines = await linesIn(store);
    const isKept = this.#confirmed.every((line, n) => lines[n] === line);
    const isAsked = lines.every((line) => this.#asked.has(line));
    const isWhole = (await verifyChain([lines])).ok;
    await openLog({ store, installation });
    // What was there whole but never confirmed stays from now on.
    this.#confirmed.push(...lines.slice(this.#confirmed.length));
    const ids = (await store.readSpool()).map(({ id }) => id);
    const texts = await Promise.all(this.#blobs.map((digest) => store.tryReadBlob(digest)));
    return [
      ...(isKept ? [] : ["a confirmed record is gone"]),
      ...(isAsked ? [] : ["a record is there that nobody asked for"]),
      ...(isWhole ? [] : ["the chain does not verify"]),
      ...(seen.join("\n") === lines.join("\n") ? [] : ["a reader saw another chain"]),
      ...(this.#spooled.every((id) => ids.includes(id)) ? [] : ["an entry of the spool is gone"]),
      ...(texts.every((text) => text?.startsWith("text")) ? [] : ["a text is gone"]),
    ];
  }
}

function isOfCrash(error: unknown): boolean {
  for (let seen = error; seen !== undefined; seen = (seen as Error).cause) {
    if (seen instanceof Crashed) return true;
    if (!(seen instanceof Error) && !isFailure(seen)) return false;
  }
  return false;
}

/** A small generator (mulberry32): one seed, one way to crash. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
