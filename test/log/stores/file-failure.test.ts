import { fileStore, openLog, verifyLog, type FileStoreOptions, type Log, type TornTail } from "../../../lib/log";
import type { Head } from "../../../lib/model/record";
import type { LogStore, Writer } from "../../../lib/ports";
import { linesIn } from "../../contract/log-store";
import { Disk, type Step } from "../../doubles/files/disk";
import { QuickClock } from "../../doubles/quick-clock";
import { at, chainOf, installation, lifeOf, linesFor, notes } from "../bodies";

const chain = "/log/chain.jsonl";
let disk: Disk;
let drawn = 0;

beforeEach(() => {
  disk = new Disk();
});

describe("a file store that cannot write", () => {
  it("says that the disk is full, leaves nothing of the append behind, and goes on when there is space", async () => {
    const { log, writer } = await begun();
    const before = { head: log.head, bytes: bytesOf(chain), grants: log.state.grants.size };
    for (const spaceLeft of [0, 1, 100, 399]) {
      disk.spaceLeft = spaceLeft;
      const error: unknown = await log.append(writer, lifeOf(9), at(1)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "E603", diagnostics: [{ detail: `${chain}: the disk is full` }] });
      expect({ head: log.head, bytes: bytesOf(chain), grants: log.state.grants.size }).toEqual(before);
    }
    disk.spaceLeft = Number.POSITIVE_INFINITY;
    await log.append(writer, lifeOf(9), at(2));
    expect(await verifyLog(store())).toMatchObject({ ok: true, records: 10 });
  });

  it("fails what was to follow a failed append with it", async () => {
    const { log, writer } = await begun();
    failOnce("sync", chain, "EIO");
    const records = notes(log.head, 1, "a", "b", "c");
    const appends = records.map((record, n) => {
      const before = records[n - 1];
      const { hash } = n === 0 ? { hash: log.head!.hash } : { hash: record.previous };
      return writer.append({ sequence: before?.sequence ?? log.head!.sequence, hash, epoch: 1 }, [record]);
    });
    for (const outcome of await Promise.allSettled(appends)) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "E603" } });
    }
    expect(await linesIn(store())).toHaveLength(6);
    await writer.append(log.head, notes(log.head, 1, "again"));
  });

  it("appends nothing more once it could not take a failed append back, and the next writer finds the chain whole", async () => {
    const { log, writer } = await begun();
    disk.spaceLeft = 100;
    disk.fault = (step) => (step.operation === "truncate" ? "EIO" : undefined);
    await expect(log.append(writer, lifeOf(9), at(1))).rejects.toMatchObject({ code: "E603" });
    disk.fault = () => undefined;
    disk.spaceLeft = Number.POSITIVE_INFINITY;
    await expect(log.append(writer, lifeOf(9), at(1))).rejects.toMatchObject({ code: "E603" });
    await writer.release();
    const torn: TornTail[] = [];
    const next = await openLog({ store: store({ onTornTail: (tail) => torn.push(tail) }), installation });
    await next.append(await next.takeWriter({ holder: "next", waitMs: 0 }), lifeOf(9), at(2));
    expect(torn).toEqual([{ sequence: 7, bytes: 100 }]);
    expect(await verifyLog(store())).toMatchObject({ ok: true, records: 11 });
  });

  it.each([
    ["EROFS", "the file system is read-only"],
    ["EACCES", "this user has no right to it"],
    ["ENOSPC", "the disk is full"],
  ])("says so at once when nothing can be written (%s), frees the lock, and can still be read", async (code, words) => {
    const { writer } = await begun();
    await writer.release();
    disk.fault = (step) => (["read", "sync directory"].includes(step.operation) ? undefined : code);
    const taking: unknown = await store()
      .takeEpoch({ holder: "b", waitMs: 0 })
      .catch((thrown: unknown) => thrown);
    expect(taking).toMatchObject({ code: "E603" });
    expect(String(taking)).toContain(words);
    await expect(store().putBlob("new")).rejects.toMatchObject({ code: "E603" });
    expect(disk.locks.size).toBe(0);
    expect((await openLog({ store: store(), installation })).head?.sequence).toBe(6);
  });

  it("says that the Log cannot be read when the disk fails", async () => {
    await begun();
    disk.fault = (step) => (step.operation === "read" && step.path === chain ? "EIO" : undefined);
    await expect(openLog({ store: store(), installation })).rejects.toMatchObject({ code: "E606" });
  });
});

