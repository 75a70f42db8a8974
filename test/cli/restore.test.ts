/** Issue 5, Show 7: last week's copy of the Log is put back. What differs is said, and nothing that ended comes back. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { ana, newRepository, request, type CommandLine, type Ran } from "./support/leasehold";

/** How the Log of one store is copied, and how a copy is put back, as docs/run-it.md says. */
interface Backup {
  readonly store: string;
  /** What stands after `log:` in leasehold.yaml. */
  readonly log: string;
  /** What commands are run with besides. */
  environment?(): Readonly<Record<string, string>>;
  prepare?(line: CommandLine, run: Run): void | Promise<void>;
  keep(line: CommandLine): void | Promise<void>;
  putBack(line: CommandLine, run: Run): void | Promise<void>;
}

type Run = (...args: string[]) => Promise<Ran>;

const log = ".leasehold/log";

const backups: readonly Backup[] = [
  {
    store: "file, its directory",
    log: "{ store: file, path: .leasehold/log }",
    keep: (line) => cpSync(line.path(log), line.path("copy"), { recursive: true }),
    putBack(line) {
      rmSync(line.path(log), { recursive: true });
      cpSync(line.path("copy"), line.path(log), { recursive: true });
    },
  },
  {
    store: "file, copied while somebody writes",
    log: "{ store: file, path: .leasehold/log }",
    keep(line) {
      mkdirSync(line.path("copy"), { mode: 0o700 });
      for (const name of ["chain.jsonl", "blobs", "spool"]) {
        const from = line.path(log, name);
        if (existsSync(from)) cpSync(from, line.path("copy", name), { recursive: true });
      }
    },
    putBack(line) {
      rmSync(line.path(log), { recursive: true });
      cpSync(line.path("copy"), line.path(log), { recursive: true });
    },
  },
  {
    store: "git",
    log: "{ store: git, anchors: { file: .leasehold/anchors.jsonl } }",
    prepare(line) {
      git(line, "init", "--quiet", "-b", "main");
      git(line, "init", "--quiet", "--bare", line.path("remote.git"));
      git(line, "remote", "add", "origin", line.path("remote.git"));
    },
    keep: (line) => git(line, "fetch", "--quiet", "origin", "refs/leasehold/log:refs/backup/log"),
    async putBack(line, run) {
      git(line, "push", "--quiet", "--force", "origin", "refs/backup/log:refs/leasehold/log");
      const refused = await run("plan");
      expect(refused).toMatchObject({ exitCode: 9, stderr: expect.stringMatching(/E600[^]*remove that file/) });
      const [, note = ""] = /there was a record \d+, by (\S+)/.exec(refused.stderr) ?? [];
      expect(note).toContain(join(homeOf(line), ".cache/leasehold"));
      rmSync(note);
    },
  },
];

describe.each(backups)("an old copy of the Log is put back ($store)", (backup) => {
  testRestored(backup);
});

describeWith(postgres, "an old copy of the Log is put back (postgres)", () => {
  const server = postgresForTests();
  let database = "";
  beforeAll(async () => {
    database = await server().newDatabase();
  });

  testRestored({
    store: "postgres",
    log: "{ store: postgres, url: '${env:LEASEHOLD_LOG_URL}', anchors: { file: .leasehold/anchors.jsonl } }",
    environment: () => ({ LEASEHOLD_LOG_URL: server().url({ database }) }),
    async prepare(_line, run) {
      const { exitCode, stderr } = await run("log", "migrate");
      if (exitCode !== 0) throw new Error(stderr);
    },
    keep: async () => void (await server().newDatabase({ name: `${database}_copy`, like: database })),
    async putBack() {
      await server().query(`DROP DATABASE ${database}`);
      await server().query(`ALTER DATABASE ${database}_copy RENAME TO ${database}`);
    },
  });
});

