/** Many deadlines, one timer: a heap of ends and the timer for the nearest, which looks at the clock at least every second. */
import { limits } from "../limits";
import type { GatewayTime } from "../time";

interface Deadline {
  readonly atMs: number;
  readonly id: string;
}

/** Deadlines by id; what is no longer wanted is left in and found out by the one who is told. */
export class Deadlines {
  private readonly heap: Deadline[] = [];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** `due` gets the ids whose time has come, at most `endsPerTurn` at once. */
  constructor(
    private readonly time: GatewayTime,
    private readonly due: (ids: readonly string[]) => void,
  ) {}

  /** Adds a deadline, in milliseconds since 1970. */
  add(atMs: number, id: string): void {
    const heap = this.heap;
    let at = heap.length;
    const entry = { atMs, id };
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.atMs <= atMs) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
    if (at === 0) this.arm();
  }

  /** Tells what is due now. */
  check(): void {
    const next = this.heap[0];
    const now = this.time.nowMs();
    if (next === undefined || next.atMs > now) return this.armIfIdle();
    const ids: string[] = [];
    for (let top = this.heap[0]; top !== undefined && top.atMs <= now; top = this.heap[0]) {
      ids.push(top.id);
      this.removeTop();
      if (ids.length === limits.endsPerTurn) break;
    }
    if (ids.length > 0) this.due(ids);
    this.arm();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private armIfIdle(): void {
    if (this.timer === undefined) this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const next = this.heap[0];
    if (next === undefined || this.closed) return;
    const wait = Math.min(Math.max(next.atMs - this.time.nowMs(), 0), limits.clockCheck);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.check();
    }, wait).unref();
  }

  private removeTop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const smaller = b !== undefined && b.atMs < a.atMs ? b : a;
      if (smaller.atMs >= last.atMs) break;
      heap[at] = smaller;
      at = smaller === a ? left : left + 1;
    }
    heap[at] = last;
  }
}
