/** The seeds of a run of `npm test`, played by the very command that people run. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { run } from "./run";

const root = join(__dirname, "..", "..");
const seeds = 2_000;

test(`${seeds} seeds break no invariant`, () => {
  const args = [join(root, "scripts", "simulate.mjs"), "--seeds", String(seeds), "--from", "0"];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  process.stderr.write(stdout);
  expect(stdout).toMatch(new RegExp(`^simulation: ${seeds} seeds, \\d+ steps, 0 violations$`, "m"));
  expect(status).toBe(0);
}, 1_200_000);

test("one seed is one run: the same events in the same order, however often it is played", async () => {
  const digests = new Set<string>();
  for (const seed of [3, 7, 11, 19]) {
    const [once, again] = [await run(seed), await run(seed)];
    expect({ ...again }).toEqual({ ...once });
    digests.add(once.digest);
  }
  expect(digests.size).toBe(4);
});