function testRestored(backup: Backup): void {
  test("plan says recovering and lists what differs; after log rebuild and a pass nothing that ended is back", async () => {
    const { line, run } = await automaticGrant(backup);
    await backup.keep(line);
    // Meanwhile one is given back and another begins.
    expect(await run("revoke", request)).toMatchObject({ exitCode: 0 });
    line.write("requests/second-look.yaml", line.read(`requests/${request}.yaml`).replace(request, "second-look"));
    line.edit("requests/second-look.yaml", /^( *)reason: .*$/m, "$1reason: OPS-2, once more");
    const again = await run("apply", "--yes");
    expect(again).toMatchObject({ exitCode: 0 });
    expect(await run("revoke", "second-look")).toMatchObject({ exitCode: 0 });
    expect(await run("reconcile")).toMatchObject({ exitCode: 0 });

    await backup.putBack(line, run);
    const planned = await run("plan");
    expect(planned.exitCode).toBe(9);
    expect(planned.stderr).toMatch(
      /E602: the Log is recovering\s+the Log ends at record \d+, but there was a record \d+/,
    );
    expect(planned.stdout).toContain(`ended outside: ${ana}@orders-db-read (${request})`);
    expect(planned.stdout).toContain("request     second-look");
    for (const args of [["apply", "--yes"], ["reconcile"]]) {
      const ran = await run(...args);
      expect(ran.exitCode).toBe(9);
      expect(ran.stderr).not.toContain("activated");
    }
    expect(await run("doctor")).toMatchObject({ exitCode: 9, stdout: expect.stringMatching(/! bad +anchors:/) });

    const rebuilt = await run("log", "rebuild");
    expect(rebuilt.exitCode).toBe(0);
    expect(rebuilt.stdout).toContain("second-look is spent");
    expect((await run("apply", "--yes")).stderr).not.toContain("activated");
    expect((await run("reconcile")).stderr).not.toContain("activated");
    expect(await run("plan", "--detailed-exitcode")).toMatchObject({ exitCode: 0 });
    expect((await run("status")).stdout).toMatch(/^Status: 0 active, 0 waiting/m);
    const verified = await run("log", "verify");
    expect(verified).toMatchObject({ exitCode: 0 });
    expect(verified.stdout).toMatch(/anchors? of a lost Log (?:is|are) replaced/);
    const token = (await run("gateway", "token", ana)).stdout.trim();
    const environment = { LEASEHOLD_TOKEN: token, ...backup.environment?.() };
    const inside = await line.with(environment, "connect", "orders-db/read", "--", "true");
    expect(inside.stderr).toContain("E507");
    expect(inside.exitCode).toBe(5);
  });
}

/** A repository whose rule needs nobody, with ana's grant active: what could come back by itself would. */
async function automaticGrant({ log: place, prepare, environment }: Backup) {
  const line = await newRepository();
  // Not in the checkout: what is kept of a remote would not be kept there.
  const run = (...args: string[]): Promise<Ran> => line.with({ HOME: homeOf(line), ...environment?.() }, ...args);
  // Written as it is: a text to put in may not hold `$`.
  line.write(
    "leasehold.yaml",
    line.read("leasehold.yaml").replace(/^log:.*$/m, () => `log: ${place} `),
  );
  await prepare?.(line, run);
  line.edit(
    "access.ts",
    "approval: Approval.of(1, ordersLeads)",
    "approval: Approval.automatic({ when: Condition.memberOf(engineers) })",
  );
  line.edit("access.ts", "import { AccessApp,", "import { Condition, AccessApp,");
  expect(await run("policy", "accept")).toMatchObject({ exitCode: 0 });
  expect((await run("apply", "--yes")).stderr).toContain(`${ana} on orders-db/read activated`);
  return { line, run };
}

function homeOf(line: CommandLine): string {
  const home = join(line.directory, "..", "home");
  mkdirSync(home, { recursive: true });
  return home;
}

function git(line: CommandLine, ...args: string[]): void {
  const environment = { PATH: process.env["PATH"] ?? "", GIT_CONFIG_GLOBAL: "/dev/null" };
  execFileSync("git", ["-C", line.directory, ...args], { env: environment, stdio: ["ignore", "pipe", "ignore"] });
}
