import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/root";
import { writeChain } from "./long-chain";

const bin = join(projectRoot, "dist/lib/cli/main.js");

test("a chain of any length is verified in a heap that would not hold it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-long-"));
  try {
    const file = join(directory, "export.jsonl");
    const { bytes, records } = await writeChain(file, 120_000);
    // The lines alone would be more than twice as much, the records that they say six times.
    const heapMiB = 20;
    expect(bytes).toBeGreaterThan(2 * heapMiB * 1_048_576);
    const ran = spawnSync(process.execPath, [`--max-old-space-size=${heapMiB}`, bin, "log", "verify", file], {
      encoding: "utf8",
    });
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toContain(`${records} records, verifies.`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 180_000);
