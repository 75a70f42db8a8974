import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeChain } from "../log/long-chain";
import { root } from "./support/bench";

/** Measures `leasehold log verify` on an export in a directory that holds nothing else: records a second of the real command, its start included. */
export async function verifyRates(options: {
  readonly records: number;
  readonly runs: number;
}): Promise<{ readonly records: number; readonly perSecond: readonly number[] }> {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-verify-"));
  try {
    const { records } = await writeChain(join(directory, "export.jsonl"), options.records);
    const perSecond: number[] = [];
    // oxlint-disable-next-line no-await-in-loop -- each alone
    for (let run = 0; run < options.runs; run += 1) perSecond.push(await verifyOnce(directory, records));
    return { records, perSecond };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function verifyOnce(directory: string, records: number): Promise<number> {
  const bin = join(root, "dist/lib/cli/main.js");
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, [bin, "log", "verify", "export.jsonl"], { cwd: directory, stdio: "pipe" });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number];
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (code !== 0 || !told.includes(`${records} records, verifies`)) throw new Error(`exit ${code}: ${told}`);
  return records / seconds;
}
