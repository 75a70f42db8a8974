import { epochMsOf, instantOf, type Instant } from "../../../lib/model/instant";
import type { Clock } from "../../../lib/ports";

/** A clock that stands still until a test moves it; sleeping moves it by what was slept. */
export class SettableClock implements Clock {
  private ms: number;
  private monotonic = 0;

  constructor(at: Instant) {
    this.ms = epochMsOf(at);
  }

  now(): Instant {
    return instantOf(this.ms);
  }

  monotonicMs(): number {
    return this.monotonic;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await Promise.resolve();
    if (signal?.aborted !== true) this.advance(ms);
  }

  /** Time passes. */
  advance(ms: number): void {
    this.ms += ms;
    this.monotonic += ms;
  }

  advanceSeconds(seconds: number): void {
    this.advance(seconds * 1000);
  }

  /** The wall clock jumps; no time passes. */
  jump(ms: number): void {
    this.ms += ms;
  }
}
