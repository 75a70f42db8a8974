/** Two machines that share nothing but the repository: its ref is their Log. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ben, CommandLine, newRepository, request, type Going, type Ran } from "./support/leasehold";

const environment = { PATH: process.env["PATH"] ?? "", GIT_CONFIG_GLOBAL: "/dev/null" };

/** A machine with a clone of the repository, a home of its own, and the key of the gateway. */
interface Machine {
  readonly line: CommandLine;
  run(...args: string[]): Promise<Ran>;
}

/** A gateway that runs, a remote, and two machines with a clone each. The Log is in the repository. */
async function twoMachines(duration = "1h") {
  const host = await newRepository();
  const parent = join(host.directory, "..");
  const remote = join(parent, "remote.git");
  const git = (directory: string, ...args: string[]): string =>
    execFileSync("git", ["-C", directory, "-c", "user.name=x", "-c", "user.email=x@x.test", ...args], {
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "ignore"],
    });
  const gateway: Going = host.start(["gateway"]);
  const [, url = ""] = await gateway.line(/Gateway at (\S+);/);
  const { admin } = JSON.parse(readFileSync(host.path(".leasehold/gateway/keys.json"), "utf8")) as { admin: string };
  host.edit(
    "leasehold.yaml",
    "directory: .leasehold/gateway",
    `directory: .leasehold/none, url: "${url}", keys: { write: "\${env:GATEWAY_KEY}" }`,
  );
  host.edit("leasehold.yaml", "{ store: file, path: .leasehold/log }", "{ store: git }");
  if (duration !== "1h") host.edit("requests/orders-first-look.yaml", "duration: 1h", `duration: ${duration}`);
  git(parent, "init", "--quiet", "--bare", "-b", "main", remote);
  git(host.directory, "init", "--quiet", "-b", "main");
  git(host.directory, "add", "-A");
  git(host.directory, "commit", "--quiet", "-m", "Begin");
  git(host.directory, "push", "--quiet", remote, "main");
  const machine = (name: string): Machine => {
    const home = join(parent, `home-${name}`);
    mkdirSync(home);
    git(parent, "clone", "--quiet", remote, join(parent, name));
    const line = new CommandLine(join(parent, name));
    return { line, run: (...args) => line.with({ HOME: home, GATEWAY_KEY: admin }, ...args) };
  };
  return { remote, parent, git, gateway, a: machine("a"), b: machine("b") };
}

async function phases(machine: Machine): Promise<Readonly<Record<string, string>>> {
  const ran = await machine.run("status", "--format", "json");
  if (ran.exitCode !== 0) throw new Error(ran.stderr);
  const { rows } = JSON.parse(ran.stdout) as { rows: { request: string; phase: string }[] };
  return Object.fromEntries(rows.map((row) => [row.request, row.phase]));
}

/** Runs a command, again where another writer has taken over meanwhile, as its error says. */
async function insist(machine: Machine, ...args: string[]): Promise<Ran> {
  for (let tries = 0; ; tries += 1) {
    const ran = await machine.run(...args);
    if (tries === 10 || !/E604|E605/.test(ran.stderr + ran.stdout)) return ran;
  }
}

