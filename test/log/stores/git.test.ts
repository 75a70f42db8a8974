import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemGit } from "../../../lib/adapters/git";
import { systemRandom } from "../../../lib/adapters/random";
import { chainRecords, gitStore, openLog, recordHash } from "../../../lib/log";
import type { Head, LogRecord } from "../../../lib/model/record";
import { linesIn, logStoreContract } from "../../contract/log-store";
import { at, chainOf, installation, linesFor, notes } from "../bodies";
import { git, GitMachines, logRef } from "./git-machines";

const machines = new GitMachines();

describe("on a bare repository of this machine", () => {
  logStoreContract("git", {
    fencing: "epoch",
    schedules: 12,
    crowd: { readers: 5, appends: 15 },
    place() {
      const remote = machines.remote();
      return Promise.resolve({ open: () => machines.open(remote) });
    },
  });
});

/** A Log with so many records, in few batches. */
async function filled(
  remote: string,
  count: number,
): Promise<{ readonly records: readonly LogRecord[]; readonly head: Head }> {
  const records = chainOf(count);
  const store = machines.open(remote);
  const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
  const head = await writer.append(undefined, records);
  return { records, head };
}

describe("how it lies in the repository", () => {
  it("gives back a chain of several directories from any record on", async () => {
    const remote = machines.remote();
    const { records, head } = await filled(remote, 2_600);
    const writer = await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    const more = notes(head, 2, "one more");
    await writer.append(head, more);
    const lines = [...linesFor(records), ...linesFor(more)];
    const store = machines.open(remote);
    for (const from of [1, 999, 1_000, 1_001, 2_000, 2_001, 2_600, 2_601, 2_602, 9_999]) {
      expect(await linesIn(store, from)).toEqual(lines.slice(from - 1));
    }
    const names = git(remote, "ls-tree", "-r", "--name-only", logRef).split("\n");
    expect(names).toEqual([
      "epoch.json",
      "log/000000/000000001.jsonl",
      "log/000001/000001001.jsonl",
      "log/000002/000002001.jsonl",
      "log/000002/000002601.jsonl",
    ]);
  });

  it("adds a commit, a file and the trees above it for a batch, however long the chain is", async () => {
    const remote = machines.remote();
    const { head } = await filled(remote, 2_600);
    const writer = await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    const before = objects(remote);
    const next = await writer.append(head, notes(head, 2, "one"));
    expect(objects(remote) - before).toBe(5);
    await writer.append(next, notes(next, 2, "two"));
    expect(objects(remote) - before).toBe(10);
  });

  it("fetches only the newest commit at first, and then only what is new", async () => {
    const remote = machines.remote();
    const { head } = await filled(remote, 1_200);
    const store = machines.open(remote);
    const writer = await store.takeEpoch({ holder: "b", waitMs: 0 });
    let last = head;
    for (let n = 0; n < 10; n += 1) last = await writer.append(last, notes(last, 2, `n${n}`));
    const home = "late";
    const reader = machines.open(remote, { home });
    expect(await linesIn(reader, 1)).toHaveLength(1_210);
    const copy = copyOf(home);
    expect(git(copy, "rev-list", "--count", logRef)).toBe("1");
    // Kept as packs, objects that were here already count as well.
    git(copy, "config", "fetch.unpackLimit", "1");
    const before = objects(copy);
    await writer.append(last, notes(last, 2, "new"));
    expect(await linesIn(reader, 1_211)).toHaveLength(1);
    // Five new ones, and what they are stored as a change of.
    expect(objects(copy) - before).toBeLessThan(10);
  });

  it("keeps a record as long as they may be", async () => {
    const remote = machines.remote();
    const writer = await machines.open(remote).takeEpoch({ holder: "a", waitMs: 0 });
    const long = "x".repeat(9_000_000);
    const [first] = chainOf(1) as [LogRecord];
    const head: Head = { sequence: 1, epoch: 1, hash: recordHash(first) };
    const records = [first, ...chainRecords(head, 1, at(1), [note(long), note("short"), note(long)])];
    await writer.append(undefined, records);
    expect(await linesIn(machines.open(remote))).toEqual(linesFor(records));
  });

  it("puts two Logs of one repository side by side: each has its own chain and spool", async () => {
    const remote = machines.remote();
    const entry = { id: "one", at: at(0), body: { kind: "freeze", by: actor, note: "n" } } as const;
    const [a, b] = ["refs/leasehold/log", "refs/leasehold/logbook"].map((ref) => {
      const own = systemGit({ root: join(machines.root, "nowhere"), remote, environment: machines.environment() });
      return gitStore({ git: own, ref, files: systemFiles(), clock: systemClock(), random: systemRandom() });
    }) as [ReturnType<typeof gitStore>, ReturnType<typeof gitStore>];
    await (await a.takeEpoch({ holder: "a", waitMs: 0 })).append(undefined, chainOf(3));
    await b.addToSpool(entry);
    expect(await linesIn(b)).toEqual([]);
    expect(await linesIn(a)).toHaveLength(3);
    expect(await a.readSpool()).toEqual([]);
    expect(await b.readSpool()).toEqual([entry]);
  });
});

