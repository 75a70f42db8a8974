/** The login of the reconciler of a PostgreSQL database, in an attacker's hand: what it can do, and what it cannot. */
import { Client } from "pg";
import { applyOne, alice, bob, hold, read, write } from "../contract/fixtures";
import { postgresqlGateway, quoted, tryLogIn, type PostgresqlUnderTest } from "../contract/postgresql-gateway";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../support/postgres";

for (const from of postgresOrigins()) {
  describeWith(postgres, `the reconciler's login in an attacker's hand (${from})`, () => {
    const server = postgresForTests({ from });
    let under: PostgresqlUnderTest;
    let attacker: Client;
    let aliceRole: string;

    beforeAll(async () => {
      under = await postgresqlGateway(server());
      await under.query(`CREATE ROLE ${quoted(unstated())} NOLOGIN; CREATE TABLE secrets (v text);
        GRANT SELECT ON secrets TO ${quoted(unstated())}; CREATE ROLE ${quoted(human())} LOGIN PASSWORD 'of-a-human'`);
      const provider = under.provider();
      await applyOne(under, provider, hold(under));
      await provider.close();
      aliceRole = (await under.secretOf(alice, read))?.user ?? "";
      attacker = new Client({ connectionString: under.url });
      attacker.on("error", () => undefined);
      await attacker.connect();
    });
    afterAll(async () => {
      await attacker.end();
    });

    const unstated = () => `unstated of ${under.database}`;
    const human = () => `human of ${under.database}`;
    const stateOf = async (sql: string, parameters: unknown[] = []): Promise<string> => {
      try {
        await attacker.query(sql, parameters);
        return "done";
      } catch (thrown) {
        return String((thrown as { readonly code?: string }).code);
      }
    };
    const call = async (person: string, connection: string, over: { readonly verifier?: string | null } = {}) => {
      const { verifier = knownVerifier } = over;
      const { rows } = await attacker.query(
        "SELECT leasehold.hold($1, $2, $3, $4, 0, 60000, 0, $5, 'sealed', 10) AS answer",
        [under.installation, person, connection, someGrant(), verifier],
      );
      return rows[0].answer as Record<string, unknown>;
    };

    it.each([
      ["make itself a superuser", () => "ALTER ROLE leasehold_reconciler SUPERUSER", "42501"],
      ["let itself make roles", () => "ALTER ROLE leasehold_reconciler CREATEROLE", "42501"],
      ["make a role", () => "CREATE ROLE mine LOGIN", "42501"],
      ["become the owner of the functions", () => "SET ROLE leasehold_owner", "42501"],
      ["become a level", () => `SET ROLE ${quoted(under.roles.read)}`, "42501"],
      ["become the lease role of a person", () => `SET ROLE ${quoted(aliceRole)}`, "42501"],
      ["become a person's own role", () => `SET SESSION AUTHORIZATION ${quoted(human())}`, "42501"],
      ["give itself a level", () => `GRANT ${quoted(under.roles.read)} TO leasehold_reconciler`, "42501"],
      ["give itself a level that nobody stated", () => `GRANT ${quoted(unstated())} TO leasehold_reconciler`, "42501"],
      ["set the password of a person's lease role", () => `ALTER ROLE ${quoted(aliceRole)} PASSWORD 'x'`, "42501"],
      ["set the password of a person's own role", () => `ALTER ROLE ${quoted(human())} PASSWORD 'x'`, "42501"],
      ["move the end of a lease by hand", () => `ALTER ROLE ${quoted(aliceRole)} VALID UNTIL 'infinity'`, "42501"],
      ["read verifiers", () => "SELECT rolpassword FROM pg_authid", "42501"],
      ["read what is sealed", () => "SELECT sealed FROM leasehold.lease", "42501"],
      ["state a level", () => "INSERT INTO leasehold.level VALUES ('x', 'postgres', 'x')", "42501"],
      ["raise the longest lease", () => "UPDATE leasehold.setting SET max_seconds = 1000000000", "42501"],
      ["forget that a grant is spent", () => "DELETE FROM leasehold.spent", "42501"],
      ["change a function", () => "ALTER FUNCTION leasehold.list() OWNER TO leasehold_reconciler", "42501"],
      ["put its own in their place", () => "CREATE FUNCTION leasehold.list(int) RETURNS int RETURN 1", "42501"],
      ["call the parts of the functions", () => "SELECT leasehold.level_flaw('postgres', 'postgres')", "42501"],
      ["read what levels are about", () => "SELECT * FROM orders", "42501"],
      [
        "end the sessions of others",
        () => "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
        "42501",
      ],
    ])("cannot %s", async (_, sql, state) => {
      expect(await stateOf(sql())).toBe(state);
    });

    it("cannot get a level that nobody stated, also by its role's name", async () => {
      expect(await call(alice, unstated())).toMatchObject({ refused: "permanent" });
      expect(await call(alice, "leasehold_owner")).toMatchObject({ refused: "permanent" });
      expect(await call(alice, "postgres")).toMatchObject({ refused: "permanent" });
    });

    it("cannot take over the lease that a person has: its password stays the person's", async () => {
      expect(await call(alice, read)).toMatchObject({ held: true, role: aliceRole });
      expect(await tryLogIn(server(), { user: aliceRole, password: knownPassword, database: under.database })).toBe(
        undefined,
      );
      const mine = await under.logIn(alice, read);
      expect(mine).toBeDefined();
      await mine?.end();
    });

    it("cannot hand in a password, only a verifier, so that none is ever logged", async () => {
      expect(await call(bob, read, { verifier: "hunter2" })).toMatchObject({ refused: "permanent" });
      expect(await call(bob, read, { verifier: null })).toMatchObject({ refused: "permanent" });
    });

    it("cannot make a lease longer than the admin said, or one that is over", async () => {
      const { rows } = await attacker.query(
        "SELECT leasehold.hold($1, $2, $3, $4, 0, 9000000000000, 0, $5, 'sealed', 10) AS answer",
        [under.installation, bob, write, someGrant(), knownVerifier],
      );
      const lasts = (rows[0].answer.ends_ms - rows[0].answer.created_ms) / 1000;
      expect(lasts).toBe(under.install.maxSeconds);
    });

    it.each([
      `x"; ALTER ROLE leasehold_reconciler SUPERUSER; --`,
      `x'; ALTER ROLE leasehold_reconciler SUPERUSER; --`,
      "$fn$; ALTER ROLE leasehold_reconciler SUPERUSER; --",
      `${'"'.repeat(63)}`,
      "%I %L %s",
    ])("cannot bring a statement in by a name: %s", async (name) => {
      await call(name, read);
      await attacker.query("SELECT leasehold.end_lease($1, $2, $3)", [under.installation, name, read]);
      await attacker.query("SELECT leasehold.end_lease($1, $2, $3)", [under.installation, alice, name]);
      const [role] = await under.query("SELECT rolsuper FROM pg_roles WHERE rolname = 'leasehold_reconciler'");
      expect(role).toEqual({ rolsuper: false });
    });

    it("cannot use what stands in a search path of its own", async () => {
      await attacker.query("SET search_path = pg_temp, public");
      await attacker.query("CREATE TEMP TABLE pg_roles (rolname name, rolsuper boolean)");
      await attacker.query(
        "CREATE FUNCTION pg_temp.format(text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'DROP TABLE orders' $$",
      );
      expect(await call("carol@example.com", read)).toMatchObject({ held: true });
      expect(await under.query("SELECT count(*)::int AS n FROM orders")).toEqual([{ n: 1 }]);
    });

    it("can open a lease of a stated level in anybody's name, which the next look shows without a record of ours", async () => {
      const answer = await call("dave@example.com", read);
      expect(answer).toMatchObject({ held: true });
      const provider = under.provider();
      const { leases } = await provider.observe();
      expect(leases.find((one) => one.person === "dave@example.com")).toMatchObject({ status: "live" });
      expect(await provider.findSpent([String(answer["grant"])])).toEqual(new Set([answer["grant"]]));
      await provider.close();
    });

    it("can end leases", async () => {
      const { rows } = await attacker.query("SELECT leasehold.end_lease($1, $2, $3) AS answer", [
        under.installation,
        alice,
        read,
      ]);
      expect(rows[0].answer).toMatchObject({ was_there: true });
      expect(await under.isLetIn(alice, read)).toBe(false);
    });
  });

  describeWith(postgres, `the login of who only looks, in an attacker's hand (${from})`, () => {
    const server = postgresForTests({ from });

    it("can see leases, and change nothing", async () => {
      const under = await postgresqlGateway(server());
      await under.query("ALTER ROLE leasehold_observer PASSWORD 'looks'");
      const client = (await tryLogIn(server(), {
        user: "leasehold_observer",
        password: "looks",
        database: under.database,
      })) as Client;
      expect((await client.query("SELECT leasehold.list() AS l")).rows[0].l.installation).toBeUndefined();
      for (const sql of [
        `SELECT leasehold.end_lease('${under.installation}', '${alice}', '${read}')`,
        `SELECT leasehold.hold('${under.installation}', 'a', '${read}', 'b', 0, 1, 1, 'c', 'd', 1)`,
        `SELECT leasehold.tidy('${under.installation}')`,
        "SELECT sealed FROM leasehold.lease",
      ]) {
        await expect(client.query(sql)).rejects.toMatchObject({ code: "42501" });
      }
      await client.end();
    });
  });
}

const knownPassword = "known-to-the-attacker";
/** Of `knownPassword`, with a salt of zeros. */
const knownVerifier =
  "SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$UvdMys+2H1mcU5pOMqP71c/YpgfkJQcYw2KgAjDSeEA=:p2X5gUIolcxsmK05DpwpR2mUK568mBzYK8j+Ko9b2I0=";
let grants = 0;

function someGrant(): string {
  grants += 1;
  return "a".repeat(24) + String.fromCharCode(97 + Math.floor(grants / 26), 97 + (grants % 26));
}