test("they take turns: each goes on with what the other has recorded, and the checkouts stay as they are", async () => {
  const { a, b, git, gateway, remote } = await twoMachines();
  expect(await a.run("policy", "accept")).toMatchObject({ exitCode: 0 });
  expect(await b.run("approve", request, "--as", ben)).toMatchObject({ exitCode: 0 });
  expect(await a.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
  expect(await phases(b)).toEqual({ [request]: "active" });
  expect((await b.run("explain", request)).stdout).toContain(ben);
  const ended = await b.run("revoke", request, "--as", ben);
  expect([ended.exitCode, ended.stderr]).toEqual([0, expect.any(String)]);
  expect(await phases(a)).toEqual({ [request]: "ended" });
  expect(await a.run("reconcile")).toMatchObject({ exitCode: 0 });
  for (const one of [a, b]) {
    expect(await one.run("log", "verify")).toMatchObject({ exitCode: 0 });
    expect(git(one.line.directory, "status", "--porcelain")).toBe("");
    expect(git(one.line.directory, "for-each-ref", "refs/leasehold")).toBe("");
  }
  expect(git(remote, "for-each-ref", "--format=%(refname)", "refs/leasehold").trim()).toBe("refs/leasehold/log");
  await gateway.stop();
});

test("they collide: one writer at a time, and nothing of either is lost", async () => {
  const { a, b, gateway } = await twoMachines();
  expect(await a.run("policy", "accept")).toMatchObject({ exitCode: 0 });
  const names = ["a-1", "b-1", "a-2", "b-2"];
  for (const machine of [a, b]) {
    for (const name of names) {
      const text = machine.line.read(`requests/${request}.yaml`).replace(`name: ${request}`, `name: ${name}`);
      machine.line.write(`requests/${name}.yaml`, text);
    }
  }
  const work = async (machine: Machine, own: string): Promise<readonly Ran[]> => {
    const done: Ran[] = [];
    for (const n of [1, 2]) done.push(await insist(machine, "approve", `${own}-${n}`, "--as", ben));
    done.push(await insist(machine, "apply", "--yes"));
    return done;
  };
  const ran = (await Promise.all([work(a, "a"), work(b, "b")])).flat();
  for (const { stdout, stderr } of ran) expect(stdout + stderr).not.toMatch(/E600|E9\d\d/);
  expect(await insist(b, "reconcile")).toMatchObject({ exitCode: 0 });
  const seen = await phases(a);
  for (const name of names) expect([name, seen[name]]).toEqual([name, "active"]);
  expect(await phases(b)).toEqual(seen);
  expect(await a.run("log", "verify")).toMatchObject({ exitCode: 0 });
  await gateway.stop();
});

test.each([
  ["reconcile", ["reconcile"]],
  ["apply", ["apply", "--yes"]],
])(
  "with the remote gone %s only ends, from the machine that last saw the Log; it is exit 10, and recorded later",
  async (_, command) => {
    const { a, b, gateway, remote } = await twoMachines("5s");
    for (const args of [
      ["policy", "accept"],
      ["approve", request, "--as", ben],
      ["apply", "--yes"],
    ]) {
      expect(await a.run(...args)).toMatchObject({ exitCode: 0 });
    }
    renameSync(remote, `${remote}.gone`);
    const status = await a.run("status");
    expect([status.exitCode, status.stderr]).toEqual([10, expect.stringContaining("E606")]);
    let pass = await a.run(...command);
    for (let tries = 0; tries < 20 && !pass.stderr.includes("ended"); tries += 1) {
      expect(pass.exitCode).toBe(10);
      pass = await a.run(...command);
    }
    expect(pass.exitCode).toBe(10);
    expect(pass.stderr).toMatch(/ended/);
    expect(pass.stderr).not.toMatch(/activated/);
    // A machine that has never seen the Log knows of nothing to end.
    expect((await b.run(...command)).exitCode).toBe(10);
    renameSync(`${remote}.gone`, remote);
    expect(await b.run("reconcile")).toMatchObject({ exitCode: 0 });
    expect(await phases(a)).toEqual({ [request]: "ended" });
    await gateway.stop();
  },
);

test("with the remote gone a revoke ends at the gateway at once, says that it is not recorded, and is recorded later", async () => {
  const { a, gateway, remote } = await twoMachines();
  for (const args of [
    ["policy", "accept"],
    ["approve", request, "--as", ben],
    ["apply", "--yes"],
  ]) {
    expect(await a.run(...args)).toMatchObject({ exitCode: 0 });
  }
  renameSync(remote, `${remote}.gone`);
  const revoked = await a.run("revoke", request, "--as", ben);
  expect(revoked).toMatchObject({ exitCode: 10, stdout: expect.stringContaining("Ended 1 grant") });
  for (const code of ["E606", "E509"]) expect(revoked.stdout + revoked.stderr).toContain(code);
  renameSync(`${remote}.gone`, remote);
  expect(await phases(a)).toEqual({ [request]: "active" });
  expect(await a.run("reconcile")).toMatchObject({ exitCode: 0 });
  expect(await phases(a)).toEqual({ [request]: "ended" });
  await gateway.stop();
});

test("a laptop that may only read sees everything and records nothing", async () => {
  const { a, b, gateway, remote, git } = await twoMachines();
  for (const args of [
    ["policy", "accept"],
    ["approve", request, "--as", ben],
    ["apply", "--yes"],
  ]) {
    expect(await a.run(...args)).toMatchObject({ exitCode: 0 });
  }
  const tip = git(remote, "rev-parse", "refs/leasehold/log");
  mkdirSync(join(remote, "hooks"), { recursive: true });
  writeFileSync(join(remote, "hooks/pre-receive"), "#!/bin/sh\necho read only >&2\nexit 1\n");
  chmodSync(join(remote, "hooks/pre-receive"), 0o755);
  expect(await phases(b)).toEqual({ [request]: "active" });
  expect(await b.run("explain", request)).toMatchObject({ exitCode: 0 });
  expect(await b.run("log", "verify")).toMatchObject({ exitCode: 0 });
  expect((await b.run("doctor")).stdout).toContain("refs/leasehold/log");
  const refused = await b.run("approve", request, "--as", ben);
  expect([refused.exitCode, refused.stderr]).toEqual([10, expect.stringContaining("E603")]);
  expect(git(remote, "rev-parse", "refs/leasehold/log")).toBe(tip);
  rmSync(join(remote, "hooks/pre-receive"));
  await gateway.stop();
});
