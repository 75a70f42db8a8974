import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { postgresSql } from "../../lib/adapters/postgres";
import { runCommandHere } from "../support/command-here";
import type { Ran } from "../support/command-line";
import { temporaryFolder } from "../support/folders";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, postgresPassword } from "../support/postgres";

const directory = temporaryFolder();
const leasehold = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runCommandHere(["import", "postgresql", ...args], {
    directory,
    environment,
    outside: () => ({ sql: async (request) => postgresSql({ ...request, environment: {} }) }),
  });

describe("a URL that has a password among the arguments", () => {
  test.each([
    "postgres://ana:hunter2@localhost/shop",
    "postgresql://ana:hunter2@[::1]/shop",
    "postgres://localhost/shop?user=ana&password=hunter2",
    "postgres://localhost/shop?sslpassword=hunter2",
    "ana:hunter2@localhost/shop",
    "postgres://ana:hunter2@local host/shop",
  ])("is refused and not repeated: %s", async (url) => {
    const ran = await leasehold([url]);
    expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([64, "", expect.stringContaining("'${env:NAME}'")]);
    expect(ran.stderr).not.toContain("hunter2");
  });
});

describe("what makes no sense", () => {
  test.each<[readonly string[], number, string]>([
    [["${env:NOT_SET}"], 3, "NOT_SET is not set"],
    [["mysql://localhost/shop"], 3, "it is no URL of a PostgreSQL database"],
    [["postgres://db.example.com/shop"], 3, "says nothing of TLS"],
    [["postgres://localhost:9/shop"], 10, "E711"],
    [["postgres://localhost/shop", "--class", "secret"], 64, "write one of low, medium, high, critical"],
    [["postgres://localhost/shop", "--resource", "A B"], 64, "--resource orders-db"],
    [[], 64, "url"],
  ])("%j exits %i", async (args, exitCode, words) => {
    const ran = await leasehold(args);
    expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([exitCode, "", expect.stringContaining(words)]);
  });
});

describeWith(postgres, "a database", () => {
  const server = postgresForTests();
  const url = () => ({ SHOP_URL: server().url({ database: "shop" }) });

  beforeAll(async () => {
    await server().newDatabase({ name: "shop" });
    await server().query(
      `CREATE TABLE t (id int); CREATE ROLE reader; GRANT SELECT ON t TO reader; CREATE ROLE ana LOGIN; GRANT reader TO ana;
       CREATE ROLE etl LOGIN; GRANT SELECT ON t TO etl; CREATE ROLE "owner
::error::x" CREATEROLE`,
      { database: "shop" },
    );
  });

  test("is printed as TypeScript, and the rest told on stderr, the summary last", async () => {
    const ran = await leasehold(
      ["${env:SHOP_URL}", "--resource", "shop-db", "--class", "high", "--service", "etl"],
      url(),
    );
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('import { PostgresqlLevel, Resource, type AccessApp } from "leasehold";');
    expect(ran.stdout).toContain(
      `new Resource(app, "shop-db", { kind: "postgresql", class: "high", host: "127.0.0.1", port: ${server().port} });`,
    );
    expect(ran.stdout).toContain('{ on: "tables", schema: "public", objects: ["t"], privileges: ["SELECT"] }');
    expect(ran.stdout).toContain("is no level: it has CREATEROLE");
    expect(ran.stderr).toContain('Pull request: Replace the standing login "ana" by leases of shop-db/reader');
    expect(ran.stderr).toContain('"etl" (a program\'s)');
    expect(ran.stderr).toContain("terraform state push adopt.tfstate");
    expect(ran.stderr.trimEnd().split("\n").at(-1)).toBe(
      "Import: 1 level, 1 role left out, 3 standing logins. Nothing was written to the database.",
    );
    for (const text of [ran.stdout, ran.stderr]) expect(text).not.toMatch(/^::error/m);
    expect(ran.stdout + ran.stderr).not.toContain(postgresPassword);
  });

  test("is written to a file that is not there yet", async () => {
    const printed = await leasehold(["${env:SHOP_URL}"], url());
    const ran = await leasehold(["${env:SHOP_URL}", "--out", "rules/imported.ts"], url());
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toMatch(/^Wrote rules\/imported\.ts\.\n/);
    expect(readFileSync(join(directory, "rules/imported.ts"), "utf8")).toBe(printed.stdout);
    expect(await leasehold(["${env:SHOP_URL}", "--out", "rules/imported.ts"], url())).toMatchObject({
      exitCode: 3,
      stdout: "",
    });
  });

  test("is one document for programs", async () => {
    writeFileSync(join(directory, "url"), url().SHOP_URL);
    const ran = await leasehold(["${file:url}", "--format", "json"]);
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      importVersion: 1,
      resource: "shop",
      levels: [{ level: "reader", role: "reader" }],
      debts: [{ login: "ana", of: "person" }, { login: "etl" }, { login: "postgres" }],
    });
  });

  test("knows its logins: another name after --service is refused", async () => {
    const ran = await leasehold(["${env:SHOP_URL}", "--service", "elt"], url());
    expect([ran.exitCode, ran.stderr]).toEqual([64, expect.stringContaining("did you mean etl?")]);
  });

  test("without levels, still gives a program that is right", async () => {
    const ran = await leasehold(["${env:URL}"], { URL: server().url() });
    expect(ran.stdout).toContain('import { Resource, type AccessApp } from "leasehold";');
    expect(ran.stderr).not.toContain("adopt");
  });
});
