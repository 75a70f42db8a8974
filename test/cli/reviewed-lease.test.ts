/** Issue 4, shows 1, approved by another person in a pull request: from the request to a session, and out again. */
import type { Client } from "pg";
import { tryLogIn } from "../contract/postgresql-gateway";
import { directDatabase, directRequest, type DirectDatabase } from "../support/direct-leases";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { OnGitHub } from "./support/on-github";

describeWith(postgres, "a lease in PostgreSQL that a lead approves in a pull request", () => {
  const server = postgresForTests();
  let made: DirectDatabase;
  let on: OnGitHub;

  beforeAll(async () => {
    made = await directDatabase(server());
    on = await OnGitHub.open((line) => made.fill(line, { approval: "on GitHub" }), made.reconciler);
    const sql = await on.run("gateway", "sql");
    await made.install(sql.stdout);
  }, 120_000);

  const asAna = (...args: string[]) => on.line.with(made.holder(on.line, "ana"), ...args);
  const connect = (sql: string) =>
    asAna("connect", "orders-db/write", "--", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql);
  const loginOf = async (name: string) => {
    const ran = await asAna("credentials", name, "--format", "json");
    if (ran.exitCode !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout) as { readonly user: string; readonly password: string };
  };
  const logIn = ({ user, password }: { readonly user: string; readonly password: string }) =>
    tryLogIn(server(), { user, password, database: made.database });
  const openRoles = () => made.query("SELECT rolname FROM pg_roles WHERE rolname ~ '^lh_' AND rolcanlogin");
  const ask = (name: string, duration: string) =>
    on.open({ [`requests/${name}.yaml`]: directRequest({ name, level: "write", duration }) });

  it("is not given before, and an approval by who is no lead is none", async () => {
    const { number } = await ask("own", "1h");
    expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "action_required" });
    await on.approve(number, "dan");
    expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "action_required" });
    await on.merge(number);
    expect((await on.apply()).exitCode).toBe(5);
    expect(await openRoles()).toEqual([]);
    expect(await connect("SELECT 1")).toMatchObject({ exitCode: 5, stdout: "" });
  });

  it("lets in after it, as far as the level goes and no further", async () => {
    const { number } = await ask("fix", "1h");
    await on.approve(number, "ben");
    expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "success" });
    await on.merge(number);
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    expect(await on.comment(number)).toContain("Applied: 1 grant is active");
    expect(await connect("INSERT INTO orders VALUES (2) RETURNING session_user")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^lh_[0-9a-f]{40}\n/),
    });
    for (const sql of [
      "DELETE FROM orders",
      "DROP TABLE orders",
      "CREATE TABLE mine (id int)",
      `SET ROLE "owner of ${made.database}"`,
      "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'",
      "SELECT * FROM leasehold.lease",
    ]) {
      const refused = await connect(sql);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toMatch(/permission denied|must be owner/);
    }
    expect(await made.query("SELECT id FROM orders ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it("puts out whoever gives it back in the middle of a transaction, which is undone, and keeps them out", async () => {
    const login = await loginOf("fix");
    const open = (await logIn(login)) as Client;
    const ended = new Promise((resolve) => open.once("end", resolve));
    await open.query("BEGIN");
    await open.query("INSERT INTO orders VALUES (3)");
    // It comes back when a look has found no session; `npm run test:leases` says how long that takes.
    expect(await on.run("revoke", "fix", "--as", "ana@example.com")).toMatchObject({ exitCode: 0 });
    await ended;
    await expect(open.query("COMMIT")).rejects.toThrow(/terminat|not queryable|closed/);
    expect(await made.query("SELECT id FROM orders WHERE id = 3")).toEqual([]);
    expect(await logIn(login)).toBeUndefined();
    // The file is still in Git, and still approved: ended stays ended.
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    expect(await on.run("reconcile")).toMatchObject({ exitCode: 0 });
    expect(await logIn(login)).toBeUndefined();
    expect(await openRoles()).toEqual([]);
  });

  it("lets nobody in after its end while nothing of ours runs, and the next pass cuts what was open", async () => {
    const { number } = await ask("short", "10s");
    await on.approve(number, "cleo");
    await on.merge(number);
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    const login = await loginOf("short");
    const open = (await logIn(login)) as Client;
    const ended = new Promise((resolve) => open.once("end", resolve));
    await open.query("BEGIN");
    await open.query("INSERT INTO orders VALUES (4)");
    for (let again = await logIn(login); again !== undefined; again = await logIn(login)) {
      await again.end();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const facts = "SELECT rolvaliduntil <= now() AS is_over, rolcanlogin FROM pg_roles WHERE rolname = $1";
    expect(await made.query(facts, [login.user])).toEqual([{ is_over: true, rolcanlogin: true }]);
    // As docs/postgresql.md says: what is open goes on until a pass cuts it.
    expect((await open.query("SELECT count(*)::int AS n FROM orders")).rows).toEqual([{ n: 3 }]);
    expect(await on.run("reconcile")).toMatchObject({ exitCode: 0 });
    await ended;
    await expect(open.query("COMMIT")).rejects.toThrow(/terminat|not queryable|closed/);
    expect(await openRoles()).toEqual([]);
    expect(await made.query("SELECT id FROM orders WHERE id = 4")).toEqual([]);
  });
});
