/** A bar of QUALITY.md as the simulator shows it: its line with the figures, and whether it is reached. */
export interface BarReport {
  readonly bar: string;
  readonly isReached: boolean;
}

/** Says a bar's line where people who run the tests can see it. */
export function sayBar({ bar }: BarReport): void {
  process.stderr.write(`${bar}\n`);
}
