import { readFileSync } from "node:fs";
import { join } from "node:path";
import app from "../../examples/company/access";
import { declaredLevels, writeTerraform } from "../../lib/terraform";
import { temporaryFolder } from "../support/folders";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, postgresPassword } from "../support/postgres";
import { addedRoles, makeCompanyDatabases, may } from "./support/databases";
import { terraformOn, terraformProgram, type Terraform } from "./support/terraform";

const stacks = ["customers-db", "ledger-db", "orders-db", "payments-db", "staging-pg", "warehouse"];

// At Terraform's default parallelism; through the stand-in of test/doubles/terraform-postgresql, or the real provider where
// LEASEHOLD_POSTGRESQL_PROVIDER names it.
describeWith(
  [postgres, terraformProgram],
  "Terraform, with the stacks of examples/company on a real PostgreSQL",
  () => {
    const server = postgresForTests();
    const folder = temporaryFolder();
    const outdir = join(folder, "cdktf.out");
    let terraform: Terraform;

    beforeAll(async () => {
      await makeCompanyDatabases(server());
      writeTerraform(declaredLevels(app), { outdir });
      terraform = terraformOn(server(), { folder, outdir });
    }, 120_000);

    const runs = async (stack: string, status: number, ...args: readonly string[]): Promise<string> => {
      const run = await terraform(stack, ...args);
      if (run.status !== status) throw new Error(`terraform ${args.join(" ")} in ${stack}: ${run.status}\n${run.text}`);
      return run.text;
    };
    const applied = async (stack: string): Promise<void> => {
      await runs(stack, 0, "init");
      await runs(stack, 0, "apply", "-auto-approve");
    };
    const destroyed = async (stack: string): Promise<void> => {
      await runs(stack, 0, "destroy", "-auto-approve");
      expect(await addedRoles(server())).toEqual([]);
    };

    test.each(stacks)("validates, plans and applies %s, plans no change then, and takes it away", async (stack) => {
      await runs(stack, 0, "init");
      expect(await runs(stack, 0, "validate")).toContain("The configuration is valid");
      await runs(stack, 2, "plan", "-detailed-exitcode");
      await runs(stack, 0, "apply", "-auto-approve");
      expect(await runs(stack, 0, "plan", "-detailed-exitcode")).toContain("No changes.");
      await destroyed(stack);
    });

    test("lets each level do what it carries, and nothing else", async () => {
      await applied("orders-db");
      const allowed = async (role: string, sql: string) => may(server(), { role, database: "orders", sql });
      expect(await allowed("orders-db-read", "SELECT * FROM orders.orders, orders.lines, orders.open")).toBe(true);
      expect(await allowed("orders-db-read", "SELECT * FROM orders.cards")).toBe(false);
      expect(await allowed("orders-db-read", "DELETE FROM orders.orders")).toBe(false);
      expect(await allowed("orders-db-write", "INSERT INTO orders.orders (state) VALUES ('new')")).toBe(true);
      expect(await allowed("orders-db-write", "DROP TABLE orders.orders")).toBe(false);
      // Whoever logs in for a gateway has its level and no other.
      expect(await allowed("leasehold_read", "SELECT * FROM orders.orders")).toBe(true);
      expect(await allowed("leasehold_read", "DELETE FROM orders.orders")).toBe(false);
      await server().query("SET ROLE orders_owner; CREATE TABLE shipping.later (id int)", { database: "orders" });
      expect(await allowed("orders-db-read", "SELECT * FROM shipping.later")).toBe(true);
      expect(await runs("orders-db", 0, "plan", "-detailed-exitcode")).toContain("No changes.");
      await destroyed("orders-db");
      await server().query("DROP TABLE shipping.later", { database: "orders" });
    });

    test("grants columns, named tables and functions alone", async () => {
      for (const stack of ["customers-db", "ledger-db"]) {
        await applied(stack);
        const database = stack === "customers-db" ? "customers" : "ledger";
        const allowed = async (sql: string) => may(server(), { role: `${database}-db-read`, database, sql });
        const [yes, no] =
          database === "customers"
            ? [
                ["SELECT id, postcode FROM crm.customers", "UPDATE crm.tickets SET note = ''"],
                ["SELECT iban FROM crm.customers", "SELECT * FROM crm.customers", "UPDATE crm.tickets SET id = 1"],
              ]
            : [
                ["SELECT ledger.balance(NULL), ledger.statement()", "SELECT * FROM ledger.accounts"],
                ["SELECT * FROM ledger.entries"],
              ];
        for (const sql of yes) expect([sql, await allowed(sql)]).toEqual([sql, true]);
        for (const sql of no) expect([sql, await allowed(sql)]).toEqual([sql, false]);
        await destroyed(stack);
      }
    });

    test("lets who migrates alter what the owners own, and make what they own", async () => {
      await applied("staging-pg");
      const role = "staging-payments-db-write";
      const migrates = async (sql: string) => may(server(), { role, database: "payments", sql });
      expect(await migrates("ALTER TABLE payments.payments ADD COLUMN note text")).toBe(true);
      expect(await migrates("SET LOCAL ROLE payments_owner; CREATE TABLE payments.made (id int)")).toBe(true);
      expect(await migrates("CREATE SCHEMA elsewhere")).toBe(true);
      expect(await may(server(), { role, database: "warehouse", sql: "SELECT * FROM facts.parcels" })).toBe(false);
      await destroyed("staging-pg");
    });

    test("finds what somebody changed by hand, and puts it right", async () => {
      await applied("orders-db");
      const drifts = [
        ['ALTER ROLE "orders-db-read" LOGIN', /login\s+= true -> false/],
        ['GRANT orders_owner TO "orders-db-read"', /- "orders_owner"/],
        ['GRANT DELETE ON orders.orders TO "orders-db-read"', /- "DELETE"/],
        ['REVOKE SELECT ON shipping.parcels FROM "orders-db-write"', /\+ "SELECT"/],
      ] as const;
      for (const [sql, shown] of drifts) {
        await server().query(sql, { database: "orders" });
        expect(await runs("orders-db", 2, "plan", "-detailed-exitcode")).toMatch(shown);
        await runs("orders-db", 0, "apply", "-auto-approve");
        expect(await runs("orders-db", 0, "plan", "-detailed-exitcode")).toContain("No changes.");
      }
      await destroyed("orders-db");
    });

    test("does not see the members of a level, so that leases come and go, and their roles outlive the level", async () => {
      await applied("orders-db");
      await server().query('CREATE ROLE lh_somebody LOGIN; GRANT "orders-db-read" TO lh_somebody');
      expect(await runs("orders-db", 0, "plan", "-detailed-exitcode")).toContain("No changes.");
      await runs("orders-db", 0, "destroy", "-auto-approve");
      expect(await addedRoles(server())).toEqual(["lh_somebody"]);
      await server().query("DROP ROLE lh_somebody");
    });

    test("grants on a table that somebody else made with the next apply, and stops at one that was dropped until its state is forgotten", async () => {
      await applied("orders-db");
      const role = "orders-db-read";
      const reads = async (table: string) => may(server(), { role, database: "orders", sql: `SELECT * FROM ${table}` });
      await server().query("CREATE TABLE orders.by_admin (id int)", { database: "orders" });
      expect(await reads("orders.by_admin")).toBe(false);
      expect(await runs("orders-db", 2, "plan", "-detailed-exitcode")).toContain('"by_admin"');
      await runs("orders-db", 0, "apply", "-auto-approve");
      expect([await reads("orders.by_admin"), await reads("orders.cards")]).toEqual([true, false]);
      await server().query("DROP TABLE orders.by_admin", { database: "orders" });
      expect(await runs("orders-db", 1, "apply", "-auto-approve")).toContain(
        'relation "orders.by_admin" does not exist',
      );
      expect([await reads("orders.orders"), await reads("orders.cards")]).toEqual([true, false]);
      for (const address of (await runs("orders-db", 0, "state", "list")).split("\n").filter(isTablesOfOrders)) {
        await runs("orders-db", 0, "state", "rm", address);
      }
      await runs("orders-db", 0, "apply", "-auto-approve");
      expect([await reads("orders.orders"), await reads("orders.cards")]).toEqual([true, false]);
      await destroyed("orders-db");
    });

    test("refuses to plan on a table whose name would be run by the provider", async () => {
      await server().query('CREATE TABLE orders."x() TO PUBLIC; --" (id int)', { database: "orders" });
      await runs("orders-db", 0, "init");
      expect(await runs("orders-db", 1, "plan")).toContain("has a parenthesis");
      await server().query('DROP TABLE orders."x() TO PUBLIC; --"', { database: "orders" });
    });

    test("is applied by an administrator who is no superuser: one that sees the tables, or there are none to name", async () => {
      await server().query(
        `CREATE ROLE keeper LOGIN CREATEROLE PASSWORD '${postgresPassword}'; ALTER DATABASE orders OWNER TO keeper`,
      );
      const keeping = terraformOn(server(), {
        folder: join(folder, "keeping"),
        outdir,
        variables: { PGUSER: "keeper" },
      });
      const keeper = async (status: number, ...args: readonly string[]) => {
        const run = await keeping("orders-db", ...args);
        if (run.status !== status) throw new Error(`${run.status}: ${run.text}`);
        return run.text;
      };
      await keeper(0, "init");
      expect(await keeper(1, "plan")).toContain("sees no other tables there");
      await server().query("GRANT orders_owner TO keeper");
      await keeper(0, "apply", "-auto-approve");
      await keeper(0, "plan", "-detailed-exitcode");
      const reads = { role: "orders-db-read", database: "orders", sql: "SELECT * FROM orders.orders" };
      expect(await may(server(), reads)).toBe(true);
      await keeper(0, "destroy", "-auto-approve");
      await server().query("ALTER DATABASE orders OWNER TO postgres; DROP ROLE keeper");
      expect(await addedRoles(server())).toEqual([]);
    });

    test("has a password of a service role in the server alone: not in the state, not in the plan", async () => {
      const secret = "canary-of-a-service-role";
      const variables = { TF_VAR_password_leasehold_read: secret, TF_VAR_password_version_leasehold_read: "1" };
      const giving = terraformOn(server(), { folder: join(folder, "giving"), outdir, variables });
      await giving("orders-db", "init");
      await giving("orders-db", "plan", "-out=plan.bin");
      const run = await giving("orders-db", "apply", "plan.bin");
      expect([run.status, run.text]).toEqual([0, expect.not.stringContaining(secret)]);
      const [row] = await server().query(
        "SELECT rolpassword AS password FROM pg_authid WHERE rolname = 'leasehold_read'",
      );
      expect(row?.["password"]).toMatch(/^SCRAM-SHA-256\$/);
      for (const file of [join(folder, "terraform.orders-db.tfstate"), join(outdir, "stacks/orders-db/plan.bin")]) {
        expect(readFileSync(file).includes(secret)).toBe(false);
      }
      await destroyed("orders-db");
    });
  },
);

function isTablesOfOrders(address: string): boolean {
  return /^postgresql_grant\.levels_orders-db_(?:read|write)_tables_orders_all_/.test(address);
}
