// `npm run simulate:mutants`: plants each known bug of test/simulation/mutants.json, one at a time, and plays seeds until the
// simulator notices it. Ends with `mutants: N noticed, 0 survived`; with words after it only mutants whose name or file has
// one of them. Each bug is looked for with its own bias (`play`: what comes more often than by chance); the sources as they
// stand play the same seeds with the same bias first, and must break nothing. `--seeds N`: how many a bug may take;
// `--tail`: the last events of each run that noticed one. Nothing in the checkout is changed: a bug is planted in the bundle only.
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { mutate } from "./mutants.mjs";
import { bundleSimulator, runSimulator } from "./simulator.mjs";
import { typeChecker } from "./type-checker.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: "string", default: "150" }, tail: { type: "boolean", default: false } },
});
/** How many seeds a bug may take. */
const mostSeeds = Number(values.seeds);
/** Against bugs that never let a run end. */
const MOST_MS = 10 * 60_000;
const WORKERS = 2;

ensureInstalled(root);
process.exitCode = (await main()) ? 0 : 1;

async function main() {
  if (!Number.isInteger(mostSeeds) || mostSeeds < 1) throw new Error(`--seeds wants a number, got ${values.seeds}`);
  const all = JSON.parse(readFileSync(join(root, "test", "simulation", "mutants.json"), "utf8"));
  const mutants = all.filter(
    ({ name, file }) => wanted.length === 0 || wanted.some((one) => name.includes(one) || file.includes(one)),
  );
  const problems = [...listProblems(mutants), ...compileProblems(mutants)];
  for (const problem of problems) say(problem);
  if (problems.length > 0) return ended(`mutants: ${problems.length} can't be judged`, false);
  const sound = await playAsItStands(mutants);
  const judged = mutants.filter(({ play = {} }) => sound.has(JSON.stringify(play)));
  const outcomes = [];
  await inTurn(judged, async (mutant, index) => {
    const outcome = await tryMutant(mutant, index);
    outcomes.push(outcome);
    say(`${String(outcomes.length).padStart(3)}/${judged.length} ${wordsOf(mutant, outcome)}`);
  });
  const noticed = outcomes.filter((one) => one.violation !== undefined).length;
  const unjudged = mutants.length - judged.length;
  const unfit = unjudged === 0 ? "" : `, ${unjudged} not judged: their seeds break something without them`;
  return ended(
    `mutants: ${noticed} noticed, ${outcomes.length - noticed} survived${unfit}`,
    noticed === mutants.length && noticed > 0,
  );
}

/** The same seeds with the same biases and no bug: whatever they break is no bug that was planted. Gives the biases that break nothing. */
async function playAsItStands(mutants) {
  const biases = [...new Set(mutants.map(({ play = {} }) => JSON.stringify(play)))];
  const sound = new Set();
  await inTurn(biases, async (bias, index) => {
    const outcome = await playUntilNoticed({ name: `unmutated-${index}`, bias });
    const of = mutants.filter(({ play = {} }) => JSON.stringify(play) === bias);
    if (outcome.violation === undefined && outcome.seeds === mostSeeds) return void sound.add(bias);
    say(`as it stands, for ${of.map(({ name }) => name).join(", ")}: ${violationOf(outcome)}`);
  });
  say(`as it stands: ${sound.size} of ${biases.length} biases break nothing in ${mostSeeds} seeds`);
  return sound;
}

/** Some at a time, in their order. */
async function inTurn(items, work) {
  const queue = [...items];
  const worker = async (index) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, index);
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => worker(index)));
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

function tryMutant(mutant, index) {
  const texts = { [mutant.file]: textOf(mutant) };
  return playUntilNoticed({ name: `mutant-${index}`, texts, bias: JSON.stringify(mutant.play ?? {}) });
}

async function playUntilNoticed({ name, texts = {}, bias }) {
  const bundle = await bundleSimulator(root, { name, texts });
  const outcome = { seeds: 0, violation: undefined };
  const stop = AbortSignal.timeout(MOST_MS);
  try {
    await runSimulator(bundle, ["first", 0, mostSeeds, 1, bias], {
      signal: stop,
      onLine: ({ seeds, violation }) => Object.assign(outcome, { seeds, violation }),
    });
  } finally {
    rmSync(bundle, { force: true });
  }
  return outcome;
}

function wordsOf({ name }, outcome) {
  const { seeds, violation } = outcome;
  if (violation === undefined) return `SURVIVED ${seeds} seeds: ${name}`;
  return `noticed after ${seeds} ${seeds === 1 ? "seed" : "seeds"}: ${name}\n        ${violationOf(outcome)}`;
}

function violationOf({ seeds, violation }) {
  if (violation === undefined) return `it came to no end after ${seeds} seeds`;
  const { seed, message, tail } = violation;
  const events = values.tail ? tail.map((line) => `\n          ${line}`).join("") : "";
  return `seed ${seed}: ${message.slice(0, 180)}${events}`;
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
