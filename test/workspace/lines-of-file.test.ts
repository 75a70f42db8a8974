import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemFiles } from "../../lib/adapters/files";
import { startThread } from "../../lib/adapters/thread";
import { verifyLines } from "../../lib/log";
import type { Thread } from "../../lib/ports";
import { linesOfFile } from "../../lib/workspace/lines-of-file";
import { writeChain } from "../log/long-chain";
import { projectRoot } from "../support/root";

let directory = "";
let started = 0;
const hashThread = (): Thread => {
  started += 1;
  return startThread(join(projectRoot, "dist/lib/log/hash-worker.js"));
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "leasehold-lines-"));
  started = 0;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("has a long export hashed by another thread, and reads it alone on a machine without", async () => {
  const path = join(directory, "export.jsonl");
  const { head, records } = await writeChain(path, 30_000);
  const verified = { ok: true, records, head };
  expect(await verifyLines(linesOfFile(systemFiles(), path, hashThread))).toMatchObject(verified);
  expect(started).toBe(1);
  expect(await verifyLines(linesOfFile(systemFiles(), path, () => undefined))).toMatchObject(verified);
});

it("starts no thread for a short one", async () => {
  const path = join(directory, "export.jsonl");
  const { head } = await writeChain(path, 300);
  expect(await verifyLines(linesOfFile(systemFiles(), path, hashThread))).toMatchObject({ ok: true, head });
  expect(started).toBe(0);
});
