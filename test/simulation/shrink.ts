import { run, type RunReport } from "./run";

/** What is left of a failing run when all that it does not need is left out. */
export interface SmallRun {
  readonly report: RunReport;
  readonly without: { readonly events: readonly number[]; readonly faults: readonly number[] };
}

/**
 * Makes a failing run small: leaves out events, then network faults, in ever smaller pieces, as long as what is
 * left breaks the same invariant (delta debugging). Plays at most so many runs for it.
 */
export async function shrink(first: RunReport, { mostRuns = 150 } = {}): Promise<SmallRun> {
  let small: SmallRun = { report: first, without: { events: [], faults: [] } };
  const spent = { runs: 0 };
  const isStillBad = async (without: SmallRun["without"]): Promise<boolean> => {
    spent.runs += 1;
    const report = await run(first.seed, without);
    if (report.violation?.invariant !== first.violation?.invariant) return false;
    small = { report, without };
    return true;
  };
  for (const kind of ["events", "faults"] as const) {
    const count = kind === "events" ? first.script.events.length : first.faults;
    for (
      let size = Math.ceil(count / 2);
      size >= 1 && spent.runs < mostRuns;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let from = 0; from < count && spent.runs < mostRuns; from += size) {
        const left = new Set(small.without[kind]);
        const piece = Array.from({ length: Math.min(size, count - from) }, (_, at) => from + at);
        if (piece.every((one) => left.has(one))) continue;
        for (const one of piece) left.add(one);
        await isStillBad({ ...small.without, [kind]: [...left].toSorted((a, b) => a - b) });
      }
    }
  }
  return small;
}
