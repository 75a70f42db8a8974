import { exitCodes, isFailure } from "../errors";
import type { CommandCall } from "./command";

const mostTurns = 4;

/**
 * Runs a command again where another writer took the Log over in the middle of it, a few times and
 * each after a while of its own length: two scheduled jobs that meet both come to their end. Safe for
 * what reads the Log and the world anew each time.
 */
export async function takeTurns(call: CommandCall, run: () => Promise<number>): Promise<number> {
  const { clock, output, random, signal } = call.shell;
  for (let turn = 1; ; turn += 1) {
    const exitCode = await orOvertaken(run, turn === mostTurns);
    if (exitCode !== exitCodes.stale || turn === mostTurns || signal.aborted) return exitCode;
    output.progress("Another writer took over the Log meanwhile; beginning again.");
    const [byte = 0] = random.bytes(1);
    await clock.sleep(turn * 1000 + byte * 8, signal);
  }
}

async function orOvertaken(run: () => Promise<number>, isLast: boolean): Promise<number> {
  try {
    return await run();
  } catch (thrown) {
    if (!isLast && isFailure(thrown) && thrown.code === "E604") return exitCodes.stale;
    throw thrown;
  }
}