describe("a file store whose lock has failed", () => {
  it("stops the stale writer before it writes", async () => {
    const { log, writer } = await begun();
    disk.locks.clear();
    const second = await store().takeEpoch({ holder: "thief", waitMs: 0 });
    const before = bytesOf(chain);
    const late: unknown = await log.append(writer, lifeOf(9), at(1)).catch((thrown: unknown) => thrown);
    expect(late).toMatchObject({ code: "E604" });
    expect(String(late)).toContain("epoch 2 was taken by thief");
    expect(bytesOf(chain)).toBe(before);
    await second.append(log.head, notes(log.head, 2, "new"));
  });

  it("stops a writer whose epoch was taken again from an old copy of the directory", async () => {
    const { log, writer } = await begun();
    disk.locks.clear();
    disk.names.delete("/log/epoch");
    disk.names.set("/log/chain.jsonl", inodeOf(""));
    expect(await store().takeEpoch({ holder: "begun", waitMs: 0 })).toMatchObject({ epoch: 1 });
    await expect(log.append(writer, lifeOf(9), at(1))).rejects.toMatchObject({ code: "E604" });
  });

  it("stops a writer when the chain has grown under it", async () => {
    const { log, writer } = await begun();
    const inode = disk.names.get(chain)!;
    inode.current = Buffer.concat([inode.current, Buffer.from("x\n")]);
    await expect(log.append(writer, lifeOf(9), at(1))).rejects.toMatchObject({ code: "E604" });
    await expect(log.append(writer, lifeOf(9), at(1))).rejects.toMatchObject({ code: "E604" });
  });
});

