import { setTimeout as wait } from "node:timers/promises";
import type { LogRecord } from "../../lib/model/record";
import { disagreements, type Wrong } from "../kill/real/agreement";
import { Reconciler } from "../kill/real/reconciler";
import { makeRepository, type Repository } from "../kill/real/repository";
import { startPostgres, type TestPostgres } from "../support/postgres";
import { postgresPlaces } from "../support/postgres-log";
import { Estate, type EstateSize } from "./estate";
import { expiryLags, readRevokes, type Revokes } from "./lag";

/** How large the show is. */
export interface ShowInput extends EstateSize {
  /** Over how many seconds the ends are spread. */
  readonly spreadSeconds: number;
  readonly say: (line: string) => void;
}

/** What came of it. */
export interface Shown {
  readonly ended: number;
  readonly notEnded: number;
  readonly underOldEpoch: number;
  readonly wrong: readonly Wrong[];
}

/** Longer than a writer that says nothing keeps its epoch, and than a stopped process keeps its share of what is due. */
const stoppedMs = 18_000;

/**
 * Three real `leasehold reconcile --every 5s` on one PostgreSQL while Grants end: one is killed, and one is stopped for longer than
 * its lock, at a moment when it holds the Log, and then goes on. Two passes later everything has to agree.
 */
export async function showReplicas(input: ShowInput): Promise<Shown> {
  const server = await startPostgres();
  const places = postgresPlaces(() => server);
  try {
    const { database } = await places.place();
    const repository = await makeRepository("embedded", { store: "postgres", url: server.url({ database }) });
    try {
      return await show(input, repository, { server, database });
    } finally {
      await repository.close();
    }
  } finally {
    await places.close();
    await server.remove();
  }
}

interface Database {
  readonly server: TestPostgres;
  readonly database: string;
}

async function show(input: ShowInput, repository: Repository, database: Database): Promise<Shown> {
  const { say } = input;
  const estate = new Estate(repository, input);
  await estate.activate(input.spreadSeconds);
  const { active, first, last } = estate.ending();
  say(
    `replicas: ${active} grants active, ending within ${seconds(last - first)}, the first in ${seconds(first - Date.now())}`,
  );
  const replicas = ["one", "two", "three"].map((machine) => Reconciler.start(repository, ["--every", "5s"], machine));
  const revokes: Revokes = new Map();
  const stop = new AbortController();
  const others = estate.startOthers(stop.signal, 500);
  try {
    await accidents(replicas, { first, last, database, say, halfway: () => readRevokes(repository, revokes) });
    await untilEnded(repository, estate, last);
  } finally {
    stop.abort();
    await others;
    for (const replica of replicas) if (replica.isRunning) replica.send("SIGTERM");
    await Promise.all(replicas.map((replica) => endOf(replica)));
  }
  return conclude(repository, estate, revokes, say);
}

/** One is stopped while it holds the Log, another is killed, and the stopped one goes on. */
async function accidents(
  replicas: readonly Reconciler[],
  at: {
    readonly first: number;
    readonly last: number;
    readonly database: Database;
    readonly say: (line: string) => void;
    readonly halfway: () => Promise<void>;
  },
): Promise<void> {
  await wait(Math.max(0, at.first + (at.last - at.first) / 5 - Date.now()));
  const held = await stopOneThatHolds(replicas, at.database);
  at.say(
    `replicas: stopped ${held.stopped.pid} ${held.isHolder ? "while it held the Log" : "in the middle of its work"}`,
  );
  const killed = replicas.find((one) => one !== held.stopped);
  const stoppedAt = Date.now();
  await wait(3_000);
  await killed?.kill();
  at.say(`replicas: killed ${killed?.pid}`);
  await at.halfway();
  await wait(Math.max(0, stoppedAt + stoppedMs - Date.now()));
  held.stopped.send("SIGCONT");
  at.say(`replicas: ${held.stopped.pid} goes on after ${seconds(Date.now() - stoppedAt)}`);
}

/** Stops replicas in turn until one is found that holds the epoch as it stands still; after some tries it is any. */
async function stopOneThatHolds(
  replicas: readonly Reconciler[],
  database: Database,
): Promise<{ readonly stopped: Reconciler; readonly isHolder: boolean }> {
  for (let tries = 0; ; tries += 1) {
    const stopped = replicas[tries % replicas.length] as Reconciler;
    stopped.send("SIGSTOP");
    const before = await holding(database);
    await wait(300);
    // Whoever else holds the Log does something with it, or gives it back; a renewal comes every few seconds only.
    const isHolder = before !== undefined && before === (await holding(database));
    if (isHolder || tries === 40) return { stopped, isHolder };
    stopped.send("SIGCONT");
    await wait(100);
  }
}

/** Who holds the Log, since when and up to which record; undefined while nobody does. */
async function holding({ server, database }: Database): Promise<string | undefined> {
  const [row] = await server.query("SELECT token, sequence, lease_until FROM leasehold.head", { database });
  return typeof row?.["token"] === "string" ? JSON.stringify(row) : undefined;
}

async function untilEnded(repository: Repository, estate: Estate, last: number): Promise<void> {
  const patienceMs = 180_000;
  for (;;) {
    await repository.world.log.refresh();
    if (estate.ending().active === 0 || Date.now() > last + patienceMs) return;
    await wait(500);
  }
}

async function endOf(replica: Reconciler): Promise<void> {
  const timer = setTimeout(() => replica.send("SIGKILL"), 30_000);
  await replica.ended;
  clearTimeout(timer);
}

async function conclude(
  repository: Repository,
  estate: Estate,
  revokes: Revokes,
  say: (line: string) => void,
): Promise<Shown> {
  const since = new Date().toISOString();
  for (const pass of [1, 2]) {
    const { code } = await Reconciler.start(repository, []).ended;
    if (code !== 0) say(`replicas: pass ${pass} ended with ${code}`);
  }
  const wrong = await disagreements(repository, { since });
  await readRevokes(repository, revokes);
  const lags = await expiryLags(repository, revokes);
  const { active: notEnded } = estate.ending();
  const { underOldEpoch, epochs } = await epochsOf(repository);
  const quantile = (part: number): string => seconds(lags[Math.floor((lags.length - 1) * part)] ?? 0);
  say(
    `replicas: expiry lag (end to revoke at the gateway) p50 ${quantile(0.5)}, p99 ${quantile(0.99)}, most ${quantile(1)}`,
  );
  const ended = lags.filter((lag) => lag >= 0).length;
  say(
    `replicas: ${ended} ended, ${notEnded} not ended, ${epochs} epochs, ${underOldEpoch} records under an old epoch, ${wrong.filter(({ kind }) => kind === "leaked").length} live leases that the fold does not hold`,
  );
  for (const one of wrong.slice(0, 20)) say(`  ${one.kind}: ${one.detail}`);
  return { ended, notEnded, underOldEpoch, wrong };
}

/** Records that came into the chain after one of a later epoch, and how many epochs there were. */
async function epochsOf(repository: Repository): Promise<{ readonly underOldEpoch: number; readonly epochs: number }> {
  let newest = 0;
  let underOldEpoch = 0;
  const epochs = new Set<number>();
  for await (const lines of repository.world.store.read(1)) {
    for (const line of lines) {
      const { epoch } = JSON.parse(line) as LogRecord;
      if (epoch < newest) underOldEpoch += 1;
      newest = Math.max(newest, epoch);
      epochs.add(epoch);
    }
  }
  return { underOldEpoch, epochs: epochs.size };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
