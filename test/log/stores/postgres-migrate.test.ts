import { copyLog, migratePostgres, migrationSql, memoryStore, openLog, verifyLog } from "../../../lib/log";
import { roles } from "../../../lib/log/stores/postgres-migrations";
import { reconcilerActor as by } from "../../../lib/model/actor";
import type { LogStore } from "../../../lib/ports";
import { linesIn } from "../../contract/log-store";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";
import { postgresPlaces, type PlaceOptions, type PostgresPlace } from "../../support/postgres-log";
import { at, chainOf, installation, linesFor, lifeOf, notes } from "../bodies";

describeWith(postgres, "the database of a Log", () => {
  const server = postgresForTests();
  const { place, close } = postgresPlaces(server);
  afterEach(close);

  describe("its migration", () => {
    it("can be run twice at once, on one database and on two of one server, and again", async () => {
      const [one, two] = [await empty(), await empty()];
      const done = await Promise.all([one, one, one, two, two].map((each) => migratePostgres(each.sql())));
      expect(done.map(({ applied }) => applied.length).toSorted()).toEqual([0, 0, 0, 1, 1]);
      expect(await migratePostgres(one.sql())).toMatchObject({ applied: [], version: 1 });
      for (const each of [one, two]) {
        const writer = await each.open().takeEpoch({ holder: "a", waitMs: 0 });
        await writer.append(undefined, chainOf(3));
      }
    });

    it("is printed as SQL that comes to the same, and can be run again", async () => {
      const one = await empty();
      const sql = migrationSql();
      await server().query(`BEGIN; ${sql} COMMIT`, { database: one.database });
      const migrated = await place();
      expect(await columnsOf(one)).toEqual(await columnsOf(migrated));
      expect(await rightsIn(one)).toEqual(await rightsIn(migrated));
      expect(await migratePostgres(one.sql())).toMatchObject({ applied: [] });
      const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
      await writer.append(undefined, chainOf(3));
    });

    it("is asked for where it is missing: nothing is read and nothing written before", async () => {
      const one = await empty();
      const wanted = { code: "E613", diagnostics: [{ fix: expect.stringContaining("leasehold log migrate") }] };
      await expect(linesIn(one.open())).rejects.toMatchObject(wanted);
      await expect(one.open().takeEpoch({ holder: "a", waitMs: 0 })).rejects.toMatchObject(wanted);
      await expect(openLog({ store: one.open(), installation })).rejects.toMatchObject(wanted);
    });

    it("refuses a database that a later version has migrated, and so does the store", async () => {
      const one = await place();
      await server().query("INSERT INTO leasehold.migrations (number, name) VALUES (2, 'later')", {
        database: one.database,
      });
      const wanted = { code: "E613", diagnostics: [{ detail: expect.stringContaining("step 2") }] };
      await expect(linesIn(one.open())).rejects.toMatchObject(wanted);
      await expect(migratePostgres(one.sql())).rejects.toMatchObject(wanted);
    });

    it("leaves nothing half done when it fails", async () => {
      const one = await empty();
      await server().query("CREATE SCHEMA leasehold; CREATE TABLE leasehold.spool (mine text)", {
        database: one.database,
      });
      await expect(migratePostgres(one.sql())).rejects.toMatchObject({ code: "E603" });
      const tables = await server().query("SELECT tablename FROM pg_tables WHERE schemaname = 'leasehold'", {
        database: one.database,
      });
      expect(tables).toEqual([{ tablename: "spool" }]);
    });

    it("refuses a database that cannot hold every text", async () => {
      const one = await empty("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
      await expect(migratePostgres(one.sql())).rejects.toMatchObject({ code: "E613" });
    });
  });

  describe("its roles", () => {
    it("let a writer do all that a store does", async () => {
      const one = await place();
      const store = one.open(await login("a_writer", roles.writer));
      const log = await openLog({ store, installation });
      const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
      await log.append(writer, lifeOf(1), at(0));
      await log.append(writer, lifeOf(2).slice(0, 2), at(0));
      const digest = await store.putBlob("text");
      expect(await store.tryReadBlob(digest)).toBe("text");
      await store.addToSpool({ id: "x", at: at(0), body: { kind: "freeze", by, note: "n" } });
      await store.removeFromSpool(["x"]);
      const parts: number[] = [];
      for await (const part of store.dueShares!({ until: at(86_400) })) parts.push(part.size);
      expect(parts).toEqual([1]);
      await writer.release();
      expect(await verifyLog(store)).toMatchObject({ ok: true });
    });

    it("let a writer change and remove no record, no text and nothing of the schema", async () => {
      const one = await place();
      const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
      await writer.append(undefined, chainOf(3));
      const sql = one.sql(await login("another_writer", roles.writer));
      const forbidden = [
        "UPDATE leasehold.chain SET line = 'x'",
        "DELETE FROM leasehold.chain",
        "TRUNCATE leasehold.chain",
        "UPDATE leasehold.blobs SET body = 'x'",
        "DELETE FROM leasehold.blobs",
        "UPDATE leasehold.spool SET entry = 'x'",
        "DELETE FROM leasehold.head",
        "UPDATE leasehold.head SET database = 'x'",
        "INSERT INTO leasehold.head (one) VALUES (true)",
        "INSERT INTO leasehold.migrations (number, name) VALUES (9, 'x')",
        "DROP TABLE leasehold.chain",
        "ALTER TABLE leasehold.chain ADD COLUMN x text",
        "CREATE TABLE leasehold.x (y text)",
      ];
      for (const text of forbidden)
        expect(await sql.query({ text })).toMatchObject({ kind: "refused", state: "42501" });
      expect(await verifyLog(one.open())).toMatchObject({ ok: true, records: 3 });
    });

    it("let an auditor read and verify everything and write nothing", async () => {
      const one = await place();
      const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
      await writer.append(undefined, chainOf(3));
      await writer.release();
      const options = await login("an_auditor", roles.reader);
      const store = one.open(options);
      expect(await verifyLog(store)).toMatchObject({ ok: true, records: 3 });
      expect((await openLog({ store, installation })).head?.sequence).toBe(3);
      const refused = { code: "E612" };
      await expect(store.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject(refused);
      await expect(store.putBlob("x")).rejects.toMatchObject(refused);
      await expect(
        store.addToSpool({ id: "x", at: at(0), body: { kind: "freeze", by, note: "n" } }),
      ).rejects.toMatchObject(refused);
    });
  });

  describe("a copy into it", () => {
    it("brings chain, texts and spool unchanged, goes on where it was broken off, and is found equal when repeated", async () => {
      const from = await filled(2_500);
      const one = await place();
      expect(await copyLog({ from, to: one.open(), holder: "copy" })).toMatchObject({
        before: 0,
        blobs: 1,
        spooled: 1,
      });
      expect(await linesIn(one.open())).toEqual(await linesIn(from));
      expect(await one.open().readSpool()).toEqual(await from.readSpool());
      expect(await copyLog({ from, to: one.open(), holder: "copy" })).toMatchObject({ before: 2_503, records: 2_503 });
      const back = memoryStore();
      await copyLog({ from: one.open(), to: back, holder: "copy" });
      expect(back.lines).toEqual(await linesIn(from));
    });

    it("has the table of live grants that the chain comes to", async () => {
      const from = memoryStore({ lines: linesFor(chainOf(11)) });
      const one = await place();
      await copyLog({ from, to: one.open(), holder: "copy" });
      const rows = await server().query("SELECT request, phase, ending FROM leasehold.live_grants", {
        database: one.database,
      });
      expect(rows).toEqual([{ request: "request-2", phase: "active", ending: null }]);
    });

    it("is refused over a Log of another project, or one that has gone its own way", async () => {
      const one = await place();
      const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
      const head = await writer.append(undefined, chainOf(3));
      await writer.append(head, notes(head, 1, "its own way"));
      await writer.release();
      const from = memoryStore({ lines: linesFor(chainOf(9)) });
      await expect(copyLog({ from, to: one.open(), holder: "copy" })).rejects.toMatchObject({ code: "E705" });
      expect(await linesIn(one.open())).toHaveLength(4);
    });
  });

  it("of one name on two servers, or of two projects, is told apart by what is in it", async () => {
    const [one, two] = [await place(), await place()];
    for (const [each, name] of [
      [one, installation],
      [two, "another-project"],
    ] as const) {
      const log = await openLog({ store: each.open(), installation: name });
      const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
      await log.append(writer, [{ type: "stray.ended", gateway: "g", person: "x", gatewayName: "y" }], at(0));
      await writer.release();
    }
    await close();
    await server().query(`ALTER DATABASE ${one.database} RENAME TO gone`);
    await server().query(`ALTER DATABASE ${two.database} RENAME TO ${one.database}`);
    await expect(openLog({ store: one.open(), installation })).rejects.toMatchObject({ code: "E601" });
  });

  async function empty(how = ""): Promise<PostgresPlace> {
    const one = await place();
    const { database } = one;
    await server().query(`DROP DATABASE ${database}`);
    await server().query(`CREATE DATABASE ${database} ${how}`);
    return one;
  }

  async function login(name: string, role: string): Promise<PlaceOptions> {
    const password = "only-for-this-test";
    await server().query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' IN ROLE ${role}`);
    return { user: name, password, machine: name };
  }

  async function columnsOf(one: PostgresPlace): Promise<unknown[]> {
    return server().query(
      `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
       WHERE table_schema = 'leasehold' ORDER BY 1, 2`,
      { database: one.database },
    );
  }

  async function rightsIn(one: PostgresPlace): Promise<unknown[]> {
    return server().query(
      `SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
       WHERE table_schema = 'leasehold' ORDER BY 1, 2, 3`,
      { database: one.database },
    );
  }
});

async function filled(records: number): Promise<LogStore> {
  const store = memoryStore();
  const log = await openLog({ store, installation });
  const manifest = await store.putBlob("{}");
  const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
  await log.append(writer, [{ type: "policy.accepted", manifest, by, bootstrap: true, spent: [] }], at(0));
  const note = { type: "stray.ended", gateway: 'a "b" {c} \\ ü', person: "x", gatewayName: "y" } as const;
  await log.append(
    writer,
    Array.from({ length: records }, () => note),
    at(0),
  );
  await store.addToSpool({ id: "s", at: at(0), body: { kind: "freeze", by, note: "x" } });
  return store;
}
