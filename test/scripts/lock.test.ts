import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot, temporaryFolder } from "../support/folders";

describe("the lock between scripts", () => {
  const root = temporaryFolder();
  const lock = join(root, "build.lock");
  let withLock: <T>(path: string, body: () => T) => T;

  beforeAll(async () => {
    ({ withLock } = await import("../../scripts/lock.mjs"));
  });

  test("is held during the body and gone after it, also when the body throws", () => {
    expect(withLock(lock, () => readFileSync(lock, "utf8"))).toBe(String(process.pid));
    expect(existsSync(lock)).toBe(false);
    const failing = () => withLock(lock, () => JSON.parse("not JSON") as unknown);
    expect(failing).toThrow(SyntaxError);
    expect(existsSync(lock)).toBe(false);
  });

  test("is taken over from an owner that has died", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(lock, String(pid));
    expect(withLock(lock, () => "ran")).toBe("ran");
  });

  test("lets only one process at a time into the body", async () => {
    const script = pathToFileURL(join(projectRoot, "scripts", "lock.mjs")).href;
    const counter = join(root, "counter");
    writeFileSync(counter, "0");
    const program = `
      import { readFileSync, writeFileSync } from "node:fs";
      import { withLock } from ${JSON.stringify(script)};
      const [lock, counter] = process.argv.slice(1);
      const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      for (let turn = 0; turn < 5; turn += 1) {
        withLock(lock, () => {
          const count = Number(readFileSync(counter, "utf8"));
          // Long enough for another one to come in, if it could.
          pause();
          writeFileSync(counter, String(count + 1));
        });
      }`;
    const start = () => spawn(process.execPath, ["--input-type=module", "--eval", program, lock, counter]);
    const codes = await Promise.all([start(), start(), start()].map((child) => once(child, "exit")));
    expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0]);
    expect(readFileSync(counter, "utf8")).toBe("15");
  });
});
