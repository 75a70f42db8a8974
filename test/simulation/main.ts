/** What scripts/simulate.mjs and scripts/simulate-mutants.mjs run: says what came of it in lines of JSON. */
import { fullBars } from "./bars/sizes";
import { scriptOf, type Bias } from "./play/script";
import { play, run, type RunReport } from "./run";
import { shrink } from "./shrink";
import { writeFound } from "./found-file";

const [mode = "play", ...rest] = process.argv.slice(2);

async function main(): Promise<void> {
  const [from = 0, count = 0, stride = 1] = rest.slice(0, 3).map(Number);
  switch (mode) {
    case "play":
      return await playAll({ from, count, stride }, rest[3] ?? "");
    case "bars":
      return await playBars();
    case "first":
      return await playUntilFirst({ from, count, stride }, JSON.parse(rest[3] ?? "{}") as Bias);
    default:
      throw new Error(`there is no mode ${mode}`);
  }
}

interface Seeds {
  readonly from: number;
  readonly count: number;
  readonly stride: number;
}

/** Plays all; each violation is said as soon as it is made small and written down. */
async function playAll({ from, count, stride }: Seeds, folder: string): Promise<void> {
  let steps = 0;
  for (let n = 0; n < count; n += 1) {
    const report = await run(from + n * stride);
    steps += report.steps;
    if (report.violation !== undefined) await tell(report, folder);
  }
  say({ seeds: count, steps });
}

async function tell(report: RunReport, folder: string): Promise<void> {
  const small = await shrink(report);
  const found = writeFound(folder, small);
  const { seed, tail } = small.report;
  const violation = small.report.violation ?? report.violation;
  const without = `${small.without.events.length} of ${report.script.events.length} events and ${small.without.faults.length} of ${report.faults} network faults`;
  say({ violation: { seed, message: violation?.message ?? "", tail: tail.slice(-40), found, without } });
}

/** The bars of QUALITY.md at their full numbers. */
async function playBars(): Promise<void> {
  for (const bar of fullBars) say(await bar());
}

/** Plays until the first violation. */
async function playUntilFirst({ from, count, stride }: Seeds, bias: Bias): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const seed = from + n * stride;
    const { violation, tail } = await play(scriptOf(seed, bias));
    if (violation === undefined) say({ seeds: n + 1 });
    else return say({ seeds: n + 1, violation: { seed, message: violation.message, tail: tail.slice(-120) } });
  }
}

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
  process.exit(1);
});
