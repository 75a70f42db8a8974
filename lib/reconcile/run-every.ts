import { exitCodes, isFailure } from "../errors";
import { openLog, type Log } from "../log";
import { epochMsOf, type Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Clock } from "../ports";
import { nextDue } from "./due";
import type { PassInput } from "./input";
import { runPass } from "./pass";
import type { PassReport } from "./report";

/** A reconciler that keeps going. */
export interface RunEveryInput extends Omit<
  PassInput,
  "mode" | "log" | "planned" | "only" | "dryRun" | "scope" | "probe"
> {
  /** Between two whole passes. */
  readonly intervalMs: number;
  /** Told of each run; `endings` ones only end what is due. A probe that ended nothing is not told. */
  readonly onReport?: (
    report: PassReport | undefined,
    run: { readonly scope: "all" | "endings"; readonly error?: unknown },
  ) => void;
  readonly signal: AbortSignal;
}

/** Between two runs, however close the deadlines are: they are drained together. */
const shortestPauseMs = 200;
/** Between two probes: bar 2 of QUALITY.md wants everything out a minute after the gateway takes endings again. */
const probeMs = 20_000;
/** Between two looks at what others recorded: bar 2 wants what ends out within a minute, and another machine may have granted it. */
const lookMs = 30_000;

/**
 * Runs passes until the signal: a whole one every interval, and in between one that only ends what is
 * due at each deadline, so that access ends within a second of it. There is no timer per Grant: the
 * next deadline is the earliest end in the fold that no run has tried yet, and however rare whole passes
 * are, what others record is read every half a minute. After a failure whole passes
 * come more slowly, at most five minutes apart. While endings are refused, they are asked for again by
 * them, and in between one pair of them after the other is tried: as soon as one is taken, all are asked for.
 */
export async function runEvery(input: RunEveryInput): Promise<void> {
  const { clock, intervalMs, signal } = input;
  let log: Log | undefined;
  let failures = 0;
  let probes = 0;
  let isStuck = false;
  let nextWhole = clock.monotonicMs();
  let tried = clock.now();
  let reason: "deadline" | "probe" = "deadline";
  while (!signal.aborted) {
    const isWhole = clock.monotonicMs() >= nextWhole;
    const isProbe: boolean = !isWhole && reason === "probe";
    if (isProbe) probes += 1;
    else tried = clock.now();
    const run = await runOnce(
      input,
      log,
      isWhole ? { scope: "all" } : { scope: "endings", ...(isProbe ? { probe: probes } : {}) },
    );
    log = run.log;
    const isTaken: boolean = isProbe && run.hasEnded;
    if (isWhole) {
      failures = run.isGood ? 0 : failures + 1;
      nextWhole = clock.monotonicMs() + backedOff(intervalMs, failures);
    } else if (isTaken) {
      nextWhole = Math.min(nextWhole, clock.monotonicMs() + intervalMs);
    }
    if (!isProbe) isStuck = run.isStuck ?? isStuck;
    const wake = (): Wake => nextWake({ clock, log, tried, isTaken, isStuck, nextWhole });
    await learnUntil(wake, { clock, log, signal });
    const { reason: next, inMs } = wake();
    reason = next;
    await clock.sleep(Math.max(shortestPauseMs, inMs), signal);
  }
}

/** When the next run is to be, and what for. */
interface Wake {
  readonly inMs: number;
  readonly reason: "deadline" | "probe";
}

function nextWake(at: {
  readonly clock: Clock;
  readonly log: Log | undefined;
  readonly tried: Instant;
  readonly isTaken: boolean;
  readonly isStuck: boolean;
  readonly nextWhole: number;
}): Wake {
  const untilDeadline = at.isTaken ? 0 : untilNextDue(at.clock, at.log, at.tried);
  const untilProbe = at.isStuck ? probeMs : Number.POSITIVE_INFINITY;
  const untilWhole = at.nextWhole - at.clock.monotonicMs();
  return {
    inMs: Math.min(untilWhole, untilDeadline, untilProbe),
    reason: untilProbe < untilDeadline ? "probe" : "deadline",
  };
}

/** Reads what others record until the next run is near: it may have to come sooner for it. */
async function learnUntil(
  wake: () => Wake,
  { clock, log, signal }: Pick<RunEveryInput, "clock" | "signal"> & { readonly log: Log | undefined },
): Promise<void> {
  if (log === undefined) return;
  while (!signal.aborted && wake().inMs > lookMs) {
    await clock.sleep(lookMs, signal);
    // What is wrong with it the next run says.
    if (!signal.aborted) await log.refresh().catch(() => undefined);
  }
}

function untilNextDue(clock: Clock, log: Log | undefined, tried: Instant): number {
  const due = log === undefined ? undefined : nextDue(log.chain, tried);
  return due === undefined ? Number.POSITIVE_INFINITY : epochMsOf(due) - epochMsOf(clock.now());
}

/** What came of one run. */
interface RunOutcome {
  readonly log: Log | undefined;
  readonly isGood: boolean;
  /** Endings were refused; undefined where the run did not come that far. */
  readonly isStuck: boolean | undefined;
  readonly hasEnded: boolean;
}

async function runOnce(
  { onEvent, ...input }: RunEveryInput,
  open: Log | undefined,
  part: { readonly scope: "all" | "endings"; readonly probe?: number },
): Promise<RunOutcome> {
  const { scope, probe } = part;
  try {
    const log = open ?? (await tryOpenLog(input));
    const telling = onEvent === undefined || probe !== undefined ? {} : { onEvent };
    const opened = log === undefined ? {} : { log };
    const report = await runPass({ ...input, ...telling, ...opened, ...part, mode: "reconcile" });
    const hasEnded = report.outcomes.some((one) => one.kind === "ended");
    if (probe === undefined || hasEnded) input.onReport?.(report, { scope });
    const isGood = !report.exitCodes.some((code) => slowing.has(code));
    return { log, isGood, isStuck: report.overdue.length > 0, hasEnded };
  } catch (error) {
    input.onReport?.(undefined, { scope, error });
    // What was read of a Log that no longer verifies is not kept.
    return { log: isFailure(error, "log") ? undefined : open, isGood: false, isStuck: undefined, hasEnded: false };
  }
}

/** Undefined where the Log cannot be reached: a pass then does with what was last seen of it. */
async function tryOpenLog({
  store,
  installation,
}: Pick<RunEveryInput, "store" | "installation">): Promise<Log | undefined> {
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
