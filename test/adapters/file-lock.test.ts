import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { systemClock } from "../../lib/adapters/clock";
import { systemFiles } from "../../lib/adapters/files";
import type { FileLock } from "../../lib/ports";
import { projectRoot, temporaryFolder } from "../support/folders";

const files = systemFiles();
const clock = systemClock();
const path = join(temporaryFolder(), "lock");
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

describe("a lock held by another process", () => {
  it("is kept from others as long as that lives, also while it is stopped, and is free the moment it is killed", async () => {
    const child = await holder();
    expect(await files.tryLock(path)).toBeUndefined();
    child.kill("SIGSTOP");
    expect(await files.tryLock(path)).toBeUndefined();
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = await files.tryLock(path);
    expect(lock).toBeDefined();
    await lock?.release();
  });

  it("passes through many processes that are killed, and is never with two", async () => {
    for (let round = 0; round < 5; round += 1) {
      const child = await holder();
      const waiting = [holder(), holder()];
      expect(await files.tryLock(path)).toBeUndefined();
      child.kill("SIGKILL");
      const next = await Promise.race(waiting);
      expect(await files.tryLock(path)).toBeUndefined();
      next.kill("SIGKILL");
      const last = (await Promise.all(waiting)).find((one) => one !== next);
      expect(await files.tryLock(path)).toBeUndefined();
      last?.kill("SIGKILL");
      await once(last as ChildProcess, "exit");
    }
    await (await eventually(() => files.tryLock(path))).release();
  });

  it("does not pass on to the programs that its holder starts", async () => {
    const child = await holder(
      `require("node:child_process").spawn("sleep", ["60"], { stdio: "ignore", detached: true }).pid`,
    );
    const grandchild = Number(child.spawnargs.at(-1));
    expect(grandchild).toBeGreaterThan(1);
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = await files.tryLock(path);
    process.kill(grandchild, "SIGKILL");
    expect(lock).toBeDefined();
    await lock?.release();
  });
});

/** A real process that waits for the lock, holds it, runs something, and lives until it is killed. */
async function holder(then = "0"): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", program(then)], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  child.spawnargs.push(said.toString().trim());
  return child;
}

function program(then: string): string {
  return `
    const { systemFiles } = require("./dist/lib/adapters/files.js");
    (async () => {
      let lock;
      while ((lock = await systemFiles().tryLock(${JSON.stringify(path)})) === undefined) await new Promise((r) => setTimeout(r, 5));
      globalThis.lock = lock;
      console.log(${then});
      setInterval(() => {}, 1000);
    })();`;
}

async function eventually(look: () => Promise<FileLock | undefined>): Promise<FileLock> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await clock.sleep(5);
  }
}
