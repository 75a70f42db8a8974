/** What an evaluation costs GitHub, and what goes on without it: issue 2's Shows 5 and 8, by the real commands. */
import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { CommandLine, type Ran } from "../support/command-line";
import { accessRepository as repository, email, Lanternworks, login, requestFile } from "../support/lanternworks";

let house: Lanternworks;

beforeAll(async () => {
  house = await Lanternworks.open({
    isUnaccepted: true,
    rules: (text) =>
      text.replace(
        /"(orders-leads|security|platform)", \{ members: .*? \}/g,
        '"$1", { githubTeam: "lanternworks/$1" }',
      ),
  });
  const teams = { "orders-leads": ["ben", "dev"], security: ["elin", "femi"], platform: ["dev", "elin", "femi"] };
  for (const [slug, members] of Object.entries(teams)) {
    await house.github.createTeam({ organization: "lanternworks", slug, members: members.map(login) });
  }
  await house.must(["policy", "accept", "--as", email("dev")]);
});
afterAll(() => house.close());

const nowhere = {
  GITHUB_API_URL: "http://127.0.0.1:1/api/v3",
  GITHUB_GRAPHQL_URL: "http://127.0.0.1:1/api/graphql",
  GITHUB_SERVER_URL: "http://127.0.0.1:1",
};

test("one evaluation of the usual pull request is at most 6 calls, and writes nothing where nothing changed", async () => {
  const number = await house.propose("usual", { "requests/usual.yaml": requestFile("usual") }, "ana");
  for (const by of ["cleo", "elin", "femi", "cleo", "elin", "femi", "cleo", "elin", "femi"]) {
    await house.github.review({ repository, number, by: login(by), state: "COMMENTED" });
  }
  const counted = async (conclusion: string) => {
    await house.github.resetCalls();
    expect(await house.plan(number)).toMatchObject({ conclusion, ran: { exitCode: 0 } });
    const calls = (await house.github.calls()).filter(({ api }) => api !== "git");
    return { calls: calls.length, writes: calls.filter(({ kind }) => kind === "write").length };
  };
  const first = await counted("action_required");
  await house.approve(number, "dev");
  const changed = await counted("success");
  const again = await counted("success");
  process.stderr.write(`calls of an evaluation: ${JSON.stringify({ first, changed, again })}\n`);
  expect(first.calls).toBeLessThanOrEqual(6);
  expect(changed.calls).toBeLessThanOrEqual(6);
  expect(again).toEqual({ calls: 4, writes: 0 });
});

describe("with the approvals recorded", () => {
  const noGitHub = { ...nowhere, GITHUB_TOKEN: "", GITHUB_REPOSITORY: "" };

  test("the reconciler needs no API of GitHub: what was approved starts and ends without it", async () => {
    await recorded(await approved("later"));
    expect(await house.access()).toEqual([]);
    expect(await house.run(["reconcile"], noGitHub)).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
    // In a workflow it also says that receipts could not be written, and that keeps nothing from being done.
    await recorded(await approved("later-still", { for: email("ben") }));
    const ran = await house.run(["reconcile"], nowhere);
    expect([ran.exitCode, ran.stderr]).toEqual([10, expect.stringContaining("E520")]);
    expect(await house.access()).toEqual(["ana orders-db/read", "ben orders-db/read"]);
    for (const name of ["later", "later-still"]) {
      expect(await house.run(["revoke", name, "--as", email("elin")], noGitHub)).toMatchObject({ exitCode: 0 });
    }
    expect(await house.access()).toEqual([]);
  });

  test("without the repository too only what is over ends, and it is exit 10", async () => {
    const later = await approved("not-yet", { for: email("ben") });
    await recorded(await approved("short", { duration: "30s" }));
    expect(await house.run(["reconcile"], noGitHub)).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
    await recorded(later);
    const remote = await house.github.directoryOf(repository);
    renameSync(remote, `${remote}.gone`);
    let told = "";
    try {
      for (let tries = 0; tries < 100 && !told.includes("ended"); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        // Whichever comes first: the job that applies merges, or the reconciler.
        const pass =
          tries % 2 === 0
            ? await house.run(["pr", "apply", "--repo", repository])
            : await house.run(["reconcile"], noGitHub);
        expect(pass.exitCode).toBe(10);
        told += pass.stderr;
      }
    } finally {
      renameSync(`${remote}.gone`, remote);
    }
    expect(told).toMatch(/ended/);
    expect(told).not.toMatch(/activated/);
    // What ended is recorded with the next pass that reaches the repository.
    expect(await house.run(["reconcile"], noGitHub)).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ben orders-db/read"]);
    expect(await house.run(["revoke", "not-yet", "--as", email("ben")], noGitHub)).toMatchObject({ exitCode: 0 });
    // It waits until half a minute is over, on a machine that may be busy.
  }, 300_000);
});