describe("the end of a file store's chain", () => {
  it("is cut by the next writer where a crash has torn the last line, and said", async () => {
    await rewritten((text) => `${text}{"body":{"type":"epo`);
    const torn: TornTail[] = [];
    expect((await openLog({ store: store(), installation })).head?.sequence).toBe(6);
    const writer = await store({ onTornTail: (tail) => torn.push(tail) }).takeEpoch({ holder: "b", waitMs: 0 });
    expect(torn).toEqual([{ sequence: 7, bytes: 20 }]);
    await writer.release();
    expect(await verifyLog(store())).toMatchObject({ ok: true, records: 6 });
  });

  it("is cut where a crash has left a hole of zeros, with what comes after the hole", async () => {
    const [line = ""] = linesFor(notes(await headNow(), 1, "x"));
    await rewritten((text) => `${text}${"\u0000".repeat(512)}${line}\n`);
    // Whoever only reads ends there too: a pass reads before it writes.
    expect((await openLog({ store: store(), installation })).head?.sequence).toBe(6);
    const torn: TornTail[] = [];
    await store({ onTornTail: (tail) => torn.push(tail) }).takeEpoch({ holder: "b", waitMs: 0 });
    expect(torn).toMatchObject([{ sequence: 7 }]);
    expect(await verifyLog(store())).toMatchObject({ ok: true, records: 6 });
  });

  it("is no crash's where the hole lies in what was noted as written", async () => {
    await rewritten((text) => `${text.slice(0, -600)}${"\u0000".repeat(512)}${text.slice(-88)}`);
    await expect(openLog({ store: store(), installation })).rejects.toMatchObject({ code: "E600" });
    await expect(store().takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
  });

  it.each([
    ["a flipped bit that makes a zero", (line: string) => line.replace("@", "\u0000")],
    ["a byte that is no UTF-8", (line: string) => line.replace("@", "\u00ff")],
    ["other words", (line: string) => line.replace("@", "#")],
  ])("is not cut for %s behind the noted head: that is no crash", async (_name, alter) => {
    disk.names.delete("/log/head.json");
    const lines = linesFor(chainOf(9));
    const bytes = Buffer.from(`${lines.map((line, n) => (n === 1 ? alter(line) : line)).join("\n")}\n`, "latin1");
    disk.names.set(chain, { synced: bytes, current: bytes });
    await expect(store().takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
    expect(disk.names.get(chain)?.current).toHaveLength(bytes.length);
  });

  it("is reported as cut when the chain is shorter than what was noted", async () => {
    await rewritten((text) => `${text.split("\n").slice(0, 4).join("\n")}\n`);
    expect(await verifyLog(store())).toMatchObject({ ok: false, fault: { sequence: 5, reason: "cut" } });
    await expect(openLog({ store: store(), installation })).rejects.toMatchObject({ code: "E600" });
    await expect(store().takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E600" });
  });

  it("is reported when the whole chain is gone but its note is there", async () => {
    await rewritten(() => "");
    await expect(openLog({ store: store(), installation })).rejects.toMatchObject({ code: "E600" });
  });

  it("keeps records that verify beyond the noted head", async () => {
    const head = await headNow();
    const note = disk.names.get("/log/head.json")!;
    const added = linesFor(notes(head, 1, "x", "y"));
    await rewritten((text) => `${text}${added.join("\n")}\n`);
    expect(disk.names.get("/log/head.json")).toBe(note);
    const writer = await store().takeEpoch({ holder: "b", waitMs: 0 });
    expect(await linesIn(store())).toHaveLength(8);
    expect(await store().notedHead()).toMatchObject({ sequence: 8 });
    await writer.release();
  });

  it("is found without a note, or with one that makes no sense", async () => {
    await begun();
    for (const text of ["", "{", "[]", '{"sequence":"x"}', '{"bytes":-1,"epoch":1,"hash":"","sequence":1}']) {
      disk.locks.clear();
      disk.names.set("/log/head.json", inodeOf(text));
      const writer = await store().takeEpoch({ holder: "b", waitMs: 0 });
      expect(await store().notedHead()).toMatchObject({ sequence: 6 });
      await writer.release();
    }
  });
});

it("notes the head now and then while it appends, and when it is released, never before it is durable", async () => {
  const { log, writer } = await begun();
  const noted: number[] = [];
  disk.fault = (step: Step) => {
    if (step.operation === "rename" && step.path === "/log/head.json") noted.push(disk.names.get(chain)!.synced.length);
    return undefined;
  };
  for (let n = 0; n < 1100; n += 1) await log.append(writer, [lifeOf(1)[2]!], at(1));
  expect(noted).toHaveLength(1);
  await writer.release();
  expect(noted).toHaveLength(2);
  expect(await store().notedHead()).toEqual(log.head);
});

it("gives back altered texts beside the chain as errors, and writes them again when they are stored again", async () => {
  const digest = await store().putBlob("text");
  disk.names.set(`/log/blobs/${digest}`, inodeOf("TEXT"));
  await expect(store().tryReadBlob(digest)).rejects.toMatchObject({ code: "E607" });
  await store().putBlob("text");
  expect(await store().tryReadBlob(digest)).toBe("text");
});

it("reports an entry of the spool that cannot be read, and passes over what is half written", async () => {
  disk.names.set("/log/spool/.x.json.tmp", inodeOf("{"));
  expect(await store().readSpool()).toEqual([]);
  disk.names.set("/log/spool/x.json", inodeOf('{"id":"y"}'));
  const error: unknown = await store()
    .readSpool()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "E607" });
  expect(String(error)).toContain("/log/spool/x.json");
});

function store(more: Partial<FileStoreOptions> = {}): LogStore {
  const random = { bytes: (length: number) => new Uint8Array(length).fill((drawn += 1)) };
  const { files } = disk.start();
  return fileStore({ directory: "/log", files, clock: new QuickClock(), random, ...more });
}

/** A Log of six records and its writer. */
async function begun(): Promise<{ log: Log; writer: Writer }> {
  const log = await openLog({ store: store(), installation });
  const writer = await log.takeWriter({ holder: "begun", waitMs: 0 });
  await log.append(writer, lifeOf(1), at(0));
  return { log, writer };
}

async function headNow(): Promise<Head | undefined> {
  const { log, writer } = await begun();
  await writer.release();
  return log.head;
}

/** A Log of six records with its note, and other bytes in its chain. */
async function rewritten(change: (text: string) => string): Promise<void> {
  if (!disk.names.has(chain)) await headNow();
  disk.names.set(chain, inodeOf(change(disk.names.get(chain)!.current.toString("utf8"))));
}

function inodeOf(text: string): { synced: Buffer; current: Buffer } {
  const bytes = Buffer.from(text);
  return { synced: bytes, current: bytes };
}

function bytesOf(path: string): number {
  return disk.names.get(path)!.current.length;
}

/** Fails the next step of a kind on a path. */
function failOnce(operation: Step["operation"], path: string, code: string): void {
  disk.fault = (step) => {
    if (step.operation !== operation || step.path !== path) return undefined;
    disk.fault = () => undefined;
    return code;
  };
}
