/** An access repository whose Log is in PostgreSQL, by the real command line. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../support/folders";
import { describeWith, testWith, tryFindCommand, type Need } from "../support/needs";
import { postgres, postgresForTests, postgresPassword } from "../support/postgres";
import { ben, newRepository, repositoryWithGrant, request, type CommandLine, type Ran } from "./support/leasehold";

const pgDump: Need = {
  what: "PostgreSQL's pg_dump",
  command: "pg_dump",
  directories: ["/usr/lib/postgresql/*/bin"],
  debianPackage: "postgresql",
};

describeWith(postgres, "a Log in PostgreSQL", () => {
  const server = postgresForTests();
  const everything: string[] = [];

  /** A repository with an active grant and an empty database, and the command line with the database's URL at hand. */
  async function repository(made: () => Promise<CommandLine> = repositoryWithGrant) {
    const line = await made();
    const database = await server().newDatabase();
    const url = server().url({ database });
    const run = async (...args: string[]): Promise<Ran> => {
      const ran = await line.with({ LEASEHOLD_LOG_URL: url }, ...args);
      everything.push(ran.stdout, ran.stderr);
      return ran;
    };
    return { line, database, url, run };
  }

  it("is moved there with all that it says, and the grant goes on", async () => {
    const { line, run } = await repository();
    const before = await run("log", "export");
    expect(await run("log", "copy", "--from", "file", "--to", place)).toMatchObject({ exitCode: 9, stdout: "" });
    expect((await run("log", "migrate", "--url", reference)).stdout).toContain("+ step 1: the Log");
    expect((await run("log", "migrate", "--url", reference)).stdout).toContain("at step 1 already");
    const copied = await run("log", "copy", "--from", "file", "--to", place);
    expect(copied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("The copy verifies") });
    inPostgres(line);
    expect((await run("log", "export")).stdout).toBe(before.stdout);
    expect((await run("plan", "--detailed-exitcode")).exitCode).toBe(0);
    expect((await run("log", "copy", "--from", "file", "--to", "postgres")).stdout).toContain(": 0 records copied");
    expect((await run("revoke", request, "--as", ben)).exitCode).toBe(0);
    expect((await run("reconcile")).exitCode).toBe(0);
    expect(await phases(run)).toEqual(["ended"]);
    expect((await run("log", "verify")).exitCode).toBe(0);
    expect((await run("log", "copy", "--from", "postgres", "--to", "file:backup/log")).exitCode).toBe(0);
    expect((await run("log", "copy", "--from", "postgres", "--to", "file")).exitCode).toBe(0);
  });

  it("is recovering after an old copy of the database was put back, and nothing that ended comes back", async () => {
    const { line, database, run } = await repository();
    await run("log", "migrate", "--url", reference);
    await run("log", "copy", "--from", "file", "--to", place);
    inPostgres(line);
    await server().query(`CREATE DATABASE ${database}_backup TEMPLATE ${database}`);
    expect((await run("revoke", request, "--as", ben)).exitCode).toBe(0);
    expect((await run("reconcile")).exitCode).toBe(0);
    await server().query(`DROP DATABASE ${database}`);
    await server().query(`ALTER DATABASE ${database}_backup RENAME TO ${database}`);
    const plan = await run("plan");
    expect(plan).toMatchObject({ exitCode: 9, stderr: expect.stringContaining("recovering") });
    expect((await run("reconcile")).exitCode).toBe(9);
    expect((await run("log", "rebuild", "--as", ben)).exitCode).toBe(0);
    expect((await run("apply", "--yes")).stdout).not.toContain("+ ");
    expect((await run("reconcile")).exitCode).toBe(0);
    expect(await phases(run)).toEqual(["ended"]);
  });

  it("is not anchored by what this machine has noted of it: doctor says that nothing is kept elsewhere", async () => {
    const { line, run } = await repository();
    await run("log", "migrate", "--url", reference);
    await run("log", "copy", "--from", "file", "--to", place);
    inPostgres(line);
    expect(await run("reconcile")).toMatchObject({ exitCode: 0 });
    const told = (await run("doctor")).stdout.split("\n").filter((one) => / anchors:/.test(one));
    expect(told).toEqual([expect.stringContaining("No Head is kept outside the Log")]);
  });

  it("says what is wrong with the way to it: the URL, the password, the server, the version", async () => {
    const { line, database, url, run } = await repository(newRepository);
    inPostgres(line);
    expect(await run("status")).toMatchObject({
      exitCode: 9,
      stderr: expect.stringContaining("leasehold log migrate"),
    });
    const wrong: readonly (readonly [string, number, string])[] = [
      [url.replace(postgresPassword, "canary-password"), 4, "refused the credential"],
      ["postgres://user:canary-password@db.example.com/log", 3, "sslmode"],
      [`postgres://user:canary-password@127.0.0.1:1/${database}`, 10, "cannot be read"],
      ["mysql://user:canary-password@127.0.0.1/log", 3, "postgres://user:password@host/database"],
      ["", 3, "LEASEHOLD_LOG_URL"],
    ];
    for (const [value, exitCode, words] of wrong) {
      const ran = await line.with({ LEASEHOLD_LOG_URL: value }, "log", "verify");
      everything.push(ran.stdout, ran.stderr);
      expect(ran).toMatchObject({ exitCode, stderr: expect.stringContaining(words) });
    }
    expect(await run("log", "migrate", "--url", url)).toMatchObject({ exitCode: 64 });
    expect(await run("log", "copy", "--from", "file", "--to", `postgres:${url}`)).toMatchObject({ exitCode: 64 });
    expect(await run("log", "copy", "--from", "file", "--to", "s3")).toMatchObject({ exitCode: 64 });
    expect(await run("log", "copy", "--from", "postgres", "--to", "postgres")).toMatchObject({ exitCode: 64 });
  });

  it("prints the SQL that an administrator can run, also where there is no access repository", async () => {
    const { line, run } = await repository(newRepository);
    const printed = await run("log", "migrate", "--print", "-C", join(line.directory, ".."));
    expect(printed.exitCode).toBe(0);
    const database = await server().newDatabase();
    await server().query(printed.stdout, { database });
    expect(await server().query("SELECT number FROM leasehold.migrations", { database })).toEqual([{ number: 1 }]);
  });

  it("takes every command that its page shows", async () => {
    const { line, url, run } = await repository(newRepository);
    await run("policy", "accept");
    const shown = [...page().matchAll(/^```sh\n([^`]*)```$/gm)].flatMap(([, text = ""]) => text.trim().split("\n"));
    expect(shown).toHaveLength(4);
    const bin = join(line.directory, "..", "bin");
    mkdirSync(bin);
    const main = join(projectRoot, "dist/lib/cli/main.js");
    writeFileSync(join(bin, "leasehold"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
    for (const command of shown) {
      const ran = spawnSync("sh", ["-c", command], {
        cwd: line.directory,
        encoding: "utf8",
        env: {
          PATH: `${bin}:/usr/bin:/bin`,
          HOME: line.directory,
          LEASEHOLD_LOG_URL: url,
          LEASEHOLD_LOG_OWNER_URL: url,
        },
      });
      expect({ command, status: ran.status, stderr: ran.stderr }).toEqual({ command, status: 0, stderr: "" });
    }
  });

  testWith(pgDump, "comes back whole from a backup that pg_dump made", async () => {
    const { line, database, url, run } = await repository(newRepository);
    await run("policy", "accept");
    await run("log", "migrate", "--url", reference);
    await run("log", "copy", "--from", "file", "--to", place);
    const [dump, restore] = ["pg_dump", "pg_restore"].map((name) => join(dirname(tryFindCommand(pgDump) ?? ""), name));
    const file = join(line.directory, "log.dump");
    execFileSync(dump ?? "", ["--schema=leasehold", "--format=custom", `--file=${file}`, url]);
    const other = await server().newDatabase();
    execFileSync(restore ?? "", [`--dbname=${server().url({ database: other })}`, file]);
    expect(await server().query("SELECT * FROM leasehold.chain ORDER BY 1", { database: other })).toEqual(
      await server().query("SELECT * FROM leasehold.chain ORDER BY 1", { database }),
    );
    inPostgres(line);
    const restored = { LEASEHOLD_LOG_URL: server().url({ database: other }) };
    expect(await line.with(restored, "log", "verify")).toMatchObject({ exitCode: 0 });
    expect(await line.with(restored, "reconcile")).toMatchObject({ exitCode: 0 });
  });

  it("never prints the password of its database", () => {
    expect(everything.length).toBeGreaterThan(20);
    for (const text of everything) {
      expect(text).not.toContain(postgresPassword);
      expect(text).not.toContain("canary");
    }
  });
});

/** The part of docs/log.md about this store. */
function page(): string {
  const text = readFileSync(join(projectRoot, "docs/log.md"), "utf8");
  return text.slice(text.indexOf("## The PostgreSQL store"));
}

const reference = "${env:LEASEHOLD_LOG_URL}";
const place = `postgres:${reference}`;

function inPostgres(line: CommandLine): void {
  const path = join(line.directory, "leasehold.yaml");
  const text = readFileSync(path, "utf8");
  const moved = text.replace(/^log: .*$/m, `log: { store: postgres, url: "${reference}" }`);
  if (moved === text) throw new Error("leasehold.yaml names no Log");
  writeFileSync(path, moved);
}

async function phases(run: (...args: string[]) => Promise<Ran>): Promise<readonly string[]> {
  const { rows } = JSON.parse((await run("status", "--format", "json")).stdout) as { rows: { phase: string }[] };
  return rows.map(({ phase }) => phase);
}
