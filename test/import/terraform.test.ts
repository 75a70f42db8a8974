import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { postgresSql } from "../../lib/adapters/postgres";
import { adoptedState } from "../../lib/terraform";
import type { Ran } from "../support/command-line";
import { runCommandHere } from "../support/command-here";
import { projectRoot, temporaryFolder } from "../support/folders";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { terraformOn, terraformProgram, type Terraform } from "../terraform/support/terraform";
import {
  accessOf,
  columnsOf,
  countPrivileges,
  makeGeneratedDatabase,
  type GeneratedDatabase,
} from "./support/generated-database";

const seed = Number(process.env["LEASEHOLD_SEED"] ?? 20_261_122);

// Through the stand-in of test/doubles/terraform-postgresql, or the real provider where LEASEHOLD_POSTGRESQL_PROVIDER names it.
describeWith(
  [postgres, terraformProgram],
  `a database of 50 roles and 300 privileges (seed ${seed}), imported, synthesised and planned`,
  () => {
    const server = postgresForTests();
    const folder = temporaryFolder();
    const directory = join(folder, "access");
    let database: GeneratedDatabase;
    let before: readonly unknown[];
    let columns: readonly unknown[];
    let terraform: Terraform;

    const leasehold = (...args: readonly string[]): Promise<Ran> =>
      runCommandHere(args, {
        directory,
        environment: { ORDERS_URL: server().url({ database: "shop" }) },
        outside: () => ({ sql: async (request) => postgresSql({ ...request, environment: {} }) }),
      });
    const must = async (...args: readonly string[]): Promise<Ran> => {
      const ran = await leasehold(...args);
      if (ran.exitCode !== 0)
        throw new Error(`leasehold ${args.join(" ")}: ${ran.exitCode}\n${ran.stdout}${ran.stderr}`);
      return ran;
    };
    const runs = async (status: number, ...args: readonly string[]): Promise<string> => {
      const run = await terraform("orders", ...args);
      if (run.status !== status)
        throw new Error(`terraform ${args.join(" ")}: ${run.status}\n${run.text.slice(0, 8_000)}`);
      return run.text;
    };

    beforeAll(async () => {
      database = await makeGeneratedDatabase(server(), seed);
      before = await accessOf(server(), database.name);
      columns = await columnsOf(server(), database.name);
      makeRepository(directory);
      terraform = terraformOn(server(), { folder, outdir: join(directory, "cdktf.out") });
    }, 120_000);

    test("plans no change by the commands of docs/import.md, before anything was applied and after, and changes nothing", async () => {
      expect([database.roles.length, await countPrivileges(server(), "shop")]).toEqual([50, 300]);
      const [imported, synthesised, ...rest] = steps;
      expect([steps.length, rest[0]]).toEqual([5, ["terraform", "init"]]);
      const ran = await must(...(imported?.slice(1) ?? []));
      expect(ran.stdout).toMatch(/^Import: \d+ levels, \d+ roles left out, \d+ standing logins\. Nothing was written/m);
      await must(...(synthesised?.slice(1) ?? []));
      const stack = JSON.parse(readFileSync(join(directory, "cdktf.out/stacks/orders/cdk.tf.json"), "utf8")) as Stack;
      const counted = Object.entries(stack.resource).map(
        ([type, byName]) => [type, Object.keys(byName).length] as const,
      );
      // Otherwise this would be about nothing.
      for (const [, count] of counted) expect(count).toBeGreaterThan(5);
      const said: string[] = [];
      for (const [, ...args] of rest) said.push(await runs(0, ...args));
      expect(said.at(-1)).toContain("No changes.");
      expect(await runs(0, "plan", "-detailed-exitcode")).toContain("No changes.");
      expect(await runs(0, "apply", "-auto-approve")).toContain("0 added, 0 changed, 0 destroyed");
      expect(await runs(0, "plan", "-detailed-exitcode")).toContain("No changes.");
      expect(await accessOf(server(), "shop")).toEqual(before);
    });

    test("gives the same bytes again, in an order of rows that is the database's own", async () => {
      const first = readFileSync(join(directory, "imported.ts"), "utf8");
      const ran = await must("import", "postgresql", "${env:ORDERS_URL}", "--resource", "orders");
      expect(ran.stdout).toBe(first);
      for (const table of ["pg_class", "pg_auth_members", "pg_authid"]) {
        await server().query(`VACUUM FULL ${table}`, { database: "shop" });
      }
      expect((await must("import", "postgresql", "${env:ORDERS_URL}", "--resource", "orders")).stdout).toBe(first);
    });

    test("says every role: as a level, as what is left out, or as a debt", async () => {
      const { stdout } = await must(
        "import",
        "postgresql",
        "${env:ORDERS_URL}",
        "--resource",
        "orders",
        "--format",
        "json",
      );
      const said = JSON.parse(stdout) as Imported;
      const whole = said.unsaid.filter(({ isWhole }) => isWhole).map(({ role }) => role);
      const roles = [...said.levels.map(({ role }) => role), ...whole, ...said.debts.map(({ login }) => login)];
      expect(new Set(roles)).toEqual(new Set([...database.roles, "postgres"]));
      expect(said.debts.map(({ login }) => login)).toEqual([...database.logins, "postgres"].sort());
      expect(said.debts.filter(({ pullRequest }) => pullRequest === undefined).map(({ login }) => login)).toEqual(
        expect.arrayContaining(["postgres"]),
      );
      // Most of the privileges are Terraform's then; the others are of roles above levels, and of logins.
      const levels = said.levels.map(({ role }) => role);
      const covered = await countPrivileges(server(), "shop", levels);
      expect(levels.length).toBeGreaterThan(20);
      expect(covered).toBeGreaterThan(150);
      expect(said.program).toBe(readFileSync(join(directory, "imported.ts"), "utf8"));
    });

    test("the rules of all debts together are a rules program that lets each of them ask", async () => {
      const said = JSON.parse(
        (await must("import", "postgresql", "${env:ORDERS_URL}", "--resource", "orders", "--format", "json")).stdout,
      ) as Imported;
      const rules = said.debts.flatMap(({ pullRequest }) => (pullRequest === undefined ? [] : [pullRequest.rule]));
      expect(rules.length).toBeGreaterThan(10);
      writeProgram(directory, rules.join("\n"));
      const synthesised = await must("synth", "--format", "json");
      expect((JSON.parse(synthesised.stdout) as { readonly rules: readonly unknown[] }).rules).toHaveLength(
        rules.length,
      );
      writeProgram(directory, "");
    });

    test("shows what is not as it was imported: a privilege, a login, a membership", async () => {
      const run = (sql: string) => server().query(sql, { database: "shop" });
      const { stdout } = await must("import", "postgresql", "${env:ORDERS_URL}", "--format", "json");
      // The last groups have memberships of their own.
      const [one = "", other = ""] = (JSON.parse(stdout) as Imported).levels
        .map(({ role }) => role)
        .filter((role) => /^group_\d$/.test(role));
      await run(`REVOKE USAGE ON SCHEMA orders FROM group_17; ALTER ROLE ${one} LOGIN; GRANT pg_monitor TO ${other}`);
      const plan = await terraform("orders", "plan", "-detailed-exitcode");
      await run(`GRANT USAGE ON SCHEMA orders TO group_17; ALTER ROLE ${one} NOLOGIN; REVOKE pg_monitor FROM ${other}`);
      expect([plan.status, plan.text]).toEqual([2, expect.stringContaining("0 to add, 3 to change, 0 to destroy.")]);
    });

    test("without that state: roles are imported one by one, the first apply grants what is there, the plan after it is empty", async () => {
      const outdir = join(folder, "plainly");
      cpSync(join(directory, "cdktf.out"), join(outdir, "cdktf.out"), { recursive: true });
      const plainly = terraformOn(server(), { folder: outdir, outdir: join(outdir, "cdktf.out") });
      const done = async (...args: readonly string[]): Promise<string> => {
        const run = await plainly("orders", ...args);
        if (run.status !== 0)
          throw new Error(`terraform ${args.join(" ")}: ${run.status}\n${run.text.slice(0, 8_000)}`);
        return run.text;
      };
      await done("init");
      const file = join(outdir, "cdktf.out/stacks/orders/cdk.tf.json");
      const stack = JSON.parse(readFileSync(file, "utf8")) as Stack & { readonly import?: unknown };
      const { state } = adoptedState(readFileSync(file, "utf8"), "orders");
      const { resources } = JSON.parse(state) as Adopted;
      // `import` blocks of Terraform 1.5 and later: all roles in one go.
      const blocks = resources
        .filter(({ type }) => type === "postgresql_role")
        .map(({ type, name, instances }) => ({
          to: `${type}.${name}`,
          id: escapedId(String(instances[0]?.attributes["name"])),
        }));
      writeFileSync(file, JSON.stringify({ ...stack, import: blocks }));
      const grants = resources.length - blocks.length;
      expect(await done("plan")).toContain(`${blocks.length} to import, ${grants} to add, 0 to change, 0 to destroy.`);
      expect(await done("apply", "-auto-approve")).toContain(
        `${blocks.length} imported, ${grants} added, 0 changed, 0 destroyed`,
      );
      expect(await done("plan", "-detailed-exitcode")).toContain("No changes.");
      // But for privileges on columns of a table that has them as a whole: they add nothing, and nothing is lost with them.
      const plain = (rows: readonly unknown[]) => sortedLists(rows).filter(({ what }) => what !== "column");
      expect(plain(await accessOf(server(), "shop"))).toEqual(plain(before));
      expect(await columnsOf(server(), "shop")).toEqual(columns);
    });
  },
);

