import * as fc from "fast-check";
import { isFailure } from "../../lib/errors";
import { chainRecords, openLog, recordHash, verifyChain } from "../../lib/log";
import type { RecordBody, Head, LogRecord, SpoolEntry } from "../../lib/model/record";
import type { LogStore, Writer } from "../../lib/ports";
import { at, chainOf, installation, linesFor, notes, opened } from "../log/bodies";

/** One kind of LogStore under the contract. */
export interface LogStoreHarness {
  /** `lock`: a second writer waits. `epoch`: a second writer ends the first. */
  readonly fencing: "lock" | "epoch";
  /** How many random schedules of two writers are tried. */
  readonly schedules: number;
  /** How many readers and appends meet; a store whose every look starts programs takes fewer. Default 32 and 100. */
  readonly crowd?: { readonly readers: number; readonly appends: number };
  /** Makes an empty Log; each call of `open` gives it as another process has it. */
  place(): Promise<{ open(): LogStore }>;
}

/** What every LogStore holds to; run for each kind. */
export function logStoreContract(name: string, harness: LogStoreHarness): void {
  const crowd = harness.crowd ?? { readers: 32, appends: 100 };
  describe(`the contract of LogStores: ${name}`, () => {
    const newStore = async (): Promise<LogStore> => (await harness.place()).open();

    describe("chain", () => {
      it("is empty at first, and reading it finds nothing", async () => {
        const store = await newStore();
        expect(await linesIn(store)).toEqual([]);
        expect(await store.notedHead()).toBeUndefined();
        expect(await store.readSpool()).toEqual([]);
      });

      it("gives back every line as it was written, from any record on, to every process", async () => {
        const place = await harness.place();
        const writer = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
        const records = chainOf(30);
        const head = await writer.append(undefined, records.slice(0, 12));
        expect(head).toEqual({ sequence: 12, epoch: 1, hash: recordHash(records[11]!) });
        await writer.append(head, records.slice(12));
        const [store, lines] = [place.open(), linesFor(records)];
        for (const from of [1, 2, 12, 13, 30, 31, 1]) expect(await linesIn(store, from)).toEqual(lines.slice(from - 1));
      });

      it("shows a reader what was appended since, when it reads on", async () => {
        const place = await harness.place();
        const reader = place.open();
        const writer = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
        const records = chainOf(9);
        let head: Head | undefined;
        for (let n = 0; n < 9; n += 3) {
          head = await writer.append(head, records.slice(n, n + 3));
          expect(await linesIn(reader, n + 1)).toEqual(linesFor(records.slice(n, n + 3)));
        }
      });

      it("refuses an append that does not follow the head, and writes nothing of it", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        const head = await writer.append(undefined, notes(undefined, 1, "first"));
        await expect(writer.append(undefined, notes(undefined, 1, "other"))).rejects.toMatchObject({ code: "E604" });
        const elsewhere = { ...head, hash: "f".repeat(64) };
        await expect(writer.append(elsewhere, notes(elsewhere, 1, "x"))).rejects.toMatchObject({ code: "E604" });
        expect(await linesIn(store)).toHaveLength(2);
        await writer.append(head, notes(head, 1, "second"));
        expect(await linesIn(store)).toHaveLength(3);
      });

      it("refuses records that do not chain to one another, and writes nothing of them", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        const [one, two, three] = chainOf(3) as [LogRecord, LogRecord, LogRecord];
        await expect(writer.append(undefined, [one, three])).rejects.toMatchObject({ code: "E900" });
        await expect(writer.append(undefined, [one, { ...two, previous: one.previous }])).rejects.toMatchObject({
          code: "E900",
        });
        expect(await linesIn(store)).toEqual([]);
        await writer.append(undefined, [one, two, three]);
      });

      it("takes appends that are made together in their order, each on the one before", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        const records = chainOf(200);
        const appends = records.map((record, n) =>
          writer.append(n === 0 ? undefined : headOf(records[n - 1]!), [record]),
        );
        expect((await Promise.all(appends)).at(-1)).toEqual(headOf(records.at(-1)!));
        expect(await linesIn(store)).toEqual(linesFor(records));
      });

      it("lets exactly one of several appends on one head through", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        const head = await writer.append(undefined, notes(undefined, 1, "first"));
        const all = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) => writer.append(head, notes(head, 1, `n${n}`))),
        );
        expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
        for (const one of all) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "E604" });
        expect(await linesIn(store)).toHaveLength(3);
      });
    });

    describe("epochs", () => {
      it("counts epochs up, also when nothing was written under them", async () => {
        const place = await harness.place();
        for (const expected of [1, 2, 3]) {
          const writer = await place.open().takeEpoch({ holder: `run ${expected}`, waitMs: 0 });
          expect(writer).toMatchObject({ epoch: expected, holder: `run ${expected}` });
          await writer.release();
        }
      });

      it("takes an epoch after the last one in a chain that came from elsewhere", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "copy", waitMs: 0 });
        await writer.append(undefined, chainRecords(undefined, 41, at(0), [opened]));
        await writer.release();
        expect((await store.takeEpoch({ holder: "next", waitMs: 0 })).epoch).toBe(42);
      });

      it("refuses what a released writer appends", async () => {
        const store = await newStore();
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        await writer.release();
        await writer.release();
        await expect(writer.append(undefined, chainOf(1))).rejects.toMatchObject({ code: "E604" });
        expect(await linesIn(store)).toEqual([]);
      });

      if (harness.fencing === "lock") {
        it("keeps a second writer out while the first holds it, and says who that is", async () => {
          const place = await harness.place();
          const first = await place.open().takeEpoch({ holder: "the first, pid 1", waitMs: 0 });
          const error: unknown = await place
            .open()
            .takeEpoch({ holder: "b", waitMs: 30 })
            .catch((thrown) => thrown);
          expect(error).toMatchObject({ code: "E605" });
          expect(String(error)).toContain("the first, pid 1");
          await first.append(undefined, chainOf(2));
        });

        it("lets a waiting writer in once the first is done", async () => {
          const place = await harness.place();
          const first = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
          const second = place.open().takeEpoch({ holder: "b", waitMs: 60_000 });
          const head = await first.append(undefined, chainOf(2));
          await first.release();
          const writer = await second;
          expect(writer.epoch).toBe(2);
          await writer.append(head, notes(head, 2, "after"));
        });
      } else {
        it("ends an earlier writer when a later one has taken its epoch", async () => {
          const place = await harness.place();
          const first = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
          const head = await first.append(undefined, chainOf(2));
          const second = await place.open().takeEpoch({ holder: "b", waitMs: 0 });
          await expect(first.append(head, notes(head, 1, "late"))).rejects.toMatchObject({ code: "E604" });
          await second.append(head, notes(head, 2, "new"));
          await first.release();
          expect(await linesIn(place.open())).toHaveLength(3);
        });
      }

      it(`has what two writers were told is written, and verifies, in ${harness.schedules} schedules of theirs`, async () => {
        const turn = fc.record({ who: fc.constantFrom(0, 1), does: fc.constantFrom("take", "append", "release") });
        await fc.assert(
          fc.asyncProperty(fc.array(turn, { maxLength: 30 }), async (turns) => {
            const place = await harness.place();
            const rivals = [new Rival(place.open(), "a"), new Rival(place.open(), "b")];
            for (const { who, does } of turns) await rivals[who]![does as "take"]();
            const written = rivals.flatMap((rival) => rival.written);
            const lines = await linesIn(place.open());
            const verdict = await verifyChain([lines]);
            expect(verdict).toMatchObject({ ok: true, records: lines.length });
            const words = lines.map((line) => JSON.parse(line) as LogRecord);
            expect(words.filter(({ body }) => body.type === "stray.ended")).toHaveLength(written.length);
            expect(words.every(({ epoch }, n) => epoch >= (words[n - 1]?.epoch ?? 0))).toBe(true);
          }),
          { numRuns: harness.schedules },
        );
      });
    });

    describe("beside the chain", () => {
      it("keeps texts by their digest", async () => {
        const place = await harness.place();
        const store = place.open();
        const digest = await store.putBlob('{"a":"ü"}');
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
        expect(await store.putBlob('{"a":"ü"}')).toBe(digest);
        expect(await place.open().tryReadBlob(digest)).toBe('{"a":"ü"}');
        expect(await store.tryReadBlob("0".repeat(64))).toBeUndefined();
      });

      it("takes entries into the spool while another holds the writer, and gives them to every process", async () => {
        const place = await harness.place();
        const writer = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
        const entries = ["id-1", "id-2", "id-3"].map((id) => entry(id));
        for (const one of entries) await place.open().addToSpool(one);
        await place.open().addToSpool(entries[0]!);
        expect(sorted(await place.open().readSpool())).toEqual(entries);
        await place.open().removeFromSpool(["id-2", "id-9"]);
        expect(sorted(await place.open().readSpool())).toEqual([entries[0], entries[2]]);
        await writer.append(undefined, chainOf(2));
      });

      it("takes no entry whose id could lead elsewhere", async () => {
        const store = await newStore();
        for (const id of ["", "../x", "a/b", "a".repeat(65), "a\u0000", "."]) {
          await expect(async () => await store.addToSpool(entry(id))).rejects.toMatchObject({ code: "E900" });
        }
        expect(await store.readSpool()).toEqual([]);
      });
    });

    describe("as a Log", () => {
      it("is refused by another installation, and nothing is written", async () => {
        const place = await harness.place();
        const writer = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
        await writer.append(undefined, chainOf(5));
        const other = openLog({ store: place.open(), installation: "somebody-else" });
        await expect(other).rejects.toMatchObject({ code: "E601" });
        expect(await linesIn(place.open())).toHaveLength(5);
      });

      it("is refused in a format that this version does not know", async () => {
        const place = await harness.place();
        const writer = await place.open().takeEpoch({ holder: "a", waitMs: 0 });
        const later = { type: "log.opened", installation, format: 2 } as unknown as RecordBody;
        await writer.append(undefined, chainRecords(undefined, 1, at(0), [later]));
        await expect(openLog({ store: place.open(), installation })).rejects.toMatchObject({ code: "E609" });
      });

      it(`shows ${crowd.readers} readers at once a chain that verifies, while a writer appends`, async () => {
        const place = await harness.place();
        const log = await openLog({ store: place.open(), installation });
        const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
        await log.append(writer, [note("0")], at(0));
        const opening = Array.from({ length: crowd.readers }, () => openLog({ store: place.open(), installation }));
        await log.append(writer, [note("1"), note("more")], at(1));
        const readers = await Promise.all(opening);
        // In rounds, because all of them share one thread: readers that loop on their own leave the writer no turn.
        for (let n = 2; n <= crowd.appends; n += 1) {
          const looks = readers.map((reader) => reader.refresh());
          await log.append(writer, [note(String(n)), note("more")], at(n));
          await Promise.all(looks);
        }
        for (const reader of readers) {
          await reader.refresh();
          expect(reader.head).toEqual(log.head);
        }
      });
    });
  });
}

