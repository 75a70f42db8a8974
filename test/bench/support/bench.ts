/** Runs one bench and stores what it found; every file in test/bench goes through here. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { isReached, rounded, type BenchResult, type Check, type Machine, type Measured } from "./result";

/** The checkout; benches run from its root. */
export const root = process.cwd();

/** What a bench finds out; where and when is added here. */
export interface Findings {
  readonly row: string;
  readonly checks: readonly Check[];
  readonly measured: readonly Measured[];
  readonly method: string;
  /** Where the time goes; shown where a bar is not reached. */
  readonly limit?: string;
}

/** Runs a bench in a directory of its own, which is gone afterwards; prints and stores what it found. */
export function bench(
  run: (directory: string) => Promise<readonly Findings[]> | readonly Findings[],
  options: { readonly terraform?: true } = {},
): void {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
  const machine = machineNow(options);
  void Promise.resolve()
    .then(() => run(directory))
    .then((found) => found.forEach((one) => keep({ ...one, machine })))
    .catch((thrown: unknown) => {
      process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
      process.exitCode = 1;
    })
    .finally(() => {
      rmSync(directory, { recursive: true, force: true });
      // A bench that failed may have left a gateway running, which ends with this process.
      if (process.exitCode === 1) process.exit();
    });
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/**
 * Runs sides in turn, a first time to warm up and then so many rounds, and gives the figures of each:
 * what a side gives back, or else the milliseconds that it took.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, (round: number) => number | void | Promise<number | void>>>,
  options: { readonly warmUp?: false } = {},
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = options.warmUp === false ? 1 : 0; round <= rounds; round += 1) {
    for (const name of names) {
      let given: number | void = undefined;
      const ms = await timed(async () => (given = await sides[name](round)));
      if (round > 0) figures[name].push(given ?? ms);
    }
  }
  return figures;
}

function keep(result: BenchResult): void {
  const folder = join(root, "test", "bench", "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.row}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
  for (const { what, unit, median, least, most, rounds } of result.measured) {
    process.stdout.write(`${result.row}  ${what}: median ${median} ${unit} (${least} to ${most}, ${rounds} rounds)\n`);
  }
  for (const check of result.checks) {
    const verdict = isReached(check) ? "reached" : "NOT REACHED";
    process.stdout.write(
      `${result.row}  ${check.what}: ${rounded(check.figure)} ${check.unit}, bar ${check.is} ${check.bar} ${check.unit}: ${verdict}\n`,
    );
  }
}

function machineNow({ terraform }: { readonly terraform?: true }): Machine {
  const [one = 0, five = 0] = loadavg();
  return {
    cpu: `${cpus().length} x ${cpus()[0]?.model.trim() ?? "?"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${release()}`,
    node: process.version,
    ...(terraform === true ? { terraform: terraformVersion() } : {}),
    load: [rounded(one), rounded(five)],
    at: new Date().toISOString().slice(0, 10),
  };
}

function terraformVersion(): string {
  const text = execFileSync("terraform", ["version", "-json"], { encoding: "utf8" });
  return (JSON.parse(text) as { readonly terraform_version: string }).terraform_version;
}
