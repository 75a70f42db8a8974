import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeChain } from "../log/long-chain";
import { projectRoot } from "../support/root";

/** One run of both sides. */
export interface VerifyRate {
  /** Of the real command, its start included. */
  readonly perSecond: number;
  /** The floor: SHA-256 of each line in memory, and nothing else. */
  readonly hashesPerSecond: number;
}

/** Measures `leasehold log verify` on an export in a directory that holds nothing else, alternating with hashing alone. */
export async function verifyRates(options: {
  readonly records: number;
  readonly runs: number;
}): Promise<{ readonly records: number; readonly runs: readonly VerifyRate[] }> {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-verify-"));
  try {
    const file = join(directory, "export.jsonl");
    const { records } = await writeChain(file, options.records);
    const lines = await firstLines(file, 200_000);
    const runs: VerifyRate[] = [];
    for (let run = 0; run < options.runs; run += 1) {
      const hashesPerSecond = hashRate(lines);
      runs.push({ perSecond: await verifyOnce(directory, records), hashesPerSecond });
    }
    return { records, runs };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The middle one of some figures. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

async function verifyOnce(directory: string, records: number): Promise<number> {
  const bin = join(projectRoot, "dist/lib/cli/main.js");
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, [bin, "log", "verify", "export.jsonl"], { cwd: directory, stdio: "pipe" });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number];
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (code !== 0 || !told.includes(`${records} records, verifies`)) throw new Error(`exit ${code}: ${told}`);
  return records / seconds;
}

function hashRate(lines: readonly string[]): number {
  const started = process.hrtime.bigint();
  for (const line of lines) hash("sha256", line, "hex");
  return lines.length / (Number(process.hrtime.bigint() - started) / 1e9);
}

async function firstLines(file: string, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (lines.push(line) === count) break;
  }
  return lines;
}
