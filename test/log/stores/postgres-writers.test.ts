import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as fc from "fast-check";
import { systemClock } from "../../../lib/adapters/clock";
import { isFailure } from "../../../lib/errors";
import { openLog, verifyLog } from "../../../lib/log";
import type { LogRecord } from "../../../lib/model/record";
import type { Clock, LogStore } from "../../../lib/ports";
import { linesIn } from "../../contract/log-store";
import { projectRoot } from "../../support/folders";
import { describeWith } from "../../support/needs";
import { postgres, postgresForTests } from "../../support/postgres";
import { postgresPlaces, type PostgresPlace } from "../../support/postgres-log";
import { at, chainOf, installation, linesFor, notes } from "../bodies";
import { anyHistory, liveOf, liveRow } from "../histories";

describeWith(postgres, "writers of a Log in PostgreSQL", () => {
  // Every confirmed record has to survive: the server waits for its disk as it does by default.
  const server = postgresForTests({ settings: { fsync: "on" } });
  const { place, close } = postgresPlaces(server);
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await close();
  });

  it("make one chain of 1,000 appends that two of them race for, with everything that they were told is written", async () => {
    const one = await place();
    const [a, b] = await Promise.all([racer(one.open(), "a", 500), racer(one.open(), "b", 500)]);
    const lines = await linesIn(one.open());
    const words = lines.flatMap((line) => /"gateway":"([ab]\d+)"/.exec(line)?.[1] ?? []);
    expect(words.toSorted()).toEqual([...a, ...b].toSorted());
    expect(await verifyLog(one.open())).toMatchObject({ ok: true, records: lines.length });
    const epochs = lines.map((line) => (JSON.parse(line) as LogRecord).epoch);
    expect(epochs).toEqual(epochs.toSorted((x, y) => x - y));
  }, 300_000);

  it("lose their epoch when they are stopped for longer than their lease, and what they send afterwards writes nothing", async () => {
    const one = await place();
    const stopped = await one
      .open({ leaseMs: 300, clock: withoutRenewals() })
      .takeEpoch({ holder: "stopped", waitMs: 0 });
    const head = await stopped.append(undefined, chainOf(2));
    await expect(one.open().takeEpoch({ holder: "eager", waitMs: 0 })).rejects.toMatchObject({ code: "E605" });
    const next = await one.open().takeEpoch({ holder: "next", waitMs: 20_000 });
    await expect(stopped.append(head, notes(head, 1, "late"))).rejects.toMatchObject({
      code: "E604",
      message: expect.stringContaining("next"),
    });
    await next.append(head, notes(head, 2, "on time"));
    expect(await linesIn(one.open())).toHaveLength(3);
  });

  it("keep their epoch as long as they run, however long they write nothing", async () => {
    const one = await place();
    const idle = await one.open({ leaseMs: 200 }).takeEpoch({ holder: "idle", waitMs: 0 });
    await expect(one.open().takeEpoch({ holder: "other", waitMs: 1_500 })).rejects.toMatchObject({ code: "E605" });
    await idle.append(undefined, chainOf(2));
  });

  it("give the epoch free at once when their process dies, also within its lease", async () => {
    const one = await place();
    const told = await killedWriter(one, 3);
    expect(told.length).toBeGreaterThanOrEqual(3);
    const next = await one.open().takeEpoch({ holder: "next", waitMs: 5_000 });
    expect(next.epoch).toBe(2);
  });

  const kills = 6;
  it(`lose nothing that they were told is durable, through ${kills} times kill -9 while they write`, async () => {
    const one = await place();
    let confirmed = 0;
    for (let round = 1; round <= kills; round += 1) {
      const told = await killedWriter(one, round * 25);
      confirmed += told.length;
      const store = one.open({ machine: `machine ${round}` });
      expect(await verifyLog(store)).toMatchObject({ ok: true });
      const text = (await linesIn(store)).join("\n");
      expect(told.filter((word) => !text.includes(`"gateway":"${word}"`))).toEqual([]);
    }
    expect(confirmed).toBeGreaterThan(kills * 25);
  });

  it("keep the table of live grants equal to the fold, whatever the history and however it is cut into appends", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.integer({ min: 1, max: 9 }), async (history, size) => {
        const one = await place();
        const writer = await one.open().takeEpoch({ holder: "a", waitMs: 0 });
        let head;
        for (let n = 0; n < history.length; n += size) head = await writer.append(head, history.slice(n, n + size));
        await writer.release();
        expect(await liveRowsOf(one)).toEqual(liveOf(history));
        expect(await linesIn(one.open())).toEqual(linesFor(history));
        await close();
      }),
      { numRuns: 15 },
    );
  });

  async function liveRowsOf(one: PostgresPlace): Promise<string[]> {
    const sql = `SELECT *, to_char(ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS end_text FROM leasehold.live_grants`;
    const rows = await server().query(sql, { database: one.database });
    return rows
      .map((row) => {
        const text = (name: string): string => String(row[name]);
        return liveRow({
          facts: { grant: text("grant_id"), person: text("person"), gatewayName: text("gateway_name") },
          phase: text("phase"),
          end: text("end_text"),
          ending: row["ending"] === null ? undefined : { reason: text("ending") },
        });
      })
      .toSorted();
  }

  /** A real process that appends and says what is durable; killed after so many words, while it goes on. */
  async function killedWriter(one: PostgresPlace, words: number): Promise<string[]> {
    const url = server().url({ database: one.database });
    const child = spawn(process.execPath, ["-e", program(words)], {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, LOG_URL: url, XDG_CACHE_HOME: join(server().directory, "child") },
    });
    children.push(child);
    const told: string[] = [];
    for await (const word of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      told.push(word);
      if (told.length === words) child.kill("SIGKILL");
    }
    if (child.signalCode === null && child.exitCode === null) await once(child, "exit");
    return told;
  }
});

