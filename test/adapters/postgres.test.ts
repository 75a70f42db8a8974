import { execFileSync } from "node:child_process";
import { chownSync, chmodSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { postgresSql } from "../../lib/adapters/postgres";
import type { Sql, SqlAnswer } from "../../lib/ports";
import { describeWith, testWith, type Need } from "../support/needs";
import { postgres, postgresForTests, type PostgresUrlOptions } from "../support/postgres";

const openssl: Need = { what: "openssl", command: "openssl", debianPackage: "openssl" };

describeWith(postgres, "a database through pg", () => {
  const server = postgresForTests();
  const opened: Sql[] = [];

  afterEach(async () => {
    for (const sql of opened.splice(0)) await sql.close();
  });

  function open(options: PostgresUrlOptions = {}): Sql {
    const environment = { XDG_CACHE_HOME: join(server().directory, "cache") };
    const sql = postgresSql({ root: __dirname, environment, url: server().url(options), named: "the test's URL" });
    opened.push(sql);
    return sql;
  }

  it("gives rows, and what the server refuses with its state", async () => {
    const sql = open();
    const text = "SELECT $1::text AS a, $2::bigint AS b, $3::integer[] AS c, $4::bytea AS d";
    const values = ['ü\' "x" {y}', 9_007_199_254_740_991, [1, 2], new Uint8Array([0, 255])];
    expect(await sql.query({ text, values })).toEqual({
      kind: "rows",
      rows: [{ a: values[0], b: "9007199254740991", c: [1, 2], d: Buffer.from([0, 255]) }],
    });
    expect(await sql.query({ text: "SELECT 1 FROM nothing_here" })).toMatchObject({ kind: "refused", state: "42P01" });
    expect(await sql.query({ text: "SELECT 1 AS one" })).toEqual({ kind: "rows", rows: [{ one: 1 }] });
  });

  it("says of a statement whose connection ends that nobody knows, and goes on with a new connection", async () => {
    const sql = open();
    const sleeping = sql.query({ text: "SELECT pg_sleep(60)" });
    expect(await killedOnce("pg_sleep")).toBe(true);
    expect(await sleeping).toMatchObject({ kind: "lost" });
    expect(await sql.query({ text: "SELECT 1 AS one" })).toMatchObject({ kind: "rows" });
  });

  it("sends nothing more on a session whose connection was lost: what hung on it is gone", async () => {
    const session = open().session();
    expect(await session.query({ text: "BEGIN" })).toMatchObject({ kind: "rows" });
    const sleeping = session.query({ text: "SELECT pg_sleep(60)" });
    expect(await killedOnce("pg_sleep")).toBe(true);
    expect(await sleeping).toMatchObject({ kind: "lost" });
    expect(await session.query({ text: "SELECT 1" })).toMatchObject({ kind: "unsent" });
    await session.close();
  });

  it("says of a server that cannot be reached, and of a password that is wrong, that nothing happened", async () => {
    expect(await open({ port: 1 }).query({ text: "SELECT 1" })).toMatchObject({ kind: "unsent" });
    for (const asked of [open({ password: "canary" }), open({ password: "canary" }).session()]) {
      const answer: SqlAnswer = await asked.query({ text: "SELECT 1" });
      expect(answer).toMatchObject({ kind: "refused", state: "28P01" });
      expect(JSON.stringify(answer)).not.toContain("canary");
    }
  });

  it("bounds every wait, and commits durably, whatever database, role and URL have set", async () => {
    await server().query("ALTER DATABASE postgres SET synchronous_commit = off");
    const sql = open({ query: "options=-c%20statement_timeout%3D0%20-c%20search_path%3Delsewhere" });
    for (const asked of [sql, sql.session()]) {
      const text = `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
        current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('search_path') AS path,
        current_setting('synchronous_commit') AS commit`;
      expect(await asked.query({ text })).toEqual({
        kind: "rows",
        rows: [{ statement: "20s", lock: "10s", idle: "8s", path: "pg_catalog", commit: "on" }],
      });
    }
    await server().query("ALTER DATABASE postgres RESET synchronous_commit");
  });

  it("waits once for a server that says nothing, and not again for everything that is asked next", async () => {
    const mute = createServer((socket) => socket.on("error", () => undefined).resume());
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const sql = open({ port: (mute.address() as AddressInfo).port });
    let connections = 0;
    mute.on("connection", () => (connections += 1));
    expect(await sql.query({ text: "SELECT 1" })).toMatchObject({ kind: "unsent" });
    for (let asked = 0; asked < 5; asked += 1) {
      expect(await sql.query({ text: "SELECT 1" })).toMatchObject({ kind: "unsent" });
      expect(await sql.session().query({ text: "SELECT 1" })).toMatchObject({ kind: "unsent" });
    }
    expect(connections).toBe(1);
    await new Promise((resolve) => mute.close(resolve));
  });

  it("opens few connections, however much is asked at once", async () => {
    const sql = open();
    const text = "SELECT pg_backend_pid() AS pid";
    const answers = await Promise.all(Array.from({ length: 50 }, () => sql.query({ text })));
    const pids = new Set(answers.map((answer) => (answer.kind === "rows" ? answer.rows[0]?.["pid"] : answer.kind)));
    expect(pids.size).toBeLessThanOrEqual(4);
  });

  testWith(openssl, "speaks TLS as its URL says, and only to the server that the authority vouches for", async () => {
    const [ours, another] = [certificate("ours"), certificate("another")];
    await server().query(`ALTER SYSTEM SET ssl_cert_file = '${ours.cert}'`);
    await server().query(`ALTER SYSTEM SET ssl_key_file = '${ours.key}'`);
    await server().query("ALTER SYSTEM SET ssl = on");
    await server().stop("fast");
    await server().start();
    const text = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    const isTls = async (query: string): Promise<SqlAnswer> => open({ query }).query({ text });
    expect(await isTls(`sslmode=verify-full&sslrootcert=${ours.cert}`)).toEqual({
      kind: "rows",
      rows: [{ ssl: true }],
    });
    expect(await isTls("sslmode=disable")).toEqual({ kind: "rows", rows: [{ ssl: false }] });
    expect(await isTls(`sslmode=verify-full&sslrootcert=${another.cert}`)).toMatchObject({ kind: "unsent" });
    expect(await isTls("sslmode=verify-full")).toMatchObject({ kind: "unsent" });
  });

  /** Ends the connection whose statement holds a text, once it runs. */
  async function killedOnce(text: string): Promise<boolean> {
    const parameters = [`%${text}%`];
    const sql =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE $1 AND pid <> pg_backend_pid()";
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await server().query(sql, { parameters })).length > 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
  }

  /** A certificate for loopback that vouches for itself, and its key, as the server's user can read them. */
  function certificate(name: string): { readonly cert: string; readonly key: string } {
    const { directory } = server();
    const [cert, key] = [join(directory, `${name}.pem`), join(directory, `${name}.key`)];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    execFileSync("openssl", [...made, ...subject], { stdio: "ignore" });
    const { uid, gid } = statSync(directory);
    for (const path of [cert, key]) chownSync(path, uid, gid);
    chmodSync(key, 0o600);
    return { cert, key };
  }
});
