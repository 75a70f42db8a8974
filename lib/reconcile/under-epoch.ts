import { failure, isFailure } from "../errors";
import { openLog, type Log } from "../log";
import type { World } from "./input";
import { Journal } from "./journal";
import { tryClockBehindLog } from "./times";

/** The parts of the world that only the Log needs. */
export type LogWorld = Pick<World, "store" | "log" | "clock" | "installation" | "holder" | "lockWaitMs">;

/** Opens the Log of a world, or brings the one that is open up to date. */
export async function openedLog(world: Pick<World, "store" | "log" | "installation">): Promise<Log> {
  if (world.log === undefined) return openLog({ store: world.store, installation: world.installation });
  await world.log.refresh();
  return world.log;
}

/** Runs work that must be recorded under an epoch of its own. Throws E605 while another holds it, E603 when nothing can be written. */
export async function underEpoch<T>(world: LogWorld, work: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = new Journal(await openedLog(world), world.clock);
  await journal.takeEpoch({ holder: world.holder ?? "leasehold", waitMs: world.lockWaitMs ?? defaultLockWaitMs });
  refuseWithoutEpoch(journal);
  try {
    return await work(journal);
  } finally {
    await journal.release();
  }
}

/** Refuses to record something that widens while the clock stands before the Log. */
export function refuseClockBehind(journal: Journal): void {
  const behind = tryClockBehindLog(journal.times());
  if (behind !== undefined) throw behind;
}

/** How long a function waits for another writer where the caller does not say. */
export const defaultLockWaitMs = 10_000;

/** Throws what keeps a journal from recording: E605 while another writer holds the Log, E603 where it cannot be written. */
export function refuseWithoutEpoch(journal: Journal): void {
  if (journal.canRecord) return;
  const { trouble } = journal;
  if (isFailure(trouble)) throw trouble;
  throw failure("E603", { fix: "make the Log writable, then run it again", cause: trouble });
}
