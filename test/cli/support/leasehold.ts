import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine } from "../../support/command-line";

export { CommandLine, type Going, type Ran } from "../../support/command-line";

/** An access repository as `leasehold init` makes it, in a directory that goes with the test block. */
export async function newRepository(): Promise<CommandLine> {
  const parent = mkdtempSync(join(tmpdir(), "leasehold-cli-"));
  const made = await new CommandLine(parent).run("init", "demo");
  if (made.exitCode !== 0) throw new Error(made.stderr);
  const line = new CommandLine(join(parent, "demo"));
  cleanups.push(async () => {
    await line.endAll();
    rmSync(parent, { recursive: true, force: true });
  });
  return line;
}

/** The same with its first grant active: policy accepted, request approved and applied. */
export async function repositoryWithGrant(): Promise<CommandLine> {
  const line = await newRepository();
  for (const args of [
    ["policy", "accept"],
    ["approve", request, "--as", ben],
    ["apply", "--yes"],
  ]) {
    const ran = await line.run(...args);
    if (ran.exitCode !== 0) throw new Error(`${args.join(" ")}: ${ran.exitCode} ${ran.stdout}${ran.stderr}`);
  }
  return line;
}

/** The request that `init` writes, and the people in its rules. */
export const request = "orders-first-look";
export const ana = "ana@example.com";
export const ben = "ben@example.com";

// Real processes: on a busy machine each takes its time.
jest.setTimeout(180_000);

const cleanups: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
