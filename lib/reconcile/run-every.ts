import { exitCodes, isFailure } from "../errors";
import { openLog, type Log } from "../log";
import { epochMsOf } from "../model/instant";
import { limits } from "../model/limits";
import { nextDue } from "./due";
import type { PassInput } from "./input";
import { runPass } from "./pass";
import type { PassReport } from "./report";

/** A reconciler that keeps going. */
export interface RunEveryInput extends Omit<PassInput, "mode" | "log" | "planned" | "only" | "dryRun" | "scope"> {
  /** Between two whole passes. */
  readonly intervalMs: number;
  /** Told of each run; `endings` ones only end what is due. */
  readonly onReport?: (
    report: PassReport | undefined,
    run: { readonly scope: "all" | "endings"; readonly error?: unknown },
  ) => void;
  readonly signal: AbortSignal;
}

/** Between two runs, however close the deadlines are: they are drained together. */
const shortestPauseMs = 200;

/**
 * Runs passes until the signal: a whole one every interval, and in between one that only ends what is
 * due at each deadline, so that access ends within a second of it. There is no timer per Grant: the
 * next deadline is the earliest end in the fold that no run has tried yet. After a failure whole passes
 * come more slowly, at most five minutes apart; endings that were refused are asked for again by them.
 */
export async function runEvery(input: RunEveryInput): Promise<void> {
  const { clock, intervalMs, signal } = input;
  let log: Log | undefined;
  let failures = 0;
  let nextWhole = clock.monotonicMs();
  while (!signal.aborted) {
    const isWhole = clock.monotonicMs() >= nextWhole;
    const scope = isWhole ? "all" : "endings";
    const began = clock.now();
    const run = await runOnce(input, log, scope);
    log = run.log;
    if (isWhole) {
      failures = run.isGood ? 0 : failures + 1;
      nextWhole = clock.monotonicMs() + backedOff(intervalMs, failures);
    }
    const due = log === undefined ? undefined : nextDue(log.chain, began);
    const untilDue = due === undefined ? Number.POSITIVE_INFINITY : epochMsOf(due) - epochMsOf(clock.now());
    const untilWhole = nextWhole - clock.monotonicMs();
    await clock.sleep(Math.max(shortestPauseMs, Math.min(untilWhole, untilDue)), signal);
  }
}

async function runOnce(
  input: RunEveryInput,
  open: Log | undefined,
  scope: "all" | "endings",
): Promise<{ readonly log: Log | undefined; readonly isGood: boolean }> {
  try {
    const log = open ?? (await tryOpenLog(input));
    const report = await runPass({ ...input, mode: "reconcile", ...(log === undefined ? {} : { log }), scope });
    input.onReport?.(report, { scope });
    return { log, isGood: !report.exitCodes.some((code) => slowing.has(code)) };
  } catch (error) {
    input.onReport?.(undefined, { scope, error });
    // What was read of a Log that no longer verifies is not kept.
    return { log: isFailure(error, "log") ? undefined : open, isGood: false };
  }
}

/** Undefined where the Log cannot be reached: a pass then does with what was last seen of it. */
async function tryOpenLog({ store, installation }: RunEveryInput): Promise<Log | undefined> {
  try {
    return await openLog({ store, installation });
  } catch (error) {
    if (isFailure(error, "unreachable")) return undefined;
    throw error;
  }
}

/** What is not mended by asking again at once: broken, refused credentials, overdue, recovering, unreachable. */
const slowing: ReadonlySet<number> = new Set([
  exitCodes.bug,
  exitCodes.credential,
  exitCodes.overdue,
  exitCodes.log,
  exitCodes.unreachable,
]);

/** Twice as long after each failure, never more than the retry of endings allows, never less than asked. */
function backedOff(intervalMs: number, failures: number): number {
  const longest = Math.max(intervalMs, limits.endingRetrySeconds * 1000);
  return Math.min(longest, intervalMs * 2 ** Math.min(failures, 10));
}
