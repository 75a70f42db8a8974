/** One run of a program on simulated ports: it can be paused, and killed at any call through a port. */
export class Program {
  isOver = false;
  pausedUntilMs = 0;
  /** It was held up in the middle of what it does now. */
  wasPaused = false;
  /** When it last read the spool, in true time: what stood there by then, it knows. */
  spoolReadMs = 0;
  /** When it last read the chain, in true time. */
  chainReadMs = 0;
  /** Pairs, by the gateway's names, for which it has asked for a Lease since it last appended: not yet recorded, nor older ones taken away. */
  readonly asking = new Set<string>();
  /** What it wrote into the spool is durable. */
  onSpooled: () => void = () => undefined;
  /** Calls through ports so far. */
  calls = 0;
  /** The call at which it dies: counted from 1. */
  dieAtCall = Number.POSITIVE_INFINITY;
  /** The call at which it pauses, and what does that. */
  pauseAtCall = Number.POSITIVE_INFINITY;
  onPause: () => void = () => undefined;
  private readonly endings: (() => void)[] = [];

  constructor(readonly name: string) {}

  /** Ends it as kill -9 does: nothing of it goes on, not even what it meant to do last. */
  kill(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const ending of this.endings) ending();
  }

  /** Something that ends with it, e.g. its locks. */
  onEnd(ending: () => void): void {
    this.endings.push(ending);
  }

  /** Counts a call, and pauses where it is to; true when it dies at this one. */
  diesNow(): boolean {
    this.calls += 1;
    if (this.calls >= this.pauseAtCall) {
      this.pauseAtCall = Number.POSITIVE_INFINITY;
      this.wasPaused = true;
      this.onPause();
    }
    return this.calls >= this.dieAtCall;
  }
}

/** What becomes of the calls of a program that is over: no answer, no error, nothing. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
