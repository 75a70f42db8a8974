import type { Program } from "./program";

/** Something that happens at a moment of simulated time. */
interface Turn {
  readonly atMs: number;
  /** Decides between turns of one moment: drawn by chance, so that any order can come. */
  readonly tie: number;
  readonly number: number;
  /** Whose it is; a turn of a program that has ended never comes, one of a paused program comes later. */
  readonly program: Program | undefined;
  readonly run: () => void;
}

/**
 * Who is next. Every call through a simulated port waits here for its turn, so that of everything that could
 * go on at once exactly one thing does, and one seed is one order of events. Simulated time jumps to each turn.
 */
export class Turns {
  /** True time, in milliseconds since 1970. Clocks may say something else. */
  nowMs: number;
  private readonly heap: Turn[] = [];
  private count = 0;

  constructor(
    startMs: number,
    private readonly tie: () => number,
  ) {
    this.nowMs = startMs;
  }

  /** Lets something happen after a while. */
  after(ms: number, run: () => void, program?: Program): void {
    this.count += 1;
    const turn = { atMs: this.nowMs + Math.max(0, ms), tie: this.tie(), number: this.count, program, run };
    this.push(turn);
  }

  /** Resolves at the program's turn; never, when it ends before. */
  turn(program: Program, ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, program));
  }

  /** When the next turn is; undefined when nothing is left. */
  get nextMs(): number | undefined {
    return this.heap[0]?.atMs;
  }

  /** Takes the next turn and lets all that it set off go as far as it can. False: nothing is left. */
  async step(): Promise<boolean> {
    const turn = this.pop();
    if (turn === undefined) return false;
    this.nowMs = Math.max(this.nowMs, turn.atMs);
    const { program } = turn;
    if (program?.isOver === true) return true;
    if (program !== undefined && program.pausedUntilMs > this.nowMs) {
      this.push({ ...turn, atMs: program.pausedUntilMs });
      return true;
    }
    turn.run();
    await settled();
    return true;
  }

  private push(turn: Turn): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(turn);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Turn;
      if (!isBefore(turn, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = turn;
  }

  private pop(): Turn | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const isRight = b !== undefined && isBefore(b, a);
      const smaller = isRight ? b : a;
      if (!isBefore(smaller, last)) break;
      heap[at] = smaller;
      at = isRight ? left + 1 : left;
    }
    heap[at] = last;
    return top;
  }
}

/** Resolves when every promise that can go on has gone on: nothing simulated waits for the machine. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isBefore(one: Turn, other: Turn): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  if (one.tie !== other.tie) return one.tie < other.tie;
  return one.number < other.number;
}
