import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { projectRoot, temporaryFolder } from "../support/folders";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { terraformOn, terraformProgram, type Terraform, type TerraformRun } from "./support/terraform";

// What the real provider was seen to do (cyrilgdn/postgresql 1.26.0 with Terraform 1.11.4), asked of the stand-in, or of the real
// one where LEASEHOLD_POSTGRESQL_PROVIDER names it.
describeWith([postgres, terraformProgram], "Terraform's provider for PostgreSQL", () => {
  const server = postgresForTests();
  const folder = temporaryFolder();
  const outdir = join(folder, "out");
  let terraform: Terraform;

  beforeAll(async () => {
    await server().newDatabase({ name: "shop" });
    await server().query("CREATE TABLE public.orders (id int); CREATE ROLE owner", { database: "shop" });
    terraform = terraformOn(server(), { folder, outdir });
  }, 60_000);

  const stack = async (name: string, resource: object): Promise<void> => {
    const directory = join(outdir, "stacks", name);
    mkdirSync(directory, { recursive: true });
    const required_providers = { postgresql: { source: "cyrilgdn/postgresql", version: "1.26.0" } };
    const document = {
      terraform: { required_providers },
      variable: { host: { type: "string" }, port: { type: "number" } },
      provider: { postgresql: [{ host: "${var.host}", port: "${var.port}" }] },
      resource,
    };
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(document));
    await done(name, "init");
  };
  const done = async (name: string, ...args: readonly string[]): Promise<string> => {
    const run = await terraform(name, ...args);
    if (run.status !== 0) throw new Error(`terraform ${args.join(" ")}: ${run.text}`);
    return run.text;
  };
  const apply = (name: string): Promise<TerraformRun> => terraform(name, "apply", "-auto-approve");
  const selecting = (role: string) => ({
    role,
    database: "shop",
    schema: "public",
    object_type: "table",
    privileges: ["SELECT"],
  });

  test("has exactly the schema of the real one", async () => {
    await stack("schema", { postgresql_role: { one: { name: "only_its_schema" } } });
    const said = JSON.parse(await done("schema", "providers", "schema", "-json")) as object;
    const fixture = join(projectRoot, "test/fixtures/terraform/postgresql-provider-1.26.0-schema.json");
    const known = JSON.parse(readFileSync(fixture, "utf8")) as object;
    expect(withoutWords(said)).toEqual(withoutWords(known));
  });

  test("fails at a grant on a table whose grants somebody else changes at the same time", async () => {
    await stack("racing", {
      postgresql_role: { one: { name: "racing" } },
      postgresql_grant: { one: { ...selecting("${postgresql_role.one.name}"), objects: ["orders"] } },
    });
    const other = new Client({ connectionString: server().url({ database: "shop" }) });
    await other.connect();
    await other.query("BEGIN; GRANT SELECT ON public.orders TO owner");
    const running = apply("racing");
    await untilSomebodyWaits();
    await other.query("COMMIT");
    await other.end();
    const run = await running;
    expect([run.status, run.text]).toEqual([1, expect.stringContaining("pq: tuple concurrently updated")]);
    expect(await apply("racing")).toMatchObject({ status: 0 });
    await done("racing", "destroy", "-auto-approve");
  });

  test("reads the roles of a role back, so that a grant_role beside a role without roles is no peace", async () => {
    await stack("roles", {
      postgresql_role: { one: { name: "member" } },
      postgresql_grant_role: { one: { role: "${postgresql_role.one.name}", grant_role: "owner" } },
    });
    await done("roles", "apply", "-auto-approve");
    const plan = await terraform("roles", "plan", "-detailed-exitcode");
    expect([plan.status, plan.text]).toEqual([2, expect.stringMatching(/- roles\s+= \[\s+- "owner"/)]);
    await done("roles", "destroy", "-auto-approve");
  });

  test("sees drift on every table of a schema, a new one too, but none of views", async () => {
    await stack("drift", {
      postgresql_role: { one: { name: "drifting" } },
      postgresql_grant: { one: selecting("${postgresql_role.one.name}") },
    });
    await done("drift", "apply", "-auto-approve");
    const planned = async (): Promise<number | null> => (await terraform("drift", "plan", "-detailed-exitcode")).status;
    await server().query("CREATE VIEW public.seen AS SELECT 1 AS one", { database: "shop" });
    expect(await planned()).toBe(0);
    await server().query("CREATE TABLE public.later (id int)", { database: "shop" });
    expect(await planned()).toBe(2);
    await done("drift", "apply", "-auto-approve");
    expect(await planned()).toBe(0);
    await server().query("DROP ROLE IF EXISTS nobody; DROP VIEW public.seen; DROP TABLE public.later", {
      database: "shop",
    });
    await done("drift", "destroy", "-auto-approve");
  });

  test("makes a role anew that somebody took away", async () => {
    await stack("gone", { postgresql_role: { one: { name: "gone", login: true, connection_limit: 3 } } });
    await done("gone", "apply", "-auto-approve");
    await server().query("DROP ROLE gone");
    expect(await done("gone", "apply", "-auto-approve")).toContain("1 added");
    const [row] = await server().query("SELECT rolcanlogin, rolconnlimit FROM pg_roles WHERE rolname = 'gone'");
    expect(row).toEqual({ rolcanlogin: true, rolconnlimit: 3 });
    await done("gone", "destroy", "-auto-approve");
  });

  test("says what PostgreSQL refused, and keeps what was made before", async () => {
    await stack("refused", {
      postgresql_role: { one: { name: "refused" } },
      postgresql_grant: { one: { ...selecting("${postgresql_role.one.name}"), schema: "nowhere" } },
    });
    const run = await apply("refused");
    expect([run.status, run.text]).toEqual([1, expect.stringContaining("could not find schema 'nowhere'")]);
    expect(await done("refused", "state", "list")).toBe("postgresql_role.one\n");
    await done("refused", "destroy", "-auto-approve");
  });

  test("imports a role by its name, and no grant, membership or default: these have no importer", async () => {
    await server().query(
      "CREATE ROLE there CONNECTION LIMIT 3; GRANT owner TO there; GRANT SELECT ON orders TO there",
      {
        database: "shop",
      },
    );
    await stack("imports", {
      postgresql_role: { one: { name: "there", connection_limit: 3, roles: ["owner"] } },
      postgresql_grant: { one: { ...selecting("there"), objects: ["orders"] } },
      postgresql_grant_role: { one: { role: "there", grant_role: "owner" } },
      postgresql_default_privileges: { one: { ...selecting("there"), owner: "owner" } },
    });
    expect(await done("imports", "import", "postgresql_role.one", "there")).toContain("Import successful!");
    for (const kind of ["grant", "grant_role", "default_privileges"]) {
      const run = await terraform("imports", "import", `postgresql_${kind}.one`, "there");
      expect([run.status, run.text]).toEqual([
        1,
        expect.stringContaining(`resource postgresql_${kind} doesn't support import`),
      ]);
    }
    // Nothing of the role is a change then; what could not be imported is still to be added.
    const plan = await done("imports", "plan");
    expect(plan).toContain("3 to add, 0 to change, 0 to destroy.");
    await server().query("DROP OWNED BY there; DROP ROLE there", { database: "shop" });
  });

  test("quotes names, whatever is in them", async () => {
    const name = 'orders-db/"read"; DROP TABLE orders; --';
    await stack("quoted", {
      postgresql_role: { one: { name } },
      postgresql_grant: { one: selecting("${postgresql_role.one.name}") },
    });
    await done("quoted", "apply", "-auto-approve");
    const rows = await server().query("SELECT 1 FROM pg_roles WHERE rolname = $1", { parameters: [name] });
    expect(rows.length).toBe(1);
    expect(await done("quoted", "plan", "-detailed-exitcode")).toContain("No changes.");
    await done("quoted", "destroy", "-auto-approve");
  });

  /** Until a transaction waits for another one. */
  async function untilSomebodyWaits(): Promise<void> {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- asked again and again
      const rows = await server().query("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'");
      if (rows.length > 0) return;
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

/** Without descriptions, which the fixture leaves out, and the version of the document around them. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !["description", "description_kind", "format_version"].includes(name))
      .map(([name, one]) => [name, withoutWords(one)]),
  );
}
