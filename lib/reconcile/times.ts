import { failure, type LeaseholdError } from "../errors";
import { epochMsOf, instantOf, latest, type Instant } from "../model/instant";
import type { Clock } from "../ports";

/** How far two clocks may stand apart before no new access is given. */
export const clockToleranceMs = 60_000;

/** The two times of a moment: what our clock says, and what the Log may say. */
export interface Times {
  /** Our clock as it stands; the start of anything new is measured by it. */
  readonly clock: Instant;
  /** Never before the last record: the Log's times only grow, and an ending is due by this one. */
  readonly record: Instant;
  /** How far our clock jumped ahead since it was first read, in milliseconds; back is negative. */
  readonly jumpedMs: number;
}

/** One look at our clock and at the milliseconds that only grow: a later look tells a jump by it. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Reads both at once. */
export function readClock(clock: Clock): ClockReading {
  return { wallMs: epochMsOf(clock.now()), monotonicMs: clock.monotonicMs() };
}

/** Reads the clock against the time of the last record, and against an earlier look. */
export function timesAt(clock: Clock, lastRecord: Instant | undefined, first: ClockReading): Times {
  const now = clock.now();
  const jumpedMs = epochMsOf(now) - first.wallMs - (clock.monotonicMs() - first.monotonicMs);
  return { clock: now, record: latest(now, lastRecord) ?? now, jumpedMs };
}

/**
 * The time by which an ending on one gateway is due: the latest that our clock, the Log and the
 * gateway's clock say. Whoever of them says that an end was reached is believed.
 */
export function dueTime(times: Times, skewMs: number): Instant {
  return skewMs <= 0 ? times.record : (latest(times.record, shifted(times.clock, skewMs)) ?? times.record);
}

/** Whether a Grant may start at this moment: from `startAfter` on by our clock, and before `startBefore` by the later of clock and Log. */
export function isTimeToStart(times: Times, { startAfter, startBefore }: StartBounds): boolean {
  return (startAfter === undefined || times.clock >= startAfter) && times.record < startBefore;
}

/** When something that was asked for may start. */
interface StartBounds {
  readonly startAfter?: Instant;
  readonly startBefore: Instant;
}

/** Why nothing new may start by this clock, if so: it stands behind the Log's last record. */
export function tryClockBehindLog(times: Times): LeaseholdError | undefined {
  const behindMs = epochMsOf(times.record) - epochMsOf(times.clock);
  if (behindMs <= clockToleranceMs) return undefined;
  return failure("E502", {
    summary: "this machine's clock stands before the Log's last record",
    detail: `the clock says ${times.clock}, the last record was made at ${times.record}; nothing new was granted, endings go on by the later of the two`,
    fix: "set this machine's clock right (NTP), then run it again",
  });
}

/** Why nothing new may start on a gateway, if so: its clock and ours stand too far apart. */
export function tryClockApart(gateway: string, skewMs: number): LeaseholdError | undefined {
  if (Math.abs(skewMs) <= clockToleranceMs) return undefined;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return failure("E502", {
    summary: "the gateway's clock and ours disagree",
    detail: `gateway ${gateway} is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this machine; nothing new was granted there, endings go on by the later of the two`,
    fix: "set both clocks right (NTP), then run it again",
  });
}

function shifted(at: Instant, ms: number): Instant {
  return instantOf(epochMsOf(at) + ms);
}
