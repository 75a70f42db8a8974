// `npm run simulate -- --seeds N --from M`: plays N seeds of the deterministic simulator from seed M on, on all cores (at
// most `--workers`), and ends with `simulation: N seeds, N steps, N violations`. A seed that fails is said with the violated
// invariant and the last events, made small, and written as a test file to test/simulation/found. `--bars` runs the bars of
// QUALITY.md that the simulator shows, at their full numbers.
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { bundleSimulator, runSimulator } from "./simulator.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "2000" },
    from: { type: "string", default: "0" },
    workers: { type: "string", default: String(availableParallelism()) },
    bars: { type: "boolean", default: false },
  },
});

ensureInstalled(root);
const bundle = await bundleSimulator(root);
try {
  process.exitCode = (await (values.bars ? runBars() : playSeeds())) ? 0 : 1;
} finally {
  rmSync(bundle, { force: true });
}

async function playSeeds() {
  const [seeds, from, workers] = [values.seeds, values.from, values.workers].map(countOf);
  const total = { seeds: 0, steps: 0, violations: 0 };
  const heard = (line) => {
    if (line.violation === undefined) {
      total.seeds += line.seeds;
      total.steps += line.steps;
    } else {
      total.violations += 1;
      say(describe(line.violation));
    }
  };
  const width = Math.max(1, Math.min(workers, seeds));
  const codes = await Promise.all(
    Array.from({ length: width }, (_, index) => {
      const count = Math.floor((seeds - index + width - 1) / width);
      return runSimulator(bundle, ["play", from + index, count, width, join(root, "test", "simulation", "found")], {
        onLine: heard,
      });
    }),
  );
  const isWhole = codes.every((code) => code === 0) && total.seeds === seeds;
  if (!isWhole) say(`the simulator did not come to its end (exit codes ${codes.join(", ")})`);
  say(`simulation: ${total.seeds} seeds, ${total.steps} steps, ${total.violations} violations`);
  return isWhole && total.violations === 0;
}

async function runBars() {
  let isGood = true;
  const code = await runSimulator(bundle, ["bars"], {
    onLine: ({ bar, isReached }) => {
      isGood &&= isReached;
      say(bar);
    },
  });
  return code === 0 && isGood;
}

function describe({ seed, message, tail, found, without }) {
  return [
    `seed ${seed}: ${message}`,
    ...tail.map((line) => `  ${line}`),
    `  smallest run that still fails leaves out ${without}; written to ${found}`,
  ].join("\n");
}

function countOf(text) {
  if (!/^\d{1,12}$/.test(text)) throw new Error(`Expected a whole number, got \`${text}\``);
  return Number(text);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
