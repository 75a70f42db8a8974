import { systemClock } from "../../../lib/adapters/clock";
import { openLog, verifyLog, type Log } from "../../../lib/log";
import type { Clock, LogStore, Writer } from "../../../lib/ports";
import { tryFindAnchorLoss } from "../../../lib/reconcile/anchored";
import { linesIn } from "../../contract/log-store";
import { CuttingProxy, type Cut } from "../../support/cutting-proxy";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";
import { postgresPlaces, type PostgresPlace } from "../../support/postgres-log";
import { at, chainOf, installation, linesFor, notes } from "../bodies";

describeWith(postgres, "a Log in a PostgreSQL that fails", () => {
  const server = postgresForTests();
  const { place, close } = postgresPlaces(server);
  let proxy: CuttingProxy | undefined;

  afterEach(async () => {
    await close();
    await proxy?.close();
    proxy = undefined;
  });

  /** A store behind a proxy that can cut at an append. */
  async function proxied(of: PostgresPlace, options: { readonly clock?: Clock } = {}) {
    const cutting = new CuttingProxy(server().port, "WITH moved");
    proxy = cutting;
    return { cutting, store: of.open({ port: await cutting.listen(), ...options }) };
  }

  describe("that goes away while an append is on its way", () => {
    for (const how of ["lose the answer", "lose the request"] satisfies Cut[]) {
      it(`has the records once, and goes on, when connections ${how}`, async () => {
        const one = await place();
        const { cutting, store } = await proxied(one);
        const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
        const records = chainOf(12);
        let head = await writer.append(undefined, records.slice(0, 3));
        for (let n = 3; n < 12; n += 3) {
          cutting.cutNext(how);
          head = await writer.append(head, records.slice(n, n + 3));
        }
        expect(cutting.cuts).toBe(3);
        expect(await linesIn(one.open())).toEqual(linesFor(records));
      });
    }

    it("lets nothing of an append come late, after its writer has made sure that it was not there", async () => {
      const one = await place();
      const clock = atFirstPause(() => cutting.deliver());
      const { cutting, store } = await proxied(one, { clock });
      const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
      const records = chainOf(6);
      const head = await writer.append(undefined, records.slice(0, 3));
      cutting.cutNext("delay the request");
      expect(await writer.append(head, records.slice(3))).toMatchObject({ sequence: 6 });
      expect(cutting.delivered).toBe(1);
      expect(await linesIn(one.open())).toEqual(linesFor(records));
      expect(await verifyLog(one.open())).toMatchObject({ ok: true, records: 6 });
    });

    it("finds its records before those of another writer who took over meanwhile, and stops", async () => {
      const one = await place();
      let rival: Promise<Writer> | undefined;
      const clock = atFirstPause(async () => {
        rival ??= one.open().takeEpoch({ holder: "b", waitMs: 5_000 });
        await rival;
        cutting.isUp = true;
      });
      const { cutting, store } = await proxied(one, { clock });
      const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
      const records = chainOf(3);
      cutting.cutNext("lose the answer");
      cutting.isUp = false;
      const head = await writer.append(undefined, records);
      expect(rival).toBeDefined();
      await expect(writer.append(head, notes(head, 1, "late"))).rejects.toMatchObject({ code: "E604" });
      await (await rival)?.append(head, notes(head, 2, "next"));
      expect(await linesIn(one.open())).toHaveLength(4);
    });

    it("appends nothing more when nobody can tell, so that nothing stands twice or out of order", async () => {
      const one = await place();
      const { cutting, store } = await proxied(one);
      const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
      cutting.cutNext("lose the answer");
      cutting.isUp = false;
      const records = chainOf(3);
      await expect(writer.append(undefined, records)).rejects.toMatchObject({ code: "E603" });
      cutting.isUp = true;
      await expect(writer.append(undefined, records)).rejects.toMatchObject({ code: "E603" });
      expect(await linesIn(one.open())).toEqual(linesFor(records));
    });
  });

  it("loses no record and doubles none while its connections are cut by the server, again and again", async () => {
    const one = await place();
    const log = await openLog({ store: one.open(), installation });
    const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
    const words: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const cut = server().query(terminate, { parameters: [one.database] });
      words.push(...(await appendEach(log, writer, 8, `round ${round}`)));
      await cut;
    }
    expect(await wordsIn(one.open())).toEqual(words);
    expect(await verifyLog(one.open())).toMatchObject({ ok: true, records: words.length + 2 });
  });

  it("has every confirmed record after the server has crashed, and the writer goes on", async () => {
    const one = await place();
    const log = await openLog({ store: one.open(), installation });
    const writer = await log.takeWriter({ holder: "a", waitMs: 0 });
    const before = await appendEach(log, writer, 20);
    await server().stop("immediate");
    await server().start();
    const after = await appendEach(log, writer, 5, "after");
    expect(await wordsIn(one.open())).toEqual([...before, ...after]);
  });

  it("says that it takes no writes while the database is read-only, reads on, and writes again afterwards", async () => {
    const one = await place();
    const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
    const head = await writer.append(undefined, chainOf(2));
    await writer.release();
    await server().query(`ALTER DATABASE ${one.database} SET default_transaction_read_only = on`);
    const store = one.open();
    await expect(store.takeEpoch({ holder: "b", waitMs: 0 })).rejects.toMatchObject({
      code: "E603",
      diagnostics: [{ fix: expect.stringContaining("primary") }],
    });
    await expect(store.putBlob("x")).rejects.toMatchObject({ code: "E603" });
    expect(await linesIn(store)).toHaveLength(2);
    await server().query(`ALTER DATABASE ${one.database} RESET default_transaction_read_only`);
    const next = await one.open().takeEpoch({ holder: "b", waitMs: 0 });
    await next.append(head, notes(head, 2, "again"));
  });

  it("writes nothing of an append for which there is no space, and goes on with the same writer when there is", async () => {
    const one = await place();
    const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
    const head = await writer.append(undefined, chainOf(2));
    await server().query(fullDisk, { database: one.database });
    await expect(writer.append(head, notes(head, 1, "x"))).rejects.toMatchObject({
      code: "E603",
      diagnostics: [{ fix: expect.stringContaining("space") }],
    });
    expect(await headOf(one)).toEqual(["2"]);
    await server().query("DROP TRIGGER full_disk ON leasehold.chain", { database: one.database });
    await writer.append(head, notes(head, 1, "x"));
    expect(await linesIn(one.open())).toHaveLength(3);
  });

  it("shows a machine that has seen more that a failover lost the end of the chain, until the Log is rebuilt", async () => {
    const one = await place();
    const records = chainOf(9);
    const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
    const head = await writer.append(undefined, records.slice(0, 5));
    await close();
    await server().query(`CREATE DATABASE standby TEMPLATE ${one.database}`);
    const next = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
    await next.append(head, records.slice(5));
    await close();
    await server().query(`DROP DATABASE ${one.database}`);
    await server().query(`ALTER DATABASE standby RENAME TO ${one.database}`);
    const store = one.open();
    const log = await openLog({ store, installation });
    const anchor = await store.machineAnchors?.(installation).newest();
    expect(await tryFindAnchorLoss(log, anchor)).toBe("the Log ends at record 5, but there was a record 9");
    // What is written on it meanwhile does not hide the loss, only what ends recovering does.
    const later = await log.takeWriter({ holder: "a", waitMs: 0 });
    await appendEach(log, later, 8);
    await later.release();
    await close();
    const again = one.open();
    const grown = await openLog({ store: again, installation });
    expect(await tryFindAnchorLoss(grown, await again.machineAnchors?.(installation).newest())).toMatch(
      /record 9 .* not the one/,
    );
    await again.machineAnchors?.(installation).add(grown.head!, { time: at(0), replaces: { first: 9, last: 9 } });
    expect(await tryFindAnchorLoss(grown, await again.machineAnchors?.(installation).newest())).toBeUndefined();
    // A machine that has not seen more cannot know.
    expect(await one.open({ machine: "two" }).machineAnchors?.(installation).newest()).toBeUndefined();
  });

  describe("whose rows were meddled with", () => {
    const meddlings: readonly (readonly [what: string, sql: string, fault: object])[] = [
      [
        "half a record",
        "UPDATE leasehold.chain SET line = left(line, 40) WHERE sequence = 4",
        { sequence: 4, reason: "unreadable" },
      ],
      [
        "JSON that is no record",
        `UPDATE leasehold.chain SET line = '{"a":1}' WHERE sequence = 4`,
        { sequence: 4, reason: "wrong shape" },
      ],
      [
        "a missing record",
        "DELETE FROM leasehold.chain WHERE sequence = 4",
        { sequence: 4, reason: "out of sequence" },
      ],
      ["a cut tail", "DELETE FROM leasehold.chain WHERE sequence > 6", { sequence: 7, reason: "cut" }],
      ["an empty chain", "TRUNCATE leasehold.chain", { sequence: 1, reason: "cut" }],
      [
        "a record in the place of another",
        "UPDATE leasehold.chain c SET line = (SELECT line FROM leasehold.chain WHERE sequence = 5) WHERE sequence = 4",
        { sequence: 4, reason: "out of sequence" },
      ],
    ];
    for (const [what, sql, fault] of meddlings) {
      it(`names the first bad record: ${what}`, async () => {
        const one = await place();
        const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
        await writer.append(undefined, chainOf(9));
        await server().query(sql, { database: one.database });
        expect(await verifyLog(one.open({ machine: "other" }))).toMatchObject({ ok: false, fault });
        await expect(openLog({ store: one.open(), installation })).rejects.toMatchObject({ code: "E600" });
      });
    }

    it("refuses to append over a record that the head row does not know", async () => {
      const one = await place();
      const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
      const head = await writer.append(undefined, chainOf(2));
      await server().query("INSERT INTO leasehold.chain VALUES (3, 1, repeat('0', 64), 'x')", {
        database: one.database,
      });
      await expect(writer.append(head, notes(head, 1, "x"))).rejects.toMatchObject({ code: "E600" });
    });

    it("refuses a spool row that is no entry, and a text that is not what was stored", async () => {
      const one = await place();
      const store = one.open();
      const digest = await store.putBlob("text");
      await server().query("UPDATE leasehold.blobs SET body = 'other'::bytea", { database: one.database });
      await expect(store.tryReadBlob(digest)).rejects.toMatchObject({ code: "E607" });
      await expect(store.putBlob("text")).rejects.toMatchObject({ code: "E607" });
      for (const entry of ["{", "{}", `{"id":"other"}`]) {
        await server().query("DELETE FROM leasehold.spool", { database: one.database });
        const parameters = ["nonsense", entry];
        await server().query("INSERT INTO leasehold.spool (id, entry) VALUES ($1, $2)", {
          database: one.database,
          parameters,
        });
        await expect(store.readSpool()).rejects.toMatchObject({ code: "E607" });
      }
    });

    it("refuses a database whose head row is gone", async () => {
      const one = await place();
      await server().query("DELETE FROM leasehold.head", { database: one.database });
      await expect(linesIn(one.open())).rejects.toMatchObject({ code: "E607" });
    });
  });

  it("says which credential, right, database or server is wrong, without the password", async () => {
    const one = await place();
    await server().query("CREATE ROLE nobody_in_particular LOGIN PASSWORD 'canary-of-a-password'");
    const user = { user: "nobody_in_particular" };
    const wrong: readonly (readonly [Parameters<PostgresPlace["open"]>[0], string])[] = [
      [{ password: "canary-of-a-password" }, "E612"],
      [{ ...user, password: "canary-of-a-password" }, "E612"],
      [{ port: 1, password: "canary-of-a-password" }, "E606"],
    ];
    for (const [options, code] of wrong) {
      const error: unknown = await linesIn(one.open(options)).catch((thrown) => thrown);
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain("canary");
    }
  });

  /** A clock whose first short pause runs a step instead. */
  function atFirstPause(step: () => Promise<void>): Clock {
    const real = systemClock();
    return { ...real, sleep: (ms, signal) => (ms === 200 ? step() : real.sleep(ms, signal)) };
  }

  async function headOf(one: PostgresPlace): Promise<unknown[]> {
    const rows = await server().query("SELECT sequence FROM leasehold.head", { database: one.database });
    return rows.map((row) => row["sequence"]);
  }
});

const terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1::text";

const fullDisk = `
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON leasehold.chain FOR EACH ROW EXECUTE FUNCTION full_disk()`;

/** Appends one word after the other, each when the one before is durable. */
async function appendEach(log: Log, writer: Writer, count: number, name = "word"): Promise<string[]> {
  const words = Array.from({ length: count }, (_, n) => `${name} ${n}`);
  for (const gateway of words) {
    await log.append(writer, [{ type: "stray.ended", gateway, person: "x", gatewayName: "y" }], at(0));
  }
  return words;
}

async function wordsIn(store: LogStore): Promise<string[]> {
  const lines = await linesIn(store);
  return lines.flatMap((line) => /"gateway":"([^"]*)"/.exec(line)?.[1] ?? []);
}
