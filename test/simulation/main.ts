/** `npm run simulate`: plays seeds and says what came of them. */
import { run } from "./run";

async function main(): Promise<void> {
  const of = (name: string, otherwise: number): number => {
    const at = process.argv.indexOf(name);
    return at === -1 ? otherwise : Number(process.argv[at + 1]);
  };
  const [seeds, from] = [of("--seeds", 2_000), of("--from", 0)];
  let [steps, violations, passes] = [0, 0, 0];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const report = await run(seed);
    steps += report.steps;
    passes += report.passes;
    if (report.violation === undefined) continue;
    violations += 1;
    process.stdout.write(`seed ${seed}: ${report.violation.message}\n`);
    if (!process.argv.includes("--show")) continue;
    for (const line of [...report.tail, ...report.records, JSON.stringify(report.script.parts)])
      process.stdout.write(`${line}\n`);
  }
  process.stdout.write(`simulation: ${seeds} seeds, ${steps} steps, ${violations} violations\n`);
  const { user, system } = process.cpuUsage();
  process.stderr.write(`${passes} passes, ${Math.round((user + system) / 1000 / seeds)} ms of CPU a seed\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
  process.exit(1);
});
