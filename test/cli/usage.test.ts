import { CommandLine, newRepository } from "./support/leasehold";
import { temporaryFolder } from "../support/folders";
import { commands } from "../../lib/cli/commands";
import type { CommandSpec } from "../../lib/cli/command";

/** A directory that is no access repository. */
const nowhere = temporaryFolder();

describe("the command line", () => {
  test("--help lists every command, and the help of every command begins with examples", async () => {
    const line = new CommandLine(nowhere);
    const help = await line.run("--help");
    expect(help.exitCode).toBe(0);
    for (const path of paths(commands)) {
      const own = await line.run(...path, "--help");
      expect([path, own.exitCode]).toEqual([path, 0]);
      expect(own.stdout).toMatch(/^Examples:\n {2}\S/);
      expect(help.stdout).toContain(`  ${path[0]} `);
    }
  });

  test.each([
    ["no such command", ["frobnicate"]],
    ["no such option", ["plan", "--frob"]],
    ["a missing argument", ["approve"]],
    ["a format that it does not have", ["plan", "--format", "xml"]],
    ["a time that is none", ["plan", "--as-of", "tomorrow"]],
    ["a number that is none", ["apply", "--yes", "--confirm-removals", "many"]],
  ])("%s is wrong usage: 64, and says how it goes", async (_what, args) => {
    const line = await newRepository();
    const ran = await line.run(...args);
    expect(ran.exitCode).toBe(64);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).not.toBe("");
  });

  test("a command with a slip of the pen suggests the right one", async () => {
    const ran = await new CommandLine(nowhere).run("stauts");
    expect(ran).toMatchObject({ exitCode: 64 });
    expect(ran.stderr).toContain("status");
  });

  test("outside an access repository it says how to make one", async () => {
    const ran = await new CommandLine(nowhere).run("plan");
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("E700");
    expect(ran.stderr).toContain("leasehold init");
  });

  test("init does not overwrite what is there", async () => {
    const line = await newRepository();
    const before = line.read("leasehold.yaml");
    const ran = await line.run("init");
    expect(ran).toMatchObject({ exitCode: 3 });
    expect(ran.stderr).toContain("E705");
    expect(line.read("leasehold.yaml")).toBe(before);
  });

  test("apply asks, and without anybody to ask it changes nothing", async () => {
    const line = await newRepository();
    const ran = await line.run("apply");
    expect(ran.exitCode).toBe(64);
    expect(ran.stderr).toContain("--yes");
  });

  test("-C and --config work from elsewhere; NO_COLOR and --no-color leave no escape", async () => {
    const line = await newRepository();
    const elsewhere = new CommandLine(nowhere);
    expect(await elsewhere.run("-C", line.directory, "validate")).toMatchObject({ exitCode: 0 });
    expect((await elsewhere.run("-C", line.directory, "explain", "orders-first-look")).stdout).toContain("orders-read");
    const byDirectory = await elsewhere.with({ FORCE_COLOR: "1" }, "plan", "-C", line.directory);
    expect(byDirectory.stdout).toContain("\u001b[");
    const plain = await elsewhere.with({ NO_COLOR: "1" }, "plan", "--config", line.path("leasehold.yaml"));
    expect(plain.stdout).not.toContain("\u001b");
    const flagged = await elsewhere.with({ FORCE_COLOR: "1" }, "plan", "--no-color", "-C", line.directory);
    expect(flagged.stdout).not.toContain("\u001b");
  });
});

function paths(specs: readonly CommandSpec[], above: readonly string[] = []): string[][] {
  return specs.flatMap((spec) => {
    const path = [...above, spec.name];
    return [path, ...paths(spec.subcommands ?? [], path)];
  });
}