test("machines that share nothing but the repository collide: every merge is decided once, nothing is lost", async () => {
  const numbers: number[] = [];
  for (const [name, spec] of [
    ["ana-reads", {}],
    ["ben-reads", { for: email("ben") }],
    ["cleo-searches", { for: email("cleo"), access: "search/read" }],
  ] as const) {
    const number = await approved(name, spec);
    await house.github.merge({ repository, number });
    numbers.push(number);
  }
  await house.github.pushCommit({
    repository,
    branch: "main",
    files: { "requests/smuggled.yaml": requestFile("smuggled", { for: email("ben"), access: "search/read" }) },
    by: login("dev"),
  });
  const machines = await Promise.all(["one", "two"].map((name) => machine(name)));
  const runs = await Promise.all([
    ...machines.map((line) => insist(line, ["pr", "apply", "--repo", repository])),
    insist(house.line, ["reconcile"]),
  ]);
  for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toMatch(/E600|E9\d\d/);
  house.pull();
  await house.must(["reconcile"]);
  const expected = ["ana orders-db/read", "ben orders-db/read", "cleo search/read"];
  expect(await house.access()).toEqual(expected);
  await house.must(["log", "verify"]);
  const decided = (await records()).filter(({ type }) => type === "merge.decided").map(({ merge }) => merge?.pull);
  for (const number of numbers) expect(decided.filter((one) => one === number)).toHaveLength(1);
  for (const number of numbers) expect(await house.github.comments({ repository, number })).toHaveLength(1);
  expect((await house.github.issues(repository)).filter(({ body }) => body?.includes("smuggled"))).toHaveLength(1);
});

/** An approved pull request. */
async function approved(name: string, spec = {}): Promise<number> {
  const number = await house.propose(name, { [`requests/${name}.yaml`]: requestFile(name, spec) }, "cleo");
  await house.approve(number, "dev");
  expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
  return number;
}

/** Merges it and records that; what was approved does not start yet, because of a freeze that is over then. */
async function recorded(number: number): Promise<void> {
  await house.github.merge({ repository, number });
  await house.must(["freeze", "--as", email("dev")]);
  await house.apply();
  await house.must(["thaw", "--as", email("dev")]);
}

/** A clone of its own, with a home of its own. */
async function machine(name: string): Promise<CommandLine> {
  git(house.directory, "clone", "--quiet", await house.github.directoryOf(repository), name);
  return new CommandLine(join(house.directory, name));
}

/** Runs a command, again where another writer has taken over meanwhile, as its error says. */
async function insist(line: CommandLine, args: readonly string[]): Promise<Ran> {
  for (let tries = 0; ; tries += 1) {
    const ran = await line.with(house.environment(), ...args);
    if (tries === 10 || !/E604|E605/.test(ran.stderr + ran.stdout)) return ran;
  }
}

interface LogBody {
  readonly type: string;
  readonly merge?: { readonly pull?: number };
}

async function records(): Promise<readonly LogBody[]> {
  const { stdout } = await house.must(["log", "show", "--format", "json"]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly body: LogBody }).body);
}

function git(directory: string, ...args: readonly string[]): string {
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" };
  return execFileSync("git", ["-C", directory, ...args], { encoding: "utf8", env: environment }).trim();
}