/** Takes the epoch for a few appends at a time, so often as it takes; gives the words that it was told are written. */
async function racer(store: LogStore, name: string, count: number): Promise<string[]> {
  const log = await openLog({ store, installation });
  const told: string[] = [];
  while (told.length < count) {
    try {
      const writer = await log.takeWriter({ holder: name, waitMs: 60_000 });
      for (let n = 0; n < 20 && told.length < count; n += 1) {
        const gateway = `${name}${told.length}`;
        await log.append(writer, [{ type: "stray.ended", gateway, person: "x", gatewayName: "y" }], at(0));
        told.push(gateway);
      }
      await writer.release();
    } catch (error) {
      if (!isFailure(error) || (error.code !== "E604" && error.code !== "E605")) throw error;
    }
  }
  return told;
}

/** As in a process that is stopped, nothing happens between two calls. */
function withoutRenewals(): Clock {
  const real = systemClock();
  return {
    ...real,
    sleep: (ms, signal) =>
      signal === undefined
        ? real.sleep(ms)
        : new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
  };
}

function program(round: number): string {
  return `
    const { postgresStore, openLog } = require("./dist/lib/log");
    const { postgresSql } = require("./dist/lib/adapters/postgres.js");
    const { systemFiles } = require("./dist/lib/adapters/files.js");
    const { systemClock } = require("./dist/lib/adapters/clock.js");
    const { systemRandom } = require("./dist/lib/adapters/random.js");
    const { writeSync } = require("node:fs");
    (async () => {
      const clock = systemClock();
      const open = async () => postgresSql({ root: process.cwd(), environment: process.env, url: process.env.LOG_URL, named: "LOG_URL" });
      const store = postgresStore({ open, files: systemFiles(), clock, random: systemRandom() });
      const log = await openLog({ store, installation: ${JSON.stringify(installation)} });
      const writer = await log.takeWriter({ holder: "child", waitMs: 5000 });
      let count = 0;
      const append = async () => {
        for (;;) {
          const gateway = "${round}-" + (count += 1);
          await log.append(writer, [{ type: "stray.ended", gateway, person: "x".repeat(900), gatewayName: "y" }], clock.now());
          writeSync(1, gateway + "\\n");
        }
      };
      for (let width = 0; width < 4; width += 1) append();
    })();`;
}
