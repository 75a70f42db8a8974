/** What a bench has found out, as it is stored in test/bench/results and shown in docs/performance.md. */

/** One figure beside its bar. */
export interface Check {
  readonly what: string;
  readonly figure: number;
  /** `ms`, `s`, `MB`, `KiB`, `/s`, `x` (a ratio), `%`, or a thing counted. */
  readonly unit: string;
  readonly bar: number;
  readonly is: "at most" | "at least";
}

/** One thing that was measured several times. */
export interface Measured {
  readonly what: string;
  readonly unit: string;
  readonly rounds: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Where and when it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly memory: string;
  readonly system: string;
  readonly node: string;
  /** Absent where no terraform took part. */
  readonly terraform?: string;
  /** What else ran: load averages of one and five minutes when the bench began. */
  readonly load: readonly [number, number];
  readonly at: string;
}

/** What one bench says of one row. */
export interface BenchResult {
  /** `P4` */
  readonly row: string;
  readonly checks: readonly Check[];
  readonly measured: readonly Measured[];
  /** Exactly what was measured, in a few plain sentences. */
  readonly method: string;
  /** Where the time goes, where a bar is not reached. */
  readonly limit?: string;
  readonly machine: Machine;
}

/** Whether a figure reaches its bar. */
export function isReached({ figure, bar, is }: Check): boolean {
  return is === "at most" ? figure <= bar : figure >= bar;
}

/** Median, least and most of some rounds. */
export function measured(what: string, unit: string, values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    what,
    unit,
    rounds: sorted.length,
    median: rounded(percentile(sorted, 0.5)),
    least: rounded(sorted[0] ?? Number.NaN),
    most: rounded(sorted.at(-1) ?? Number.NaN),
  };
}

/** A percentile of sorted values, between two of them where it falls there. */
export function percentile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** Four significant digits: more would say more than was measured. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
