import { instantOf, type Instant } from "../../../lib/model/instant";
import type { Clock } from "../../../lib/ports";
import type { Program } from "./program";
import type { Turns } from "./turns";

/** The clock on a wall: true time, but for how far it is off. It can jump and drift. */
export class WallClock {
  private offsetMs = 0;
  private drift = 0;
  private since: number;
  private farthestMs = 0;

  constructor(private readonly turns: Turns) {
    this.since = turns.nowMs;
  }

  /** The farthest that it ever was off, in milliseconds. */
  get worstMs(): number {
    return Math.max(this.farthestMs, Math.abs(this.error()));
  }

  nowMs(): number {
    return Math.floor(this.turns.nowMs + this.error());
  }

  now(): Instant {
    return instantOf(this.nowMs());
  }

  /** Jumps, either way. */
  jump(ms: number): void {
    this.settle();
    this.offsetMs += ms;
    this.farthestMs = this.worstMs;
  }

  /** Runs wrong from now on: `rate` milliseconds in each millisecond. */
  driftBy(rate: number): void {
    this.settle();
    this.drift = rate;
  }

  /** Is set right, as NTP does. */
  setRight(): void {
    this.settle();
    this.offsetMs = 0;
    this.drift = 0;
  }

  private settle(): void {
    this.offsetMs = this.error();
    this.since = this.turns.nowMs;
    this.farthestMs = this.worstMs;
  }

  private error(): number {
    return this.offsetMs + this.drift * (this.turns.nowMs - this.since);
  }
}

/** The clock port of a program: the wall's time, and waits that are turns. */
export function programClock(turns: Turns, program: Program, wall: WallClock): Clock {
  return {
    now: () => wall.now(),
    monotonicMs: () => turns.nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const over = (): void => {
          signal?.removeEventListener("abort", over);
          resolve();
        };
        if (signal?.aborted === true) return resolve();
        signal?.addEventListener("abort", over);
        turns.after(ms, over, program);
      }),
  };
}
