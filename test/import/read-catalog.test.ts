import { createServer, type Server } from "node:net";
import { postgresSql } from "../../lib/adapters/postgres";
import { describeDatabase, programText, readCatalog } from "../../lib/import";
import type { Sql, SqlAnswer } from "../../lib/ports";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests, postgresOrigins } from "../support/postgres";
import { temporaryFolder } from "../support/folders";

const root = temporaryFolder();
const sqlAt = (url: string): Sql => postgresSql({ root, environment: {}, url, named: "the URL" });
const reading = async (sql: Sql) => {
  try {
    return await readCatalog(sql);
  } finally {
    await sql.close();
  }
};

for (const from of postgresOrigins()) {
  describeWith(postgres, `the catalogs of a real database (${from})`, () => {
    const server = postgresForTests({ from, settings: { log_statement: "all", log_line_prefix: "by %u: " } });

    beforeAll(async () => {
      await server().newDatabase({ name: "shop" });
      await server().newDatabase({ name: "elsewhere" });
      await server().query(
        `CREATE ROLE maker; CREATE ROLE reader NOINHERIT CONNECTION LIMIT 2 VALID UNTIL '2030-01-01 00:00:00+00';
         CREATE ROLE "Two
lines"; CREATE ROLE ana LOGIN; GRANT reader TO ana WITH ADMIN OPTION; GRANT pg_monitor TO reader;
         ALTER ROLE reader SET search_path TO a, b; GRANT CONNECT, TEMPORARY ON DATABASE elsewhere TO reader;
         CREATE SCHEMA s AUTHORIZATION maker; SET ROLE maker;
         CREATE TABLE s.t (a int, gone int, "b;" text); GRANT USAGE ON SCHEMA s TO reader; GRANT SELECT, INSERT ON s.t TO reader WITH GRANT OPTION;
         GRANT UPDATE (a, gone, "b;") ON s.t TO reader; ALTER TABLE s.t DROP gone;
         CREATE VIEW s.v AS SELECT 1 AS one; GRANT SELECT ON s.v TO PUBLIC; CREATE SEQUENCE s.q; GRANT USAGE ON SEQUENCE s.q TO "Two
lines";
         CREATE TYPE s.mood AS ENUM ('x'); GRANT USAGE ON TYPE s.mood TO reader;
         CREATE FUNCTION s.f(a int, OUT b int, VARIADIC c text[]) LANGUAGE sql AS 'SELECT 1';
         CREATE FUNCTION s.f(m s.mood) RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION s.f(s.mood) TO reader;
         GRANT EXECUTE ON FUNCTION s.f(int, text[]) TO reader;
         CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON PROCEDURE s.p TO reader;
         ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader;
         ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO reader;
         SET ROLE reader; GRANT SELECT ON s.t TO ana; RESET ROLE;
         SELECT lo_create(4711); GRANT SELECT ON LARGE OBJECT 4711 TO reader; GRANT SET ON PARAMETER log_statement TO reader`,
        { database: "shop" },
      );
      await server().query("CREATE TABLE theirs (id int); ALTER TABLE theirs OWNER TO ana", { database: "elsewhere" });
    });

    test("are read as they are: roles, memberships, privileges down to columns and functions, defaults", async () => {
      const catalog = await reading(sqlAt(server().url({ database: "shop" })));
      const plain = { isSuperuser: false, attributes: [], settings: [], owns: 0, elsewhere: [] };
      expect(catalog).toMatchObject({
        database: "shop",
        readBy: "postgres",
        version: expect.stringMatching(/^\d+\.\d+$/),
      });
      const roles = new Map(catalog.roles.map((one) => [one.name, one]));
      expect(roles.get("reader")).toEqual({
        ...plain,
        name: "reader",
        canLogin: false,
        attributes: ["CONNECTION LIMIT 2", "NOINHERIT", "VALID UNTIL 2030-01-01T00:00:00Z"],
        settings: ["search_path=a, b"],
      });
      expect(roles.get("ana")).toEqual({ ...plain, name: "ana", canLogin: true, elsewhere: ["elsewhere"] });
      expect(roles.get("maker")?.owns).toBeGreaterThan(5);
      expect([...roles.keys()].filter((name) => name.startsWith("pg_"))).toEqual([]);
      expect(catalog.memberships).toContainEqual({ role: "reader", member: "ana", options: ["ADMIN"] });
      expect(catalog.memberships.map(({ role, member }) => `${member} in ${role}`)).toContain("reader in pg_monitor");
      const of = (grantee: string | undefined) =>
        catalog.grants
          .filter((one) => one.grantee === grantee && one.object.on !== "database")
          .map(({ object, privileges, grantable, grantors }) => [object, privileges, grantable, grantors]);
      const t = { schema: "s", kind: "table" };
      const f = { on: "functions", schema: "s", name: "f", isOverloaded: true };
      expect(of("reader")).toEqual(
        expect.arrayContaining([
          [{ on: "tables", name: "t", ...t }, ["INSERT", "SELECT"], ["INSERT", "SELECT"], []],
          [{ on: "columns", table: "t", name: "a", ...t }, ["UPDATE"], [], []],
          [{ on: "columns", table: "t", name: "b;", ...t }, ["UPDATE"], [], []],
          [{ ...f, takes: "s.mood" }, ["EXECUTE"], [], []],
          [{ ...f, takes: "integer, text[]" }, ["EXECUTE"], [], []],
          [{ on: "other", what: "procedure", name: "s.p()" }, ["EXECUTE"], [], []],
          [{ on: "other", what: "type", name: "s.mood" }, ["USAGE"], [], []],
          [{ on: "other", what: "large object", name: "4711" }, ["SELECT"], [], []],
          [{ on: "other", what: "parameter", name: "log_statement" }, ["SET"], [], []],
        ]),
      );
      expect(of("reader")).toHaveLength(10);
      expect(of("ana")).toEqual([[{ on: "tables", name: "t", ...t }, ["SELECT"], [], ["reader"]]]);
      expect(of("Two\nlines")).toEqual([[{ on: "sequences", schema: "s", name: "q" }, ["USAGE"], [], []]]);
      expect(of(undefined)).toEqual(
        expect.arrayContaining([[{ on: "tables", schema: "s", name: "v", kind: "view" }, ["SELECT"], [], []]]),
      );
      expect(
        catalog.grants.filter(({ object }) => object.on === "database" && object.name === "elsewhere"),
      ).toHaveLength(2);
      expect(catalog.defaults.filter(({ grantee }) => grantee === "reader")).toEqual(
        expect.arrayContaining([
          {
            owner: "maker",
            schema: "s",
            on: "tables",
            grantee: "reader",
            privileges: ["SELECT"],
            grantable: [],
            grantors: [],
          },
          expect.objectContaining({ schema: undefined, on: "functions" }),
        ]),
      );
      expect(catalog.counts).toEqual(
        expect.arrayContaining([
          { on: "tables", schema: "s", count: 2 },
          { on: "sequences", schema: "s", count: 1 },
          { on: "functions", schema: "s", count: 2 },
          { on: "procedures", schema: "s", count: 1 },
        ]),
      );
    });

    test("are read in one read-only transaction, by anybody, with the same text each time", async () => {
      await server().query("CREATE ROLE looker LOGIN PASSWORD 'x'");
      const url = server().url({ database: "shop", user: "looker", password: "x" });
      const read = async () => describeDatabase(await reading(sqlAt(url)), { resource: "shop", services: [] });
      const [one, again] = [await read(), await read()];
      expect(programText(one, { class: "low" })).toBe(programText(again, { class: "low" }));
      const lines = server()
        .log()
        .matchAll(/^by looker: LOG: {2}(?:statement|execute [^:]*): (\w+)(?: TRANSACTION ([^\n]*))?/gm);
      const said = [...lines];
      const words = said.map(([, word, more = ""]) => `${word} ${more}`.trim());
      expect(new Set(words)).toEqual(
        new Set(["SELECT", "WITH", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", "COMMIT"]),
      );
      await server().query("DROP ROLE looker");
    });

    test("are not to be had: no such server, database or password, and no rights", async () => {
      const url = (more: object) => server().url({ database: "shop", ...more });
      await expect(reading(sqlAt(url({ port: 9 })))).rejects.toMatchObject({ code: "E711", exitCode: 10 });
      await expect(reading(sqlAt(url({ password: "wrong" })))).rejects.toMatchObject({ code: "E712", exitCode: 4 });
      await expect(reading(sqlAt(url({ database: "nowhere" })))).rejects.toMatchObject({ code: "E710", exitCode: 3 });
      await server().query("CREATE ROLE blind LOGIN PASSWORD 'x'; REVOKE SELECT ON pg_auth_members FROM PUBLIC", {
        database: "shop",
      });
      await expect(reading(sqlAt(url({ user: "blind", password: "x" })))).rejects.toMatchObject({
        code: "E712",
        message: expect.stringContaining("pg_auth_members"),
      });
      await server().query("GRANT SELECT ON pg_auth_members TO PUBLIC; DROP ROLE blind", { database: "shop" });
    });
  });
}

describe("what is no PostgreSQL of today", () => {
  test.each([
    ["an older one", { said: "PostgreSQL 14.9 on x", number: "140009" }, "E710", /too old/],
    ["one that only speaks its protocol", { said: "CockroachDB CCL v23", number: "130000" }, "E710", /CockroachDB/],
    ["one that says nothing", {}, "E710", /""/],
  ])("%s is refused", async (_, row, code, words) => {
    const sql = answering({ kind: "rows", rows: [row] });
    await expect(readCatalog(sql)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });

  test.each<[string, SqlAnswer, string]>([
    ["a server without its functions", { kind: "refused", state: "42883", seen: "no such function" }, "E710"],
    ["a server that shuts down", { kind: "refused", state: "57P03", seen: "shutting down" }, "E711"],
    ["a connection that is lost", { kind: "lost", seen: "reset" }, "E711"],
  ])("%s is an error and no empty database", async (_, answer, code) => {
    await expect(readCatalog(answering(answer))).rejects.toMatchObject({ code });
  });

  test("a server of another protocol is not waited for", async () => {
    const server = await webServer();
    const { port } = server.address() as { readonly port: number };
    await expect(reading(sqlAt(`postgres://x@127.0.0.1:${port}/x`))).rejects.toMatchObject({ code: "E711" });
    server.close();
  });
});

function answering(answer: SqlAnswer): Sql {
  const query = async (): Promise<SqlAnswer> => answer;
  const close = async (): Promise<void> => undefined;
  return { address: "somewhere", directory: root, query, session: () => ({ query, close }), close };
}

/** A server that answers like one of the web. */
function webServer(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
