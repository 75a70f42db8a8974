import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { systemFiles } from "../../lib/adapters/files";
import { directoryTree } from "../../lib/adapters/source-tree";
import { startThread } from "../../lib/adapters/thread";
import { loadRequests, openParseCache, type LoadInput } from "../../lib/request";
import { requestText } from "../support/request-text";

/**
 * Reading 10,000 request files, the wall of a cold plan (bars P1 and P2): on one thread, on two, and with the
 * cache, in turn with what `yaml` alone takes to parse the same files with positions and without any check.
 */
const count = 10_000;
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
const paths = Array.from({ length: count }, (_, n) => join(folder, "requests", `t${n % 100}`, `r-${n}.yaml`));
const input: LoadInput = { tree: directoryTree(folder), glob: "requests/**/*.yaml" };
const worker = join(__dirname, "../../dist/lib/request/parse-worker.js");
const cache = { files: systemFiles(), path: join(folder, "cache"), key: Buffer.alloc(32, 1), version: "bench" };
const openCache = () => openParseCache(cache);

const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  "yaml alone, with positions": async () => paths.map(parseAlone),
  "loadRequests, one thread": () => load(input),
  "loadRequests, two threads": () => load({ ...input, startThread: () => startThread(worker) }),
  "loadRequests, nothing changed": () => load({ ...input, openCache }),
};

void main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main(): Promise<void> {
  for (const [n, path] of paths.entries()) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, requestText({ ticket: "INC-4711", rule: "orders-read" }, `r-${n}`));
  }
  await load({ ...input, openCache });
  const times = Object.fromEntries(Object.keys(ways).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(ways)) {
      const start = performance.now();
      await run();
      // The first round warms up.
      if (round > 0) times[name]?.push(performance.now() - start);
    }
  }
  process.stdout.write(
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}, ${count} files, ${rounds} rounds in turn\n`,
  );
  for (const [name, all] of Object.entries(times)) tell(name, all);
}

async function load(how: LoadInput): Promise<void> {
  const { requests, diagnostics } = await loadRequests(how);
  if (requests.length !== count || diagnostics.length > 0) throw new Error("not all requests were read");
}

function parseAlone(path: string): unknown {
  return parseDocument(readFileSync(path, "utf8"), { lineCounter: new LineCounter() }).toJS();
}

function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const spread = `${Math.round(sorted[0] ?? 0)} to ${Math.round(sorted.at(-1) ?? 0)}`;
  process.stdout.write(`${what.padEnd(32)} median ${Math.round(median)} ms (${spread})\n`);
}