/** A writer that comes, appends and goes as it is told, and notes what it was told is written. */
class Rival {
  readonly written: string[] = [];
  #writer: Writer | undefined;
  readonly #store: LogStore;
  readonly #name: string;

  constructor(store: LogStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  async take(): Promise<void> {
    try {
      this.#writer = await this.#store.takeEpoch({ holder: this.#name, waitMs: 0 });
    } catch (error) {
      if (!isCode(error, "E605")) throw error;
    }
  }

  async append(): Promise<void> {
    const writer = this.#writer;
    if (writer === undefined) return;
    const lines = await linesIn(this.#store);
    const last = lines.at(-1);
    const head = last === undefined ? undefined : headOf(JSON.parse(last) as LogRecord);
    const word = `${this.#name}${this.written.length}`;
    try {
      await writer.append(head, notes(head, writer.epoch, word));
      this.written.push(word);
    } catch (error) {
      if (!isCode(error, "E604")) throw error;
    }
  }

  async release(): Promise<void> {
    await this.#writer?.release();
  }
}

function isCode(error: unknown, code: string): boolean {
  return isFailure(error) && error.code === code;
}

function headOf(record: LogRecord): Head {
  return { sequence: record.sequence, epoch: record.epoch, hash: recordHash(record) };
}

function note(word: string): RecordBody {
  return { type: "stray.ended", gateway: word, person: "x", gatewayName: "y" };
}

function entry(id: string): SpoolEntry {
  return {
    id,
    at: at(0),
    body: { kind: "freeze", by: { id: "a@example.com", authenticatedBy: "gateway" }, note: "n" },
  };
}

function sorted(entries: readonly SpoolEntry[]): SpoolEntry[] {
  return entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** All lines of a store from a record on. */
export async function linesIn(store: LogStore, from = 1): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of store.read(from)) lines.push(...batch);
  return lines;
}
