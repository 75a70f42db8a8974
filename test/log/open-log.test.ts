import { failure } from "../../lib/errors";
import {
  chainRecords,
  copyLog,
  exportLog,
  linesOf,
  memoryStore,
  openLog,
  recordHash,
  verifyChain,
  verifyLog,
  type Log,
} from "../../lib/log";
import { reconcilerActor as by } from "../../lib/model/actor";
import type { LogRecord, RecordBody, SpoolEntry } from "../../lib/model/record";
import type { LogStore, Writer } from "../../lib/ports";
import { linesIn } from "../contract/log-store";
import { at, chainOf, facts, installation, lifeOf, linesFor, opened } from "./bodies";

const note = (word: string): RecordBody => ({ type: "stray.ended", gateway: word, person: "x", gatewayName: "y" });

describe("opening a Log", () => {
  it("writes nothing, and neither does taking the writer: a run that changes nothing leaves no record", async () => {
    const store = memoryStore();
    const log = await openLog({ store, installation });
    const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
    expect(await log.append(writer, [], at(0))).toEqual([]);
    await writer.release();
    expect(store.lines).toEqual([]);
    expect([log.head, log.state.epoch]).toEqual([undefined, 0]);
  });

  it("puts its opening before the first record, and the epoch before the first of each writer, once", async () => {
    const store = memoryStore();
    const log = await openLog({ store, installation });
    for (const holder of ["first", "second"]) {
      const writer = await log.takeWriter({ holder, waitMs: 0 });
      const written = await log.append(writer, [note(holder)], at(0));
      expect(written.map(({ body }) => body.type)).toEqual(["stray.ended"]);
      await log.append(writer, [note("more")], at(0));
      await writer.release();
    }
    expect(recordsIn(store).map(({ body }) => body)).toEqual([
      opened,
      { type: "epoch.taken", epoch: 1, holder: "first" },
      note("first"),
      note("more"),
      { type: "epoch.taken", epoch: 2, holder: "second" },
      note("second"),
      note("more"),
    ]);
  });

  it("gives the state of all that was written before", async () => {
    const lines = linesFor(chainOf(9));
    const log = await openLog({ store: memoryStore({ lines }), installation });
    expect(log.head?.sequence).toBe(9);
    expect([...log.state.grants.values()].map(({ phase }) => phase)).toEqual(["ended", "ended"]);
  });

  it.each<readonly [string, (lines: string[]) => void, string]>([
    ["an altered record", (lines) => lines.splice(3, 1, lines[3]!.replace("expired", "revoked")), "record 4"],
    ["a record that cannot be", (lines) => lines.push(...impossible(lines)), "record 10"],
    ["nonsense", (lines) => lines.push("{}"), "record 10"],
  ])("refuses %s and names the record", async (_name, alter, where) => {
    const lines = linesFor(chainOf(9));
    alter(lines);
    const error: unknown = await openLog({ store: memoryStore({ lines: [] }), installation }).then(
      async () => await openLog({ store: storeOf(lines), installation }).catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({ code: "E600", exitCode: 9 });
    expect(String(error)).toContain(where);
  });
});

describe("appending to a Log", () => {
  it("writes what is asked together in one batch, and gives each its own records", async () => {
    const { log, writer, batches } = await counted();
    const asked = Array.from({ length: 50 }, (_, n) => log.append(writer, [note(`${n}a`), note(`${n}b`)], at(n)));
    const written = await Promise.all(asked);
    expect(batches).toEqual([102]);
    expect(written.map((records) => records.map(({ body }) => body))).toEqual(
      asked.map((_, n) => [note(`${n}a`), note(`${n}b`)]),
    );
    expect(written.map(([record]) => record?.time)).toEqual(asked.map((_, n) => at(n)));
  });

  it("refuses what cannot follow the state before it is written, and writes the rest of the batch", async () => {
    const { log, writer, store } = await counted();
    const { grant } = facts(1);
    const done: RecordBody = {
      type: "activation.done",
      grant,
      activatedAt: at(0),
      observedEnd: at(9),
      worstCaseEnd: at(9),
    };
    const [intended] = lifeOf(1) as [RecordBody];
    const outcomes = await Promise.allSettled([
      log.append(writer, [note("a"), done], at(0)),
      log.append(writer, [intended], at(0)),
      log.append(writer, [done], at(0)),
      log.append(writer, [intended], at(0)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "rejected"]);
    expect(outcomes[0]).toMatchObject({ reason: { code: "E900", exitCode: 1 } });
    expect(recordsIn(store).map(({ body }) => body.type)).toEqual([
      "log.opened",
      "epoch.taken",
      "activation.intended",
      "activation.done",
    ]);
    expect(log.state.grants.get(grant)?.phase).toBe("active");
  });

  it("leaves the state as it was when nothing could be written", async () => {
    const { log, writer, store } = await counted();
    await log.append(writer, [note("a")], at(0));
    const before = { head: log.head, grants: log.state.grants.size, lines: [...store.lines] };
    const broken: Writer = { ...writer, append: () => Promise.reject(failure("E603", { fix: "make room" })) };
    await expect(log.append(broken, lifeOf(1), at(0))).rejects.toMatchObject({ code: "E603" });
    expect({ head: log.head, grants: log.state.grants.size, lines: store.lines }).toEqual(before);
    expect(log.state.intents.size).toBe(0);
    await log.append(writer, lifeOf(1), at(0));
    expect(log.state.grants.size).toBe(1);
  });

  it("is refused when another has written meanwhile, until it is read", async () => {
    const store = memoryStore({ fencing: "epoch" });
    const [mine, theirs] = [await openLog({ store, installation }), await openLog({ store, installation })];
    const their = await theirs.takeWriter({ holder: "them", waitMs: 0 });
    await theirs.append(their, [note("theirs")], at(0));
    const writer = await store.takeEpoch({ holder: "me", waitMs: 0 });
    await expect(mine.append(writer, [note("mine")], at(0))).rejects.toMatchObject({ code: "E604" });
    await mine.refresh();
    await mine.append(writer, [note("mine")], at(0));
    await expect(theirs.append(their, [note("late")], at(0))).rejects.toMatchObject({ code: "E604" });
    await theirs.refresh();
    expect(theirs.head).toEqual(mine.head);
  });
});

describe("reading on in a Log", () => {
  it("reads only what is new", async () => {
    const lines = linesFor(chainOf(30));
    const store = memoryStore({ lines: lines.slice(0, 10) });
    const asked: number[] = [];
    const watched: LogStore = { ...store, read: (from) => (asked.push(from), store.read(from)) };
    const log = await openLog({ store: watched, installation });
    store.lines.push(...lines.slice(10));
    await log.refresh();
    await log.refresh();
    expect(asked).toEqual([1, 10, 30]);
    expect(log.head).toEqual((await openLog({ store, installation })).head);
  });

  it.each<readonly [string, (lines: string[]) => void]>([
    ["cut", (lines) => lines.splice(5)],
    ["put back from before and gone on otherwise", (lines) => lines.splice(5, 9, ...otherwise(lines.slice(0, 5)))],
    ["emptied", (lines) => lines.splice(0)],
  ])("reports a chain that was %s since it was read", async (_name, alter) => {
    const store = memoryStore({ lines: linesFor(chainOf(9)) });
    const log = await openLog({ store, installation });
    alter(store.lines);
    await expect(log.refresh()).rejects.toMatchObject({ code: "E600" });
    expect(log.head?.sequence).toBe(9);
  });

  it("puts the spool over the state: what it ends, waives and freezes holds before it is in the chain", async () => {
    const { log, writer, store } = await counted();
    const [intended, done] = lifeOf(1) as [RecordBody, RecordBody];
    await log.append(writer, [intended, done], at(0));
    const { grant } = facts(1);
    const unmet = facts(2).grant;
    const person = { id: "person-1@example.com", authenticatedBy: "gateway" } as const;
    const entries: SpoolEntry[] = [
      { id: "late", at: at(7), body: { kind: "end", grants: [grant], reason: "revoked", by } },
      { id: "early", at: at(5), body: { kind: "end", grants: [grant, unmet], reason: "given back", by: person } },
      { id: "stop", at: at(6), body: { kind: "freeze", by: person, note: "stop" } },
      {
        id: "no",
        at: at(6),
        body: { kind: "opt-out", optOut: { id: "o", person: "p", from: { kind: "rule", rule: "r" }, by, at: at(6) } },
      },
    ];
    for (const entry of entries) await store.addToSpool(entry);
    expect(log.state.frozen).toBeUndefined();
    await log.refreshSpool();
    expect(log.state.grants.get(grant)?.ending).toEqual({ reason: "given back", by: person, since: at(5) });
    expect([...log.state.grants.values()][0]?.ending?.reason).toBe("given back");
    expect(log.chain.grants.get(grant)?.ending).toBeUndefined();
    expect(log.state.frozen).toMatchObject({ note: "stop" });
    expect([...log.state.optOuts.keys()]).toEqual(["o"]);
    expect(log.spool.endings.get(unmet)).toMatchObject({ reason: "given back", spool: "early" });
    expect(log.spool.waiting.map(({ id }) => id)).toEqual(["early", "no", "stop", "late"]);
  });

  it.each(["read", "readSpool"] as const)(
    "meets an entry that is taken down and put away while it reads: right before its %s",
    async (call) => {
      const { log, writer, store } = await counted();
      const optOut = { id: "o", person: "p", from: { kind: "rule", rule: "r" }, by, at: at(6) } as const;
      await store.addToSpool({ id: "no", at: at(6), body: { kind: "opt-out", optOut } });
      await log.refreshSpool();
      let isDone = false;
      const takeDown = async (): Promise<void> => {
        if (isDone) return;
        isDone = true;
        await log.append(writer, [{ type: "optout.set", optOut, spool: "no" }], at(7));
        await store.removeFromSpool(["no"]);
      };
      const busy: LogStore = {
        ...store,
        readSpool: async () => {
          if (call === "readSpool") await takeDown();
          return store.readSpool();
        },
        async *read(from) {
          if (call === "read") await takeDown();
          yield* store.read(from);
        },
      };
      const reader = await openLog({ store: busy, installation });
      expect([isDone, [...reader.state.optOuts.keys()]]).toEqual([true, ["o"]]);
    },
  );

  it("takes an entry for done only when all of it is in the chain", async () => {
    const { log, writer, store } = await counted();
    await log.append(
      writer,
      [1, 2].flatMap((n) => lifeOf(n).slice(0, 2)),
      at(0),
    );
    const [one, two] = [facts(1).grant, facts(2).grant];
    await store.addToSpool({ id: "s", at: at(5), body: { kind: "end", grants: [one, two], reason: "revoked", by } });
    await log.refreshSpool();
    const ending = (grant: string): RecordBody => ({
      type: "ending.intended",
      grant,
      reason: "revoked",
      by,
      spool: "s",
    });
    await log.append(writer, [ending(one)], at(1));
    expect([...log.spool.endings.keys()]).toEqual([two]);
    expect(log.spool.done).toEqual([]);
    await log.append(writer, [ending(two)], at(1));
    expect(log.spool.waiting).toEqual([]);
    expect(log.spool.done.map(({ id }) => id)).toEqual(["s"]);
  });
});

describe("exporting and copying a Log", () => {
  it("gives the lines as they are, and they verify on their own", async () => {
    const lines = linesFor(chainOf(30));
    let text = "";
    for await (const part of exportLog(memoryStore({ lines }))) text += part;
    expect(text).toBe(`${lines.join("\n")}\n`);
    expect(await verifyChain(linesOf(asBytes(text)))).toMatchObject({ ok: true, records: 30 });
    expect(await verifyChain(linesOf(asBytes(text.slice(0, -1))))).toMatchObject({
      ok: false,
      fault: { sequence: 30 },
    });
  });

  it("copies chain, texts and spool unchanged, and goes on in the copy with a later epoch", async () => {
    const from = memoryStore();
    const log = await openLog({ store: from, installation });
    const manifest = await from.putBlob("{}");
    const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
    await log.append(writer, [{ type: "policy.accepted", manifest, by, bootstrap: true, spent: [] }], at(0));
    await log.append(
      writer,
      Array.from({ length: 3_000 }, (_, n) => note(`${n}`)),
      at(0),
    );
    await from.addToSpool({ id: "s", at: at(0), body: { kind: "freeze", by, note: "x" } });
    const to = memoryStore();
    const copied = await copyLog({ from, to, holder: "copy" });
    expect(copied).toEqual({ records: 3_003, before: 0, blobs: 1, spooled: 1, head: log.head });
    expect(to.lines).toEqual(from.lines);
    expect([await to.tryReadBlob(manifest), await to.readSpool()]).toEqual(["{}", await from.readSpool()]);
    expect((await to.takeEpoch({ holder: "b", waitMs: 0 })).epoch).toBeGreaterThan(1);
  });

  it("copies nothing of a Log that does not verify or lacks a text, and nothing over another Log", async () => {
    const lines = linesFor(chainOf(9));
    const to = memoryStore();
    await expect(copyLog({ from: storeOf(lines.toSpliced(4, 1)), to, holder: "x" })).rejects.toMatchObject({
      code: "E600",
    });
    const policy: RecordBody = { type: "policy.accepted", manifest: "a".repeat(64), by, bootstrap: true, spent: [] };
    const lacking = linesFor(chainRecords(undefined, 1, at(0), [opened, policy]));
    await expect(copyLog({ from: memoryStore({ lines: lacking }), to, holder: "x" })).rejects.toMatchObject({
      code: "E607",
    });
    expect(to.lines).toEqual([]);
    for (const other of [linesFor(chainRecords(undefined, 1, at(1), [opened])), linesFor(chainOf(10))]) {
      const full = memoryStore({ lines: other });
      await expect(copyLog({ from: memoryStore({ lines }), to: full, holder: "x" })).rejects.toMatchObject({
        code: "E705",
      });
      expect(full.lines).toEqual(other);
    }
  });

  it("goes on with a copy that was broken off, and repeats one that was not without a change", async () => {
    const lines = linesFor(chainOf(9));
    const to = memoryStore({ lines: lines.slice(0, 4) });
    for (const before of [4, 9]) {
      expect(await copyLog({ from: memoryStore({ lines }), to, holder: "x" })).toMatchObject({ records: 9, before });
      expect(to.lines).toEqual(lines);
    }
  });

  it("verifies what records say in their order, not only their hashes", async () => {
    const lines = linesFor(chainOf(9));
    lines.push(...impossible(lines));
    expect(await verifyChain([lines])).toMatchObject({ ok: true });
    expect(await verifyLog(storeOf(lines))).toMatchObject({ ok: false, fault: { sequence: 10, reason: "illegal" } });
  });
});

it("holds a Grant's records of two Logs apart by their installation", async () => {
  const store = memoryStore({ lines: linesFor(chainOf(5)) });
  const error: unknown = await openLog({ store, installation: "other" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "E601", exitCode: 9 });
  expect(await linesIn(store)).toHaveLength(5);
});

/** A Log in memory whose batches are counted. */
async function counted(): Promise<{
  log: Log;
  writer: Writer;
  store: ReturnType<typeof memoryStore>;
  batches: number[];
}> {
  const store = memoryStore();
  const batches: number[] = [];
  const log = await openLog({ store, installation });
  const taken = await log.takeWriter({ holder: "a", waitMs: 0 });
  const writer: Writer = {
    ...taken,
    append: (head, records) => {
      batches.push(records.length);
      return taken.append(head, records);
    },
  };
  return { log, writer, store, batches };
}

/** A store that only reads; what it holds need not verify. */
function storeOf(lines: readonly string[]): LogStore {
  return {
    ...memoryStore(),
    async *read(from) {
      yield await Promise.resolve(lines.slice(from - 1));
    },
  };
}

/** A record that chains rightly and cannot be: a second end of the epochs. */
function impossible(lines: readonly string[]): readonly string[] {
  const last = JSON.parse(lines.at(-1)!) as LogRecord;
  const head = { sequence: last.sequence, epoch: last.epoch, hash: recordHash(last) };
  return linesFor(chainRecords(head, 1, at(0), [{ type: "freeze.lifted", by }]));
}

function otherwise(lines: readonly string[]): readonly string[] {
  const last = JSON.parse(lines.at(-1)!) as LogRecord;
  const head = { sequence: last.sequence, epoch: last.epoch, hash: recordHash(last) };
  return linesFor(
    chainRecords(
      head,
      1,
      at(0),
      Array.from({ length: 9 }, () => note("other")),
    ),
  );
}

function recordsIn(store: { readonly lines: readonly string[] }): LogRecord[] {
  return store.lines.map((line) => JSON.parse(line) as LogRecord);
}

async function* asBytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
