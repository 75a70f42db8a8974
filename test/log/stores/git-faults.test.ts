import { isFailure } from "../../../lib/errors";
import { openLog, verifyChain } from "../../../lib/log";
import type { Head, LogRecord, RecordBody, SpoolEntry } from "../../../lib/model/record";
import type { Git, GitAnswer, LogStore, Writer } from "../../../lib/ports";
import { linesIn } from "../../contract/log-store";
import { QuickClock } from "../../doubles/quick-clock";
import { at, chainOf, installation, notes } from "../bodies";
import { git, GitMachines, logRef } from "./git-machines";

const machines = new GitMachines();

const silence: GitAnswer = { status: undefined, stdout: Buffer.alloc(0), stderr: "stopped after 120 s" };
const refused: GitAnswer = { status: 128, stdout: Buffer.alloc(0), stderr: "fatal: unable to access: refused" };

/** Does something else than asked at a call; `ask` carries it out. */
type Fault = (ask: () => Promise<GitAnswer>, call: string) => Promise<GitAnswer>;

/** Git with faults at calls that a test chooses: by their number, from 1, or all. */
function faulty(own: Git, choose: (call: string, n: number) => Fault | undefined): Git {
  let count = 0;
  const through = <T extends GitAnswer>(
    call: string,
    ask: () => Promise<T>,
    without: (answer: GitAnswer) => T,
  ): Promise<T> => {
    const fault = choose(call, (count += 1));
    return fault === undefined ? ask() : fault(ask, call).then(without);
  };
  return {
    remote: own.remote,
    findRemote: () => own.findRemote(),
    run: (call) =>
      through(
        call.args[0] ?? "",
        () => own.run(call),
        (answer) => answer,
      ),
    fetch: (call) =>
      through(
        "fetch",
        () => own.fetch(call),
        (answer) => ("refs" in answer ? (answer as never) : { ...answer, refs: new Map() }),
      ),
  };
}

class Crash extends Error {}

const faults = {
  "is refused": () => Promise.resolve(refused),
  "is lost on its way": () => Promise.resolve(silence),
  "is carried out, but its answer is lost": async (ask) => {
    await ask();
    return silence;
  },
  "is the last thing a process does": async (ask) => {
    await ask();
    throw new Crash();
  },
} as const satisfies Readonly<Record<string, Fault>>;

const entry: SpoolEntry = {
  id: "one",
  at: at(0),
  body: { kind: "freeze", by: { id: "a", authenticatedBy: "gateway" }, note: "n" },
};

/** What a machine was told is done while it does a bit of everything. */
class Told {
  readonly words: string[] = [];
  blob: string | undefined;
  spooled = false;
  removed = false;
}

async function aBitOfEverything(store: LogStore, told: Told): Promise<void> {
  const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
  const append = async (head: Head | undefined, records: readonly LogRecord[], word: string): Promise<Head> => {
    const next = await writer.append(head, records);
    told.words.push(word);
    return next;
  };
  const first = await append(undefined, chainOf(2), "opened");
  told.blob = await store.putBlob("a manifest");
  const second = await append(first, notes(first, writer.epoch, "first"), "first");
  await store.addToSpool(entry);
  told.spooled = true;
  await append(second, notes(second, writer.epoch, "second"), "second");
  await store.removeFromSpool([entry.id]);
  told.removed = true;
}

/** How many calls of git it makes, and which. */
async function callsOf(): Promise<readonly string[]> {
  const calls: string[] = [];
  const between = (own: Git) => faulty(own, (call) => (calls.push(call), undefined));
  await aBitOfEverything(machines.open(machines.remote(), { between, clock: new QuickClock() }), new Told());
  return calls;
}

describe("a fault at every call of git that reaches the remote", () => {
  test.each(Object.entries(faults))(
    "which %s: what was told is there once, and the next machine goes on",
    async (_name, fault) => {
      const calls = await callsOf();
      expect(calls.filter((call) => call === "push").length).toBeGreaterThan(5);
      for (const [n, call] of calls.entries()) {
        // A fetch changes nothing at the remote: however it fails, it fails.
        if (call !== (fault === faults["is refused"] ? "fetch" : "push")) continue;
        const remote = machines.remote();
        const told = new Told();
        let isDead = false;
        const between = (own: Git) =>
          faulty(own, (_call, nth) => {
            if (isDead) return () => Promise.reject(new Crash());
            isDead = nth === n + 1 && fault === faults["is the last thing a process does"];
            return nth === n + 1 ? fault : undefined;
          });
        const store = machines.open(remote, { between, clock: new QuickClock() });
        await aBitOfEverything(store, told).catch(allowed);
        // One lost answer is looked up, or the push repeated: nobody is told of it.
        if (call === "push" && fault !== faults["is the last thing a process does"]) expect(told.removed).toBe(true);
        await expectKept(remote, told);
      }
    },
  );
});

