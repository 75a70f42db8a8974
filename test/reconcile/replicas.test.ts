/** Several replicas on one Log in PostgreSQL. */
import { systemClock } from "../../lib/adapters/clock";
import { systemRandom } from "../../lib/adapters/random";
import { chainRecords, openLog, verifyLog } from "../../lib/log";
import { instantOf } from "../../lib/model/instant";
import type { RecordBody } from "../../lib/model/record";
import type { Effect, LogStore, Provider } from "../../lib/ports";
import { runPass, type PassInput, type PassReport } from "../../lib/reconcile";
import { memoryProvider } from "../../providers/memory/provider";
import { makeWorld } from "../../providers/memory/world";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { postgresPlaces, type PostgresPlace } from "../support/postgres-log";
import { facts, installation, opened } from "../log/bodies";

describeWith(postgres, "replicas on one Log in PostgreSQL", () => {
  const server = postgresForTests();
  const { place, close } = postgresPlaces(server);
  afterEach(close);

  it("end what is due together: each grant once, every one recorded, and more than one replica at it", async () => {
    const grants = 600;
    const { one, replicas } = await withDue(grants, 3);
    const reports = await Promise.all(replicas.map((replica) => replica.pass()));
    expect(await activeIn(one)).toBe(0);
    const ended = replicas.map((replica) => replica.ended.length);
    expect(ended.reduce((a, b) => a + b)).toBe(grants);
    expect(new Set(replicas.flatMap((replica) => replica.ended)).size).toBe(grants);
    expect(ended.filter((count) => count > 0).length).toBeGreaterThan(1);
    expect(reports.flatMap((report) => report.errors).filter(({ code }) => code === "E509")).toEqual([]);
    expect(await verifyLog(one.open())).toMatchObject({ ok: true });
    expect(await one.open().readSpool()).toEqual([]);
    expect(await live(one)).toEqual([]);
  });

  it("record an ending as it was carried out, by whichever replica holds the Log", async () => {
    const { one, replicas } = await withDue(40, 2);
    const writer = await one.open().takeEpoch({ holder: "busy", waitMs: 0 });
    const report = await replicas[0]!.pass();
    expect(report.outcomes.filter(({ result }) => result === "unrecorded")).toHaveLength(40);
    expect(report.errors).toEqual([]);
    await writer.release();
    await replicas[1]!.pass();
    expect([replicas[0]!.ended.length, replicas[1]!.ended.length]).toEqual([40, 0]);
    expect(await activeIn(one)).toBe(0);
    expect(await one.open().readSpool()).toEqual([]);
  });

  it("end again what another had ended when a lease of it may have come there since", async () => {
    const { one, replicas } = await withDue(3, 2);
    const busy = await one.open().takeEpoch({ holder: "busy", waitMs: 0 });
    await replicas[0]!.pass();
    expect(replicas[0]!.ended).toHaveLength(3);
    const { chain } = await openLog({ store: one.open(), installation });
    const [grant = ""] = chain.grants.keys();
    const news = [
      { type: "change.intended", grant, generation: 1, leaseEnd: hoursAgo(1) },
      { type: "change.done", grant, generation: 1, observedEnd: hoursAgo(1) },
    ] as const;
    await busy.append(chain.head, chainRecords(chain.head, busy.epoch, now(), news));
    await busy.release();
    await replicas[1]!.pass();
    expect(replicas[1]!.ended).toEqual([`person-0@example.com ${chain.grants.get(grant)?.facts.gatewayName}`]);
    expect(await activeIn(one)).toBe(0);
  });

  it("leave no outcome to others of what nobody had recorded as held", async () => {
    const { one, replicas } = await withDue(3, 2, "intended");
    const busy = await one.open().takeEpoch({ holder: "busy", waitMs: 0 });
    await replicas[0]!.pass();
    await busy.release();
    await replicas[1]!.pass();
    expect([replicas[0]!.ended.length, replicas[1]!.ended.length]).toEqual([3, 3]);
    expect(await activeIn(one)).toBe(0);
  });

  it("lose nothing when one dies with a part in its hands: the others have it at once", async () => {
    const { one, replicas } = await withDue(60, 1);
    const dying = one.open();
    const parts = dying.dueShares!({ until: now() })[Symbol.asyncIterator]();
    const held = (await parts.next()).value as ReadonlySet<string>;
    expect(held.size).toBeGreaterThan(0);
    expect([...(await dueElsewhere(one))].filter((grant) => held.has(grant))).toEqual([]);
    const passing = replicas[0]!.pass();
    await server().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = $1",
      { parameters: [one.database] },
    );
    await passing;
    expect(replicas[0]!.ended).toHaveLength(60);
    expect(await activeIn(one)).toBe(0);
  });

  it("leave what a replica holds to it while it works, and take it over when it gives it back undone", async () => {
    const { one, replicas } = await withDue(30, 1);
    const slow = one.open().dueShares!({ until: now() })[Symbol.asyncIterator]();
    await slow.next();
    const passing = replicas[0]!.pass();
    await slow.return!();
    await passing;
    expect(replicas[0]!.ended).toHaveLength(30);
  });

  it("end everything when the database goes away in the middle", async () => {
    const { one, replicas } = await withDue(50, 1);
    const replica = replicas[0]!;
    replica.onFirstEnd = () => server().stop("immediate");
    const report = await replica.pass();
    expect(new Set(replica.ended).size).toBe(50);
    expect(report.outcomes.filter(({ kind }) => kind === "ended")).toHaveLength(50);
    await server().start();
    await replica.pass();
    expect(await activeIn(one)).toBe(0);
  });

  it("end what they know to be due when their password is refused all at once", async () => {
    const { one } = await withDue(20, 1);
    await server().query("CREATE ROLE rotated LOGIN PASSWORD 'before' IN ROLE leasehold_writer");
    const log = await openLog({ store: one.open({ user: "rotated", password: "before" }), installation });
    await server().query("ALTER ROLE rotated PASSWORD 'after'");
    await server().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotated'");
    const replica = new Replica("rotated", log.store);
    const report = await replica.pass({ log });
    expect(replica.ended).toHaveLength(20);
    expect(report.errors.map(({ code }) => code)).toContain("E612");
  });

  it("get the part of one that was stopped, once the server has ended its silent transaction", async () => {
    const { one, replicas } = await withDue(10, 1);
    const clock = { ...systemClock(), sleep: () => new Promise<void>(() => undefined) };
    const stopped = one.open({ clock }).dueShares!({ until: now() })[Symbol.asyncIterator]();
    const held = (await stopped.next()).value as ReadonlySet<string>;
    expect(held.size).toBeGreaterThan(0);
    await replicas[0]!.pass();
    expect(new Set(replicas[0]!.ended).size).toBe(10);
    expect(replicas[0]!.ended).toHaveLength(10);
    expect(await activeIn(one)).toBe(0);
  });

  /** A Log in which so many grants are overdue, and replicas that look at it. */
  async function withDue(grants: number, replicas: number, as: "held" | "intended" = "held") {
    const one = await place();
    const store = one.open();
    const writer = await store.takeEpoch({ holder: "before", waitMs: 0 });
    await writer.append(undefined, chainRecords(undefined, 1, hoursAgo(2), [opened, ...overdue(grants, as)]));
    await writer.release();
    return { one, replicas: Array.from({ length: replicas }, (_, n) => new Replica(`replica ${n}`, one.open())) };
  }

  async function activeIn(one: PostgresPlace): Promise<number> {
    const { chain } = await openLog({ store: one.open(), installation });
    return [...chain.grants.values()].filter(({ phase }) => phase !== "ended").length;
  }

  async function live(one: PostgresPlace): Promise<unknown[]> {
    return server().query("SELECT * FROM leasehold.live_grants", { database: one.database });
  }

  async function dueElsewhere(one: PostgresPlace): Promise<ReadonlySet<string>> {
    const all = new Set<string>();
    for await (const part of one.open().dueShares!({ until: now() })) for (const grant of part) all.add(grant);
    return all;
  }
});

