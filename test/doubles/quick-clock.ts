import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../lib/ports";

/** The machine's clock, movable, on which sleeping takes no more than a moment: waits count, but are not waited out. */
export class QuickClock implements Clock {
  private offsetMs = 0;
  private sleptMs = 0;

  now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  monotonicMs(): number {
    return performance.now() + this.sleptMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    this.sleptMs += ms;
    await wait(Math.min(ms, 5), undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }

  /** All that was slept, in milliseconds. */
  get slept(): number {
    return this.sleptMs;
  }

  /** Moves the clock; negative goes back. */
  jump(ms: number): void {
    this.offsetMs += ms;
  }
}