test("a fault at every call of git that stays on the machine stops it with an error that names the copy", async () => {
  const calls = await callsOf();
  const met: string[] = [];
  for (const [n, call] of calls.entries()) {
    if (call === "push" || call === "fetch" || call === "gc" || (met.includes(call) && call !== "fast-import"))
      continue;
    met.push(call);
    const remote = machines.remote();
    const told = new Told();
    const broken: GitAnswer = { status: 128, stdout: Buffer.alloc(0), stderr: "fatal: object file is empty" };
    const between = (own: Git) =>
      faulty(own, (_call, nth) => (nth === n + 1 ? () => Promise.resolve(broken) : undefined));
    const error: unknown = await aBitOfEverything(machines.open(remote, { between }), told).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: expect.stringMatching(/^E60[36]$/) });
    expect(String((error as Error).message)).toContain("object file is empty");
    await expectKept(remote, told);
  }
  expect(met).toEqual(expect.arrayContaining(["init", "fast-import", "cat-file"]));
});

/** What a machine may fail with when its remote does: that it cannot read, cannot write, or is dead. */
function allowed(thrown: unknown): void {
  if (thrown instanceof Crash) return;
  if (isFailure(thrown) && (thrown.code === "E603" || thrown.code === "E606")) return;
  throw thrown;
}

async function expectKept(remote: string, told: Told): Promise<void> {
  const next = machines.open(remote);
  const log = await openLog({ store: next, installation });
  const writer = await log.takeWriter({ holder: "next", waitMs: 0 });
  await log.append(writer, [body("afterwards")], at(100));
  const lines = await linesIn(next);
  expect(await verifyChain([lines])).toMatchObject({ ok: true });
  const said = lines.flatMap((line) => /"gateway":"(first|second|afterwards)"/.exec(line)?.[1] ?? []);
  expect(said).toEqual([...new Set(said)]);
  for (const word of told.words) if (word !== "opened") expect(said).toContain(word);
  if (told.blob !== undefined) expect(await next.tryReadBlob(told.blob)).toBe("a manifest");
  const spool = await next.readSpool();
  // After the second record its removal had begun, and may have arrived.
  if (told.removed) expect(spool).toEqual([]);
  else if (told.spooled && !told.words.includes("second")) expect(spool).toEqual([entry]);
}

describe("a push that arrives late", () => {
  /** Holds back every push that `chooses` says, and carries it out when told. */
  function latePushes(chooses: (n: number) => boolean) {
    const held: (() => Promise<GitAnswer>)[] = [];
    let pushes = 0;
    const between = (own: Git): Git =>
      faulty(own, (call) => {
        if (call !== "push" || !chooses((pushes += 1))) return undefined;
        return (ask) => {
          held.push(ask);
          return Promise.resolve(silence);
        };
      });
    return { between, arrive: async () => Promise.all(held.splice(0).map((ask) => ask())) };
  }

  test("after it was pushed again, changes nothing", async () => {
    const remote = machines.remote();
    const late = latePushes((n) => n === 2);
    const store = machines.open(remote, { between: late.between, clock: new QuickClock() });
    const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
    const head = await writer.append(undefined, chainOf(2));
    const tip = git(remote, "rev-parse", logRef);
    await late.arrive();
    expect(git(remote, "rev-parse", logRef)).toBe(tip);
    const next = await writer.append(head, notes(head, 1, "after"));
    await late.arrive();
    expect(await linesIn(store)).toHaveLength(next.sequence);
  });

  test("after another has taken a later epoch, is refused", async () => {
    const remote = machines.remote();
    const late = latePushes((n) => n >= 2);
    const store = machines.open(remote, { between: late.between, clock: new QuickClock() });
    const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
    await expect(writer.append(undefined, chainOf(2))).rejects.toMatchObject({ code: "E603" });
    const other = await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    for (const answer of await late.arrive()) expect(answer.status).toBe(1);
    await other.append(undefined, chainOf(3));
    expect(await linesIn(machines.open(remote))).toHaveLength(3);
    await expect(writer.append(undefined, chainOf(2))).rejects.toMatchObject({ code: "E603" });
  });

  test("after it was given up: its writer has stopped, and everybody reads what arrived", async () => {
    const remote = machines.remote();
    const late = latePushes((n) => n >= 3);
    const store = machines.open(remote, { between: late.between, clock: new QuickClock() });
    const log = await openLog({ store, installation });
    const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
    await log.append(writer, [body("first")], at(1));
    await expect(log.append(writer, [body("second")], at(2))).rejects.toMatchObject({ code: "E603" });
    await late.arrive();
    await expect(log.append(writer, [body("third")], at(3))).rejects.toMatchObject({ code: "E603" });
    await log.refresh();
    expect(log.head?.sequence).toBe(4);
    expect((await openLog({ store: machines.open(remote), installation })).head).toEqual(log.head);
  });
});