/** A reconciler of its own on a gateway that all of them share. */
class Replica {
  /** Whom it ended at the gateway, as person and Connection. */
  readonly ended: string[] = [];
  onFirstEnd: (() => Promise<void>) | undefined;
  readonly #holder: string;
  readonly #store: LogStore;

  constructor(holder: string, store: LogStore) {
    this.#holder = holder;
    this.#store = store;
  }

  pass(parts: Partial<PassInput> = {}): Promise<PassReport> {
    return runPass({
      store: this.#store,
      providers: new Map([["main", this.#provider()]]),
      clock: systemClock(),
      random: systemRandom(),
      secrets: { resolve: (ref) => Promise.resolve(ref) },
      installation,
      holder: this.#holder,
      lockWaitMs: 0,
      mode: "reconcile",
      scope: "endings",
      ...parts,
    });
  }

  #provider(): Provider {
    const clock = systemClock();
    const provider = memoryProvider({ gateway: "main", installation, world: makeWorld({ clock }) });
    return { ...provider, apply: (effects, options) => this.#apply(provider, effects, options) };
  }

  /** A call takes a moment, as at a real gateway, so that no replica is through before the next has begun. */
  async *#apply(provider: Provider, effects: readonly Effect[], options: Parameters<Provider["apply"]>[1]) {
    for (const effect of effects) {
      if (effect.kind !== "end") throw new Error("only endings are due");
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.ended.push(`${effect.person} ${effect.connection}`);
      const before = this.onFirstEnd;
      this.onFirstEnd = undefined;
      await before?.();
      yield* provider.apply([effect], options);
    }
  }
}

function overdue(count: number, as: "held" | "intended"): RecordBody[] {
  return Array.from({ length: count }, (_, n): RecordBody[] => {
    const its = facts(n, { request: `r-${n}`, person: `person-${n}@example.com` });
    const end = hoursAgo(1);
    const intended = { type: "activation.intended", facts: its, end, leaseEnd: end } as const;
    if (as === "intended") return [intended];
    return [
      intended,
      { type: "activation.done", grant: its.grant, activatedAt: hoursAgo(2), observedEnd: end, worstCaseEnd: end },
    ];
  }).flat();
}

function hoursAgo(hours: number): string {
  return instantOf(Date.now() - hours * 3_600_000);
}

function now(): string {
  return hoursAgo(0);
}