const actor = { id: "a@example.com", authenticatedBy: "gateway" } as const;

describe("who writes", () => {
  it("takes any name of a holder for nothing but a name", async () => {
    const remote = machines.remote();
    const names = [
      "\nfrom 0000\n",
      "--upload-pack=x",
      "a\u0000b",
      "'; rm -rf /",
      "ü\u202e\n\ndata 5\n",
      "x".repeat(5_000),
      "",
    ];
    for (const [n, holder] of names.entries()) {
      const writer = await machines.open(remote).takeEpoch({ holder, waitMs: 0 });
      expect(writer).toMatchObject({ epoch: n + 1, holder });
    }
    expect(git(remote, "for-each-ref", "--format=%(refname)")).toBe(logRef);
    expect(git(remote, "log", "--format=%s", logRef).split("\n")).toEqual(
      names.map((_, n) => `Epoch ${names.length - n}`),
    );
    const store = machines.open(remote);
    const first = await store.takeEpoch({ holder: names[0] ?? "", waitMs: 0 });
    await machines.open(remote).takeEpoch({ holder: "b", waitMs: 0 });
    await expect(first.append(undefined, chainOf(1))).rejects.toMatchObject({ code: "E604" });
  });

  it("goes on where another has only put a text beside the chain", async () => {
    const remote = machines.remote();
    const writer = await machines.open(remote).takeEpoch({ holder: "a", waitMs: 0 });
    const head = await writer.append(undefined, chainOf(2));
    const digest = await machines.open(remote).putBlob("a manifest");
    const next = await writer.append(head, notes(head, 1, "after"));
    await writer.append(next, notes(next, 1, "and after"));
    expect(await linesIn(machines.open(remote))).toHaveLength(4);
    expect(await machines.open(remote).tryReadBlob(digest)).toBe("a manifest");
  });

  it("pushes from the commit of its own text without asking again", async () => {
    const remote = machines.remote();
    const store = machines.open(remote);
    const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
    await store.putBlob("one");
    await writer.append(undefined, chainOf(2));
    await store.putBlob("one");
    expect(git(remote, "rev-list", "--count", logRef)).toBe("3");
  });
});

describe("the checkout", () => {
  it("is left as it is: no file, no branch, no ref, not the index, and no hook of it runs", async () => {
    const remote = machines.remote();
    const checkout = join(machines.root, "checkout");
    execFileSync("git", ["clone", "--quiet", remote, checkout], { stdio: "ignore" });
    execFileSync(
      "sh",
      [
        "-c",
        "echo a > a && git add a && mkdir -p .git/hooks && printf '#!/bin/sh\\ntouch hooked' > .git/hooks/pre-push && cp .git/hooks/pre-push .git/hooks/reference-transaction && chmod +x .git/hooks/*",
      ],
      { cwd: checkout },
    );
    const index = readFileSync(join(checkout, ".git/index"));
    const stat = statSync(join(checkout, ".git")).mtimeMs;
    const store = gitStore({
      git: systemGit({ root: checkout, remote: "origin", environment: machines.environment() }),
      ref: logRef,
      files: systemFiles(),
      clock: systemClock(),
      random: systemRandom(),
    });
    const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
    await writer.append(undefined, chainOf(3));
    await store.putBlob("text");
    expect(await linesIn(store)).toHaveLength(3);
    await store.close();
    expect(statSync(join(checkout, ".git")).mtimeMs).toBe(stat);
    expect(git(checkout, "status", "--porcelain")).toBe("A  a");
    expect(git(checkout, "for-each-ref")).toBe("");
    expect(readFileSync(join(checkout, ".git/index")).equals(index)).toBe(true);
  });

  it("without the remote of the config is a mistake of the config", async () => {
    const checkout = join(machines.root, "lonely");
    execFileSync("git", ["init", "--quiet", checkout]);
    for (const [root, remote] of [
      [checkout, "origin"],
      [machines.root, "origin"],
    ] as const) {
      const own = systemGit({ root, remote, environment: machines.environment() });
      const store = gitStore({
        git: own,
        ref: logRef,
        files: systemFiles(),
        clock: systemClock(),
        random: systemRandom(),
      });
      await expect(openLog({ store, installation })).rejects.toMatchObject({ code: "E701" });
      await expect(store.takeEpoch({ holder: "a", waitMs: 0 })).rejects.toMatchObject({ code: "E701" });
    }
  });
});

/** The repository that a machine keeps in its home. */
function copyOf(home: string): string {
  const directory = join(machines.root, home, ".cache/leasehold");
  const [remote = ""] = execFileSync("ls", [directory], { encoding: "utf8" }).trim().split("\n");
  const own = join(directory, remote, "refs.leasehold.log");
  return join(own, readFileSync(join(own, "current"), "utf8").trim());
}

/** How many objects a repository has. */
function objects(repository: string): number {
  const counts = git(repository, "count-objects", "-v");
  return ["count", "in-pack"].reduce(
    (sum, name) => sum + Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(counts)?.[1]),
    0,
  );
}

function note(gatewayName: string): LogRecord["body"] {
  return { type: "stray.ended", gateway: "g", person: "x", gatewayName };
}
