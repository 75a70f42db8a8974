// `npm run simulate:mutants`: plants each known bug of test/simulation/mutants.json, one at a time, and plays seeds until the
// simulator notices it. Ends with `mutants: N noticed, 0 survived`; with arguments only mutants whose name or file has one
// of them. Nothing in the checkout is changed: a bug is planted in the bundle only.
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { mutate } from "./mutants.mjs";
import { bundleSimulator, runSimulator } from "./simulator.mjs";
import { typeChecker } from "./type-checker.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2);
/** How many seeds a bug may take. */
const MOST_SEEDS = 3_000;
/** Against bugs that never let a run end. */
const MOST_MS = 10 * 60_000;
const WORKERS = 2;

ensureInstalled(root);
process.exitCode = (await main()) ? 0 : 1;

async function main() {
  const all = JSON.parse(readFileSync(join(root, "test", "simulation", "mutants.json"), "utf8"));
  const mutants = all.filter(
    ({ name, file }) => wanted.length === 0 || wanted.some((one) => name.includes(one) || file.includes(one)),
  );
  const problems = [...listProblems(mutants), ...compileProblems(mutants)];
  for (const problem of problems) say(problem);
  if (problems.length > 0) return ended(`mutants: ${problems.length} can't be judged`, false);
  const queue = [...mutants];
  const outcomes = [];
  const worker = async (index) => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const outcome = await tryMutant(mutant, index);
      outcomes.push(outcome);
      say(`${String(outcomes.length).padStart(3)}/${mutants.length} ${wordsOf(mutant, outcome)}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => worker(index)));
  const noticed = outcomes.filter((one) => one.violation !== undefined).length;
  return ended(
    `mutants: ${noticed} noticed, ${outcomes.length - noticed} survived`,
    noticed === outcomes.length && noticed > 0,
  );
}

function listProblems(mutants) {
  return mutants.flatMap(({ name, file, find, replace }) => {
    const count = readFileSync(join(root, file), "utf8").split(find).length - 1;
    if (count !== 1) return [`${name}: its text stands ${count} times in ${file}, not once`];
    return find === replace ? [`${name}: it changes nothing`] : [];
  });
}

/** One that does not compile proves nothing. */
function compileProblems(mutants) {
  const check = typeChecker(root);
  return mutants.flatMap((mutant) => {
    const [problem] = check({ [mutant.file]: textOf(mutant) });
    return problem === undefined ? [] : [`${mutant.name}: does not compile: ${problem}`];
  });
}

async function tryMutant(mutant, index) {
  const bundle = await bundleSimulator(root, { name: `mutant-${index}`, texts: { [mutant.file]: textOf(mutant) } });
  const outcome = { seeds: 0, violation: undefined };
  const stop = AbortSignal.timeout(MOST_MS);
  try {
    await runSimulator(bundle, ["first", mutant.from ?? 0, MOST_SEEDS, 1], {
      signal: stop,
      onLine: ({ seeds, violation }) => Object.assign(outcome, { seeds, violation }),
    });
  } finally {
    rmSync(bundle, { force: true });
  }
  return outcome;
}

function wordsOf({ name }, { seeds, violation }) {
  if (violation === undefined) return `SURVIVED ${seeds} seeds: ${name}`;
  return `noticed after ${seeds} ${seeds === 1 ? "seed" : "seeds"}: ${name}\n        ${violation.message.slice(0, 180)}`;
}

function textOf(mutant) {
  return mutate(readFileSync(join(root, mutant.file), "utf8"), mutant);
}

function ended(line, isGood) {
  say(line);
  return isGood;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