test("a push whose answer is lost has arrived also where another has put something on it since", async () => {
  const remote = machines.remote();
  let pushes = 0;
  const arrived: Fault = async (ask) => {
    await ask();
    await machines.open(remote).putBlob("beside the chain");
    return silence;
  };
  const between = (own: Git): Git =>
    faulty(own, (call) => (call === "push" && (pushes += 1) === 2 ? arrived : undefined));
  const store = machines.open(remote, { between, clock: new QuickClock() });
  const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
  const head = await writer.append(undefined, chainOf(2));
  const next = await writer.append(head, notes(head, writer.epoch, "after"));
  expect(await linesIn(machines.open(remote))).toHaveLength(next.sequence);
});

describe("two machines that collide", () => {
  test("an epoch that another has taken ends a writer, also before the other writes anything", async () => {
    const remote = machines.remote();
    const first = await machines.open(remote).takeEpoch({ holder: "a", waitMs: 0 });
    const head = await first.append(undefined, chainOf(2));
    await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    await expect(first.append(head, notes(head, first.epoch, "late"))).rejects.toMatchObject({ code: "E604" });
    expect(await linesIn(machines.open(remote))).toHaveLength(head.sequence);
  });

  test("one writer at a time: the one that was ended is told so by its next append, and nothing is lost", async () => {
    const remote = machines.remote();
    const [a, b] = [machines.open(remote), machines.open(remote)];
    const written: string[] = [];
    const turn = async (store: LogStore, name: string): Promise<void> => {
      const log = await openLog({ store, installation });
      for (let n = 0; n < 3; n += 1) {
        const writer: Writer = await log.takeWriter({ holder: name, waitMs: 0 });
        for (let i = 0; i < 3; i += 1) {
          try {
            await log.append(writer, [body(`${name}${n}${i}`)], at(n));
            written.push(`${name}${n}${i}`);
          } catch (thrown) {
            if (!isFailure(thrown) || thrown.code !== "E604") throw thrown;
            break;
          }
        }
        await writer.release();
      }
    };
    await Promise.all([turn(a, "a"), turn(b, "b")]);
    const lines = await linesIn(machines.open(remote));
    expect(await verifyChain([lines])).toMatchObject({ ok: true });
    const names = lines.flatMap((line) => /"gateway":"([ab]\d\d)"/.exec(line)?.[1] ?? []);
    expect(names.toSorted()).toEqual(written.toSorted());
    expect(written.length).toBeGreaterThan(3);
  });
});

describe("a remote that is gone", () => {
  test("reading says so; what was last seen can be read, and nothing of it written", async () => {
    const remote = machines.remote();
    const home = "cut-off";
    const store = machines.open(remote, { home });
    const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
    await writer.append(undefined, chainOf(5));
    await store.addToSpool(entry);
    await store.readSpool();
    const digest = await store.putBlob("a manifest");
    const { renameSync } = await import("node:fs");
    renameSync(remote, `${remote}.gone`);
    const later = machines.open(remote, { home, clock: new QuickClock() });
    const error: unknown = await openLog({ store: later, installation }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "E606", exitCode: 10 });
    await expect(later.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({ code: "E603" });
    await expect(later.addToSpool(entry)).rejects.toMatchObject({ code: "E603" });
    expect(await later.tryReadBlob(digest)).toBe("a manifest");
    const seen = (await later.lastSeen?.(error)) as LogStore;
    expect((await openLog({ store: seen, installation })).head?.sequence).toBe(5);
    expect(await seen.readSpool()).toEqual([entry]);
    await expect(seen.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toBe(error);
    await expect(seen.putBlob("x")).rejects.toBe(error);
    renameSync(`${remote}.gone`, remote);
    expect((await openLog({ store: later, installation })).head?.sequence).toBe(5);
  });

  test("leaves nothing to go on by where it was never seen", async () => {
    const store = machines.open(`${machines.root}/never.git`);
    await expect(openLog({ store, installation })).rejects.toMatchObject({ code: "E606" });
    expect(await store.lastSeen?.(new Error("x"))).toBeUndefined();
  });
});

function body(gateway: string): RecordBody {
  return { type: "stray.ended", gateway, person: "x", gatewayName: "y" };
}
