import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Bar P14: `--help` within 150 ms, `validate` of one file with a current Manifest within 250 ms, as whole
 * processes. A bare `node -e 0` runs in turn with them: what of the time is Node's own.
 */
const bin = join(__dirname, "../../dist/lib/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "leasehold-bench-"));
const repository = join(folder, "demo");
const rounds = 15;

try {
  run(["init", "demo"], folder);
  run(["validate"], repository);
  const times = { node: [] as number[], help: [] as number[], validate: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const measured = {
      node: timed(["-e", "0"], folder),
      help: timed([bin, "--help"], folder),
      validate: timed([bin, "validate", "requests/orders-first-look.yaml"], repository),
    };
    // The first round warms up.
    if (round === 0) continue;
    for (const [name, ms] of Object.entries(measured)) times[name as keyof typeof times].push(ms);
  }
  process.stdout.write(
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}, ${rounds} rounds in turn\n`,
  );
  tell("node -e 0", times.node);
  tell("leasehold --help", times.help, 150);
  tell("leasehold validate FILE", times.validate, 250);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`leasehold ${args.join(" ")}: exit ${status}: ${stderr}`);
}

function timed(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "ignore" });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(" ")}: exit ${status}`);
  return ms;
}

function tell(what: string, times: readonly number[], bar?: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const spread = `${Math.round(sorted[0] ?? 0)} to ${Math.round(sorted.at(-1) ?? 0)}`;
  const verdict = bar === undefined ? "" : median <= bar ? `  bar ${bar} ms: reached` : `  bar ${bar} ms: NOT REACHED`;
  process.stdout.write(`${what.padEnd(24)} median ${Math.round(median)} ms (${spread})${verdict}\n`);
}
