import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { unseal } from "../../lib/adapters/age";
import { tryLogIn } from "../contract/postgresql-gateway";
import ssh from "../fixtures/age-ssh.json";
import { directLeases, reconcilerPassword, type DirectLeases } from "../support/direct-leases";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../support/postgres";
import { newRepository } from "./support/leasehold";

for (const from of postgresOrigins()) {
  describeWith(postgres, `leases in PostgreSQL itself, by the command line (${from})`, () => {
    const server = postgresForTests({
      from,
      settings: { log_statement: "all", log_destination: "stderr", max_prepared_transactions: "5" },
    });
    let world: DirectLeases;

    beforeAll(async () => {
      world = await directLeases(await newRepository(), server());
    });

    const active = async (
      name: string,
      level: "read" | "write" | "migrate",
      duration = "1h",
      who = "ana@example.com",
    ) => {
      world.ask({ name, level, duration, for: who });
      return world.must("apply", "--yes");
    };
    const psql = (who: "ana" | "ben", level: "read" | "write" | "migrate", ...args: string[]) =>
      world.line.with(world.holder(who), "connect", `orders-db/${level}`, "--", "-X", "-A", "-t", ...args);
    /** Printed once, and so asked for once. */
    const printed = new Map<string, Login>();
    const loginOf = async (name: string, who: "ana" | "pipeline" = "ana"): Promise<Login> => {
      const known = printed.get(name);
      if (known !== undefined) return known;
      const ran = await world.line.with(world.holder(who), "credentials", name, "--format", "json");
      if (ran.exitCode !== 0) throw new Error(ran.stderr);
      const login = JSON.parse(ran.stdout) as Login;
      printed.set(name, login);
      return login;
    };
    /** What stands sealed in the Log, as whoever has the key of its holder can open it at any time. */
    const sealedLogins = async (who: "ana" | "pipeline") => {
      const text = readFileSync(world.holder(who)["LEASEHOLD_AGE_KEY_FILE"] ?? "", "utf8");
      const records = world.line.read(".leasehold/log/chain.jsonl").trimEnd().split("\n");
      const sealed = records.flatMap((one) => (JSON.parse(one) as { body: { sealed?: string } }).body.sealed ?? []);
      const opened = await Promise.allSettled(sealed.map((one) => unseal(one, { text, named: who })));
      return opened.flatMap((one) => (one.status === "fulfilled" ? [JSON.parse(one.value) as Login] : []));
    };
    const logIn = (login: Login) =>
      tryLogIn(server(), { user: login.user, password: login.password, database: world.database });

    it("lets in whom the rules let in, as far as the level goes, and shows nobody the password", async () => {
      expect(await active("look", "read")).toContain("1 activated");
      const allowed = await psql("ana", "read", "-c", "SELECT id, session_user FROM orders");
      expect(allowed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^1\|lh_[0-9a-f]{40}\n$/) });
      const refused = await psql("ana", "read", "-v", "ON_ERROR_STOP=1", "-c", "INSERT INTO orders VALUES (2)");
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toContain("permission denied");
      const { password } = await loginOf("look");
      expect([allowed, refused].map(({ stdout, stderr }) => stdout + stderr).join("")).not.toContain(password);
      expect(readdirSync(tmpdir()).filter((one) => /^leasehold-[A-Za-z0-9]{6}$/.test(one) && hasPassFile(one))).toEqual(
        [],
      );
    });

    it("prints it once: what is sealed in the Log opens nothing from then on", async () => {
      const login = await loginOf("look");
      const [sealed] = await sealedLogins("ana");
      expect(sealed).toMatchObject({ user: login.user, password: expect.stringMatching(/^[0-9a-f]{40}$/) });
      expect(await logIn(sealed!)).toBeUndefined();
      const again = await world.line.with(world.holder("ana"), "credentials", "look");
      expect(again).toMatchObject({ exitCode: 5, stdout: "" });
      expect(again.stderr).toContain("was handed out before");
      const refused = await psql("ana", "read", "-c", "SELECT 1");
      expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
      expect(refused.stderr).toContain("`leasehold credentials` may have handed this lease's login out");
      const client = await logIn(login);
      expect((await client?.query("SELECT id FROM orders"))?.rows).toEqual([{ id: 1 }]);
      await client?.end();
      expect(await world.must("status")).not.toContain("altered");
      expect(await world.must("reconcile")).not.toContain("revoked");
      expect(await logIn(login).then((one) => one?.end().then(() => "in"))).toBe("in");
    });

    it("hands nothing out where the server does not take it, and says so", async () => {
      await active("write-first", "write");
      const [lease] = await world.query("SELECT role FROM leasehold.lease WHERE connection = 'orders-db-write'");
      await world.query(`ALTER ROLE ${String(lease?.["role"])} SET default_transaction_read_only = on`);
      const ran = await world.line.with(world.holder("ana"), "credentials", "write-first");
      await world.query(`ALTER ROLE ${String(lease?.["role"])} RESET default_transaction_read_only`);
      expect(ran).toMatchObject({ exitCode: 10, stdout: "" });
      expect(ran.stderr).toContain("SQLSTATE 25006");
      expect(await psql("ana", "write", "-c", "SELECT 1")).toMatchObject({ exitCode: 0 });
      await world.must("revoke", "write-first", "--as", "ana@example.com");
    });

    it("opens it with the holder's key alone", async () => {
      const other = await world.line.with(world.holder("ben"), "credentials", "look");
      expect(other).toMatchObject({ exitCode: 3, stdout: "" });
      expect(other.stderr).toContain("no key in it opens what was sealed to you");
      const none = await world.line.run("credentials", "look");
      expect(none).toMatchObject({ exitCode: 3, stdout: "" });
      expect(none.stderr).toContain("age-keygen");
    });

    it("puts out whoever gives back in the middle of a transaction, within 5 s, and for good", async () => {
      const login = await loginOf("look");
      const open = (await logIn(login)) as Client;
      const ended = new Promise((resolve) => open.once("end", resolve));
      await open.query("BEGIN");
      await open.query("SELECT id FROM orders");
      await world.must("revoke", "look", "--as", "ana@example.com");
      await ended;
      await expect(open.query("SELECT 1")).rejects.toThrow(/terminat|not queryable|closed/);
      expect(await logIn(login)).toBeUndefined();
      expect(await world.line.with(world.holder("ana"), "credentials", "look")).toMatchObject({ exitCode: 5 });
      await world.must("reconcile");
      expect(await logIn(login)).toBeUndefined();
    });

    it("lets nobody in after the end while nothing of ours runs, and the next pass cuts what was open", async () => {
      await active("short", "write", "8s");
      const login = await loginOf("short");
      const open = (await logIn(login)) as Client;
      const ended = new Promise((resolve) => open.once("end", resolve));
      for (;;) {
        const again = await logIn(login);
        if (again === undefined) break;
        await again.end();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const [until] = await world.query(
        "SELECT rolvaliduntil <= now() AS is_over, rolcanlogin FROM pg_roles WHERE rolname = $1",
        [login.user],
      );
      expect(until).toEqual({ is_over: true, rolcanlogin: true });
      expect((await open.query("SELECT count(*) FROM orders")).rows).toEqual([{ count: "1" }]);
      await world.must("reconcile");
      await ended;
      await expect(open.query("SELECT 1")).rejects.toThrow(/terminat|not queryable|closed/);
      const [role] = await world.query("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", [login.user]);
      expect(role).toEqual({ rolcanlogin: false });
    });

    it("lets what a migration makes belong to the owner that the level names", async () => {
      await active("migration", "migrate");
      const made = await psql("ana", "migrate", "-c", "CREATE TABLE made (id int)");
      expect(made).toMatchObject({ exitCode: 0 });
      const url = (await world.line.with(world.holder("ana"), "credentials", "migration")).stdout.trim();
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query("CREATE TABLE made_by_url (id int)");
      await client.end();
      const owners = await world.query("SELECT DISTINCT tableowner FROM pg_tables WHERE tablename LIKE 'made%'");
      expect(owners).toEqual([{ tableowner: `owner of ${world.database}` }]);
    });

    it("opens with a key of SSH that the rules have for the holder, as with one of age", async () => {
      await active("by-ssh", "read", "1h", "ben@example.com");
      const file = world.line.path("..", "id_ed25519");
      writeFileSync(file, ssh.ed25519.private, { mode: 0o600 });
      const select = ["--", "-X", "-A", "-t", "-c", "SELECT id FROM orders"];
      expect(
        await world.line.run("connect", "orders-db/read", "--as", "ben@example.com", "--key-file", file, ...select),
      ).toMatchObject({
        exitCode: 0,
        stdout: "1\n",
      });
      const byAge = await world.line.with(world.holder("ben"), "connect", "orders-db/read", ...select);
      expect(byAge).toMatchObject({ exitCode: 0, stdout: "1\n" });
      writeFileSync(file, ssh.rsa.private);
      const other = await world.line.run("credentials", "by-ssh", "--key-file", file);
      expect(other).toMatchObject({ exitCode: 3, stdout: "" });
      expect(other.stderr).toContain("no key in it opens what was sealed to you");
    });

    it("gives a pipeline a lease of its own", async () => {
      await active("nightly", "read", "1h", "service:pipeline");
      const client = await logIn(await loginOf("nightly", "pipeline"));
      expect((await client?.query("SELECT id FROM orders"))?.rows).toEqual([{ id: 1 }]);
      await client?.end();
    });

    it("says in plan and doctor what an ended lease has left prepared, and which logins do not look at VALID UNTIL", async () => {
      await active("two-phase", "write");
      const holder = (await logIn(await loginOf("two-phase"))) as Client;
      await holder.query("BEGIN");
      await holder.query("INSERT INTO orders VALUES (9)");
      await holder.query("PREPARE TRANSACTION 'later'");
      await world.must("revoke", "two-phase", "--as", "ana@example.com");
      const path = join(server().directory, "cluster", "pg_hba.conf");
      const before = readFileSync(path, "utf8");
      appendFileSync(path, "host all all 10.0.0.0/8 trust\n");
      await world.query("SELECT pg_reload_conf()");
      for (const command of ["plan", "doctor"]) {
        const { stdout } = await world.line.with(world.reconciler, command);
        const words = stdout.replaceAll(/\s+/g, " ");
        expect(words).toContain("has ended and left 1 prepared transaction, which keeps its locks");
        expect(words).toMatch(/Line \d+ of pg_hba\.conf \(host, trust\) can let a lease role in/);
      }
      writeFileSync(path, before);
      await world.query("SELECT pg_reload_conf()");
      await world.query("ROLLBACK PREPARED 'later'");
      expect((await world.line.with(world.reconciler, "doctor")).stdout).not.toMatch(/prepared|pg_hba/);
    });

    it("says in the plan who has no key, and that sessions last without us", async () => {
      world.ask({ name: "keyless", level: "read", duration: "1h", for: "cleo@example.com" });
      const refused = await world.line.with(world.reconciler, "plan");
      expect(refused.exitCode).toBe(5);
      expect(refused.stdout).toContain("cleo@example.com has no key in the rules");
      const doctor = await world.line.with(world.reconciler, "doctor");
      expect(doctor.stdout).toContain("It cuts sessions only while Leasehold runs");
    });

    it("says in the plan which level has no role, and whose membership nobody declared", async () => {
      await world.query(`CREATE ROLE "zoe of ${world.database}" LOGIN IN ROLE "read of ${world.database}"`);
      await world.query(`ALTER ROLE "write of ${world.database}" RENAME TO "gone of ${world.database}"`);
      const plan = await world.line.with(world.reconciler, "plan");
      expect(plan.stdout).toContain(
        `zoe of ${world.database} has access on orders-db-read at gateway main that is not ours`,
      );
      expect(plan.stdout).toContain("Level orders-db-write cannot be given at gateway main");
      await world.query(`ALTER ROLE "gone of ${world.database}" RENAME TO "write of ${world.database}"`);
    });

    it("leaves no password in Log, plan, output, server log or what the server shows of its sessions", async () => {
      const passwords = [
        await loginOf("nightly", "pipeline"),
        ...(await sealedLogins("pipeline")),
        ...(await sealedLogins("ana")),
      ];
      expect(passwords.length).toBeGreaterThan(3);
      const kept = everyFile(join(world.line.directory, ".leasehold"));
      const shown = await world.query("SELECT string_agg(query, ' ') AS text FROM pg_stat_activity");
      // The superuser of this test gave the reconciler its password by such a statement.
      const log = server().log().replaceAll(`PASSWORD '${reconcilerPassword}'`, "");
      expect(log).toContain("leasehold.hold");
      for (const secret of [...passwords.map(({ password }) => password), reconcilerPassword]) {
        expect([...kept, JSON.stringify(shown), log].filter((text) => text.includes(secret))).toEqual([]);
      }
    });
  });
}

interface Login {
  readonly user: string;
  readonly password: string;
}

function hasPassFile(name: string): boolean {
  return readdirSync(join(tmpdir(), name)).includes("pgpass");
}

function everyFile(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? everyFile(path) : [readFileSync(path, "utf8")];
  });
}
