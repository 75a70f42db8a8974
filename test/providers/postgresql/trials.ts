import type { Client } from "pg";
import { applyAll, end, hold, read } from "../../contract/fixtures";
import { quoted, tryLogIn, type PostgresqlUnderTest } from "../../contract/postgresql-gateway";
import type { TestPostgres } from "../../support/postgres";

/** What a holder does when the lease ends. */
export const habits = [
  "open",
  "idle",
  "in a transaction",
  "as the level's role",
  "in a long statement",
  "changing the own password in a transaction",
  "coming back as fast as it goes",
] as const;

/** See `habits`. */
export type Habit = (typeof habits)[number];

/** What came of some trials. */
export interface Trials {
  readonly trials: number;
  /** Statements that still worked once the ending was told as done, by habit: there must be none. */
  readonly statementsAfter: readonly Habit[];
  /** Logins that still worked then. */
  readonly loginsAfter: readonly Habit[];
  /** Endings that were not told as done. */
  readonly notEnded: readonly string[];
  /** The longest time from asking for the endings of a batch until the last one was told, in milliseconds. */
  readonly slowestMs: number;
}

/** Ends leases of holders with every habit, some at a time, and looks for anything that still works afterwards. */
export async function runTrials(under: PostgresqlUnderTest, server: TestPostgres, count: number): Promise<Trials> {
  const provider = under.provider();
  const found = { statementsAfter: [] as Habit[], loginsAfter: [] as Habit[], notEnded: [] as string[], slowestMs: 0 };
  for (let from = 0; from < count; from += batchSize) {
    const people = Array.from({ length: Math.min(batchSize, count - from) }, (_, at) => `p${from + at}@example.com`);
    await applyAll(
      under,
      provider,
      people.map((person) => hold(under, { person, request: `trial-${from}` })),
    );
    const holders = await Promise.all(people.map((person, at) => startHolder(under, server, person, habitOf(at))));
    const asked = performance.now();
    const outcomes = await applyAll(
      under,
      provider,
      people.map((person) => end(person)),
    );
    found.slowestMs = Math.max(found.slowestMs, performance.now() - asked);
    for (const outcome of outcomes) if (outcome.kind !== "ended") found.notEnded.push(JSON.stringify(outcome));
    for (const holder of holders) {
      const after = await holder.tryAgain();
      if (after.statement) found.statementsAfter.push(holder.habit);
      if (after.login) found.loginsAfter.push(holder.habit);
    }
    await Promise.all(holders.map((holder) => holder.stop()));
  }
  await provider.close();
  return { trials: count, ...found };
}

/** Well below the server's `max_connections`, with those who come back. */
const batchSize = 28;

function habitOf(at: number): Habit {
  return habits[at % habits.length] ?? "open";
}

interface Holder {
  readonly habit: Habit;
  /** Whether a statement on a session that is there, or a new login, still works. */
  tryAgain(): Promise<{ readonly statement: boolean; readonly login: boolean }>;
  stop(): Promise<void>;
}

async function startHolder(
  under: PostgresqlUnderTest,
  server: TestPostgres,
  person: string,
  habit: Habit,
): Promise<Holder> {
  const secret = await under.secretOf(person, read);
  if (secret === undefined) throw new Error(`Expected ${person} to have a lease`);
  const { database } = under;
  const logIn = (password = secret.password) => tryLogIn(server, { user: secret.user, password, database });
  const sessions: Client[] = [];
  const first = await logIn();
  if (first === undefined) throw new Error(`Expected ${person} to get in`);
  sessions.push(first);
  let isOver = false;
  let going: Promise<void> = Promise.resolve();
  await begin(first, habit, under);
  if (habit === "open" || habit === "as the level's role") going = untilRefused(first, () => isOver);
  if (habit === "in a long statement") void first.query("SELECT pg_sleep(600)").catch(() => undefined);
  if (habit === "coming back as fast as it goes") going = comingBack(logIn, sessions, () => isOver);
  return {
    habit,
    tryAgain: async () => {
      const works = await Promise.all(sessions.map((session) => isWorking(session)));
      const again = (await logIn()) ?? (await logIn(ownPassword));
      await again?.end();
      return { statement: works.includes(true), login: again !== undefined };
    },
    stop: async () => {
      isOver = true;
      await going;
      await Promise.allSettled(sessions.map((session) => session.end()));
    },
  };
}

const ownPassword = "chosen by the holder";

async function begin(session: Client, habit: Habit, under: PostgresqlUnderTest): Promise<void> {
  await session.query("SELECT id FROM orders");
  if (habit === "as the level's role") await session.query(`SET ROLE ${quoted(under.roles.read)}`);
  if (habit !== "in a transaction" && !habit.startsWith("changing")) return;
  await session.query("BEGIN");
  await session.query("SELECT id FROM orders");
  if (habit.startsWith("changing")) await session.query(`ALTER ROLE CURRENT_USER PASSWORD '${ownPassword}'`);
}

async function untilRefused(session: Client, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      await session.query("SELECT id FROM orders");
    } catch {
      return;
    }
  }
}

/** Never more than the lease's connection limit at once. */
async function comingBack(
  logIn: () => Promise<Client | undefined>,
  sessions: Client[],
  isOver: () => boolean,
): Promise<void> {
  for (let count = 0; count < 500 && !isOver(); count += 1) {
    const session = await logIn();
    if (session === undefined) continue;
    if (sessions.length < 5) sessions.push(session);
    else await session.end().catch(() => undefined);
  }
}

/** A session in a long statement is working as long as the server keeps it: asking anew would only wait behind it. */
async function isWorking(session: Client): Promise<boolean> {
  try {
    await session.query("SELECT 1");
    return true;
  } catch {
    return false;
  }
}
