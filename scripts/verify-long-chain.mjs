// `npm run verify:long`: verifies an export of ten million records (or `--records N`) with the real command (or that of `--bin PATH`), says how long that took and
// what memory it needed, then flips a bit near its end and sees it named. Takes minutes, and 400 bytes of disk a record under the temporary directory.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync, closeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { records: { type: "string", default: "10000000" }, bin: { type: "string" } },
});
const wanted = Number(values.records);
/** What the verification of a chain of any length may take; see "What verification finds" in docs/log.md. */
const mostBytes = 512 * 1_048_576 + 40 * (wanted / 4);

ensureInstalled(root);
if (values.bin === undefined && buildIfStale(root) === "type errors") throw new Error("the build failed");
const directory = mkdtempSync(join(tmpdir(), "leasehold-long-"));
try {
  const path = join(directory, "export.jsonl");
  const { writeChain } = await longChain();
  const { records, bytes } = await writeChain(path, wanted);
  process.stdout.write(`${records} records, ${(bytes / 1e9).toFixed(2)} GB\n`);

  const good = await verify(path);
  if (good.code !== 0 || !good.told.includes(`${records} records, verifies`))
    throw new Error(`exit ${good.code}: ${good.told}`);
  tell("verified", good);
  if (good.peakBytes > mostBytes) throw new Error(`more memory than ${mib(mostBytes)}`);

  const bad = flipBitNear(path, bytes - 2_000);
  const found = await verify(path);
  if (found.code !== 9 || !new RegExp(`record ${bad} `, "i").test(found.told))
    throw new Error(`exit ${found.code}: ${found.told}`);
  tell(`a flipped bit found in record ${bad}`, found);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** The writer of chains that the tests have. */
async function longChain() {
  const { buildSync } = await import("esbuild");
  const out = join(root, "node_modules", ".cache", "bench");
  mkdirSync(out, { recursive: true });
  const outfile = join(out, "long-chain.cjs");
  buildSync({
    entryPoints: [join(root, "test/log/long-chain.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
  });
  return createRequire(import.meta.url)(outfile);
}

/** Runs the command, and looks ten times a second at the most memory that it had. */
async function verify(path) {
  const started = performance.now();
  const child = spawn(process.execPath, [values.bin ?? join(root, "dist/lib/cli/main.js"), "log", "verify", path], {
    stdio: "pipe",
  });
  let told = "";
  let peakBytes = 0;
  child.stdout.setEncoding("utf8").on("data", (text) => (told += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (told += text));
  const look = setInterval(() => (peakBytes = Math.max(peakBytes, peakOf(child.pid))), 100);
  const [code] = await once(child, "close");
  clearInterval(look);
  return { code, told, peakBytes, seconds: (performance.now() - started) / 1000 };
}

/** Linux says it; elsewhere it is 0. */
function peakOf(pid) {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Changes the hash that a record near there holds of the one before, and gives the sequence of its record. */
function flipBitNear(path, offset) {
  const file = openSync(path, "r+");
  const bytes = Buffer.alloc(2_000);
  const length = readSync(file, bytes, 0, bytes.length, offset);
  const start = bytes.indexOf("\n") + 1;
  const line = bytes.subarray(start, bytes.indexOf("\n", start)).toString("latin1");
  const at = start + line.indexOf(',"previous":"') + ',"previous":"'.length;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeSync(file, bytes, 0, length, offset);
  closeSync(file);
  return Number(/"sequence":(\d+)/.exec(line)?.[1]);
}

function tell(what, { seconds, peakBytes }) {
  const rate = Math.round(wanted / seconds);
  process.stdout.write(`${what} in ${seconds.toFixed(1)} s, ${rate} records/s, at most ${mib(peakBytes)}\n`);
}

function mib(bytes) {
  return `${Math.round(bytes / 1_048_576)} MiB`;
}