/** The commands that docs/import.md shows, as the shell reads them. */
const steps = (/^```sh\n(.*?)^```$/ms.exec(readFileSync(join(projectRoot, "docs/import.md"), "utf8"))?.[1] ?? "")
  .split("\n")
  .filter((line) => /^(?:leasehold|terraform) /.test(line))
  .map((line) => line.split(" ").map((word) => word.replaceAll("'", "")));

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

interface Adopted {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

interface Imported {
  readonly program: string;
  readonly levels: readonly { readonly role: string }[];
  readonly unsaid: readonly { readonly role?: string; readonly isWhole: boolean }[];
  readonly debts: readonly { readonly login: string; readonly pullRequest?: { readonly rule: string } }[];
}

/** The id of an import block is an expression. */
function escapedId(name: string): string {
  return name.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Granted anew, an entry stands at the end of its list: the order of a list means nothing. */
function sortedLists(rows: readonly unknown[]): readonly { readonly what: string; readonly acl: string | null }[] {
  return rows.map((row) => {
    const { acl, ...rest } = row as { readonly what: string; readonly acl: string | null };
    return { ...rest, acl: acl === null ? null : [...acl].sort().join("") };
  });
}

function makeRepository(directory: string): void {
  mkdirSync(directory);
  cpSync(join(projectRoot, "examples/quickstart/leasehold.yaml"), join(directory, "leasehold.yaml"));
  writeProgram(directory, "");
}

function writeProgram(directory: string, rules: string): void {
  const names = "AccessApp, AccessRule, Approval, Connection, Duration, Group, PostgresqlLevel, ServiceAccount, User";
  writeFileSync(
    join(directory, "access.ts"),
    `import { ${names} } from "leasehold";
import { declareImported } from "./imported";
const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("platform")) });
const ben = new User(app, "ben", { email: "ben@example.org" });
new Group(app, "platform", { members: [ben] });
declareImported(app);
${rules}
export default app;
`,
  );
}
