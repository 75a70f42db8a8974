import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fdatasyncSync, openSync, readFileSync, writeSync, closeSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileStore, openLog, verifyChain } from "../../lib/log";
import { plusSeconds } from "../../lib/model/instant";
import type { RecordBody } from "../../lib/model/record";
import { nextDue } from "../../lib/reconcile/due";
import { systemFiles } from "../../lib/adapters/files";
import { bench, inTurn, root, timed, type Findings } from "./support/bench";
import { clock, installation, openHouse, operator, random, recordActive, requestsUpTo } from "./support/estate";
import { measured } from "./support/result";
import { verifyRates } from "./verify-log";

/** P9 and P10: a Log of 100,000 active grants: what it takes in memory, to be added to, and to be verified. */
const grants = 100_000;
const appends = 4_000;
const exportedRecords = 1_000_000;

const [, , isMemory, logDirectory = ""] = process.argv;
if (isMemory === "memory") void printMemoryPerGrant(logDirectory);
else bench(measureAll);

async function measureAll(directory: string): Promise<readonly Findings[]> {
  const store = await openHouse(join(directory, "log"));
  const at = clock.now();
  await recordActive(store, requestsUpTo(grants), { at, end: () => plusSeconds(at, 86_400) });
  const perGrant = Array.from({ length: 5 }, () => memoryPerGrant(join(directory, "log")));

  const adding = fileStore({ directory: join(directory, "other"), files: systemFiles(), clock, random });
  const log = await openLog({ store: adding, installation });
  const writer = await log.takeWriter({ holder: "bench", waitMs: 0 });
  const line = Buffer.from(`${"x".repeat(400)}\n`);
  mkdirSync(join(directory, "raw"));
  const { together, one, disk } = await inTurn(5, {
    together: async () =>
      appends / ((await timed(() => appendBySixtyFour((body) => log.append(writer, [body], clock.now())))) / 1000),
    one: async () => {
      const ms = await timed(async () => {
        for (let n = 0; n < appends / 10; n += 1) await log.append(writer, [bodyAt(n)], clock.now());
      });
      return appends / 10 / (ms / 1000);
    },
    disk: async (round) => {
      const file = openSync(join(directory, "raw", String(round)), "a");
      const ms = await timed(() => {
        for (let n = 0; n < appends / 10; n += 1) {
          writeSync(file, line);
          fdatasyncSync(file);
        }
      });
      closeSync(file);
      return appends / 10 / (ms / 1000);
    },
  });
  await writer.release();

  const text = readFileSync(join(directory, "log", "chain.jsonl"), "utf8");
  const lines = text.trimEnd().split("\n");
  const { verify, sha } = await inTurn(5, {
    verify: async () => {
      const ms = await timed(async () => {
        const verdict = await verifyChain([lines]);
        if (!verdict.ok) throw new Error("the chain does not verify");
      });
      return lines.length / (ms / 1000);
    },
    sha: async () => {
      const ms = await timed(() => {
        for (const each of lines) createHash("sha256").update(each).digest("hex");
      });
      return lines.length / (ms / 1000);
    },
  });
  await adding.close();
  await store.close();
  const { records, perSecond } = await verifyRates({ records: exportedRecords, runs: 5 });
  const memory = measured(
    "per grant",
    "KiB",
    perGrant.map((bytes) => bytes / 1024),
  );
  const appended = measured("appends, 64 callers", "/s", together);
  const verified = measured("records verified in memory", "/s", verify);
  const commanded = measured("records verified by the command", "/s", perSecond);
  return [
    {
      row: "P9",
      checks: [{ what: "a grant", figure: memory.median, unit: "KiB", bar: 1, is: "at most" }],
      measured: [memory],
      method: `The heap, and what is outside of it, with an open Log of ${grants.toLocaleString("en-US")} active grants, less the same before it was opened; both after a full collection. The index of deadlines and people is in it. It is all that a reconciler keeps between passes of what the Log says.`,
    },
    {
      row: "P10",
      checks: [
        { what: "durable appends", figure: appended.median, unit: "/s", bar: 5_000, is: "at least" },
        { what: "verified by the command", figure: commanded.median, unit: "/s", bar: 200_000, is: "at least" },
        { what: "verified in memory", figure: verified.median, unit: "/s", bar: 200_000, is: "at least" },
      ],
      measured: [
        appended,
        measured("appends, one caller", "/s", one),
        measured("a bare write and fdatasync", "/s", disk),
        commanded,
        verified,
        measured("SHA-256 of the same lines alone", "/s", sha),
      ],
      method: `Appends of one record each to a Log in a file, each on disk (fdatasync) before its caller goes on: 64 callers, whose appends share a sync, and one caller; against writes of as many bytes with an fdatasync each. Verification of an export of ${records.toLocaleString("en-US")} records by \`leasehold log verify\`, in a directory that holds nothing else, the start of the command included: canonical form, chain, sequence, epoch, and whether each record can stand where it does. And of ${lines.length.toLocaleString("en-US")} records in memory, without the last.`,
    },
  ];
}

/** Measured in a process of its own: what an earlier round has left would count as there before. */
function memoryPerGrant(directory: string): number {
  const args = ["--expose-gc", process.argv[1] ?? "", "memory", directory];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

async function printMemoryPerGrant(directory: string): Promise<void> {
  const store = fileStore({ directory, files: systemFiles(), clock, random });
  const before = usedBytes();
  const log = await openLog({ store, installation });
  // The first look for a deadline makes the index of held grants, which stays.
  if (nextDue(log.chain, "") === undefined) throw new Error("nothing ends");
  const after = usedBytes();
  if (log.chain.grants.size !== grants) throw new Error(`${log.chain.grants.size} grants`);
  process.stdout.write(String((after - before) / grants));
}

function usedBytes(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function appendBySixtyFour(append: (body: RecordBody) => Promise<unknown>): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let n = next++; n < appends; n = next++) await append(bodyAt(n));
  };
  await Promise.all(Array.from({ length: 64 }, caller));
}

/** A record as long as an ordinary one. */
function bodyAt(n: number): RecordBody {
  return { type: "freeze.set", by: operator, note: `number ${n}: ${"what was seen, and by whom. ".repeat(4)}` };
}
