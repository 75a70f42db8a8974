// `npm run test:mutants`: takes each defence of test/mutants.json out, one at a time, and sees whether the tests it names
// notice. Ends with `mutants: N noticed, 0 survived`; with arguments only mutants whose name or file has one of them.
// The checkout itself is never changed: each worker has a copy of its own in a temporary folder.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { findListProblems, mutate, readMutants } from "./mutants.mjs";
import { typeChecker } from "./type-checker.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2);
/** Against mutants that never end: a run of the tests takes seconds. */
const MOST_MS = 10 * 60_000;
const NOT_COPIED = new Set(["node_modules", ".git"]);
/** Test files run in the order that a mutant names them, the quickest first; jest would take the longest first. */
const SEQUENCER = `const Sequencer = require("@jest/test-sequencer").default;
const order = JSON.parse(process.env.LEASEHOLD_TEST_ORDER);
const place = (test) => order.findIndex((file) => test.path.endsWith(file));
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => place(a) - place(b));
  }
};
`;

/** Writes what becomes of each test file as soon as it has run: with --bail jest itself leaves no result. */
const REPORTER = `const { appendFileSync } = require("node:fs");
module.exports = class {
  onTestResult(_test, { testResults, testExecError, numPassingTests }) {
    const bad = testResults.filter((one) => one.status === "failed");
    const failed = bad.map((one) => one.fullName + ": " + (one.failureMessages[0] ?? "").slice(0, 300));
    const line = JSON.stringify({ failed, passed: numPassingTests, isLoaded: testExecError == null });
    appendFileSync(process.env.LEASEHOLD_TEST_RESULTS, line + "\\n");
  }
};
`;

const running = new Set();
ensureInstalled(root);
const folder = mkdtempSync(join(tmpdir(), "leasehold-mutants-"));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
try {
  process.exitCode = (await testMutants()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function testMutants() {
  const all = readMutants(root);
  const problems = findListProblems(root, all);
  if (problems.length > 0) return failed(problems);
  const mutants = all.filter(isWanted);
  const unsound = compileProblems(typeChecker(root), mutants);
  if (unsound.length > 0) return failed(unsound);
  if (buildIfStale(root) === "type errors") return failed(["the sources as they stand have type errors"]);
  const copies = Array.from({ length: Math.min(2, availableParallelism()) }, (_, index) => copyOf(index));
  const unfit = await runAsTheyStand(copies, mutants);
  if (unfit.length > 0) return failed(unfit);
  const outcomes = await tryAll(copies, mutants);
  for (const { kind, mutant } of outcomes) if (kind === "survived") say(`SURVIVED ${mutant.name} (${mutant.file})`);
  const broken = outcomes.filter(({ kind }) => kind === "broken");
  const count = (kind) => outcomes.filter((one) => one.kind === kind).length;
  if (broken.length > 0) return failed(broken.map(({ mutant, detail }) => `${mutant.name}: ${detail}`));
  say(`mutants: ${count("noticed")} noticed, ${count("survived")} survived`);
  return outcomes.length > 0 && count("survived") === 0;
}

/** Leaves nothing behind: no copy, no test that goes on. */
function stop() {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
}

function isWanted({ name, file }) {
  return wanted.length === 0 || wanted.some((text) => name.includes(text) || file.includes(text));
}

function failed(problems) {
  for (const problem of problems) say(problem);
  say(`mutants: ${problems.length} can't be judged`);
  return false;
}

/**
 * One that does not compile proves nothing: the tests would fail whatever they look at. One of each file is checked at a
 * time, and each alone only where that goes wrong.
 */
function compileProblems(check, mutants) {
  const text = (mutant) => mutate(readFileSync(join(root, mutant.file), "utf8"), mutant);
  const problems = [];
  for (let left = mutants; left.length > 0;) {
    const round = [...new Map(left.map((mutant) => [mutant.file, mutant])).values()];
    left = left.filter((mutant) => !round.includes(mutant));
    if (check(Object.fromEntries(round.map((mutant) => [mutant.file, text(mutant)]))).length === 0) continue;
    for (const mutant of round) {
      const [problem] = check({ [mutant.file]: text(mutant) });
      if (problem !== undefined) problems.push(`${mutant.name}: does not compile: ${problem}`);
    }
  }
  return problems;
}

/**
 * A copy of the checkout as it stands and is built, with its packages linked one by one, so that caches and locks are its
 * own, and an index of its own for tests that ask git which files there are.
 */
function copyOf(index) {
  const copy = join(folder, String(index));
  cpSync(root, copy, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: (source) => !NOT_COPIED.has(relative(root, source).split("/").at(-1) ?? ""),
  });
  const packages = join(copy, "node_modules");
  mkdirSync(packages);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== ".cache") symlinkSync(join(root, "node_modules", name), join(packages, name));
  }
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
  ])
    spawnSync("git", args, { cwd: copy, stdio: ["ignore", 2, 2] });
  writeFileSync(join(copy, "no-setup.cjs"), "module.exports = () => {};\n");
  writeFileSync(join(copy, "as-named.cjs"), SEQUENCER);
  writeFileSync(join(copy, "reporter.cjs"), REPORTER);
  return copy;
}

/** Every test file that a mutant names, without any mutant: what fails then says nothing about one. Gives what failed. */
async function runAsTheyStand(copies, mutants) {
  const files = [...new Set(mutants.flatMap(({ tests }) => tests))];
  const unfit = [];
  await inParallel(copies, files, async (copy, file) => {
    const { kind, detail } = await runTests(copy, [file], { isBuilt: false });
    if (kind !== "passed") unfit.push(`without any mutant ${file} does not pass: ${detail}`);
  });
  say(`without any mutant: ${files.length - unfit.length} of ${files.length} test files pass`);
  return unfit;
}

async function tryAll(copies, mutants) {
  const outcomes = [];
  await inParallel(copies, mutants, async (copy, mutant) => {
    const outcome = { mutant, ...(await tryMutant(copy, mutant)) };
    outcomes.push(outcome);
    say(`${String(outcomes.length).padStart(3)}/${mutants.length} ${outcome.kind} ${mutant.name}`);
  });
  return outcomes;
}

/** One at a time in each copy, in their order. */
async function inParallel(copies, items, work) {
  const queue = [...items];
  const worker = async (copy) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(copy, item);
  };
  await Promise.all(copies.map(worker));
}

async function tryMutant(copy, mutant) {
  const file = join(copy, mutant.file);
  const text = readFileSync(file, "utf8");
  try {
    writeFileSync(file, mutate(text, mutant));
    const { kind, detail } = await runTests(copy, mutant.tests, { isBuilt: mutant.build === true, bail: true });
    if (kind === "failed") return { kind: "noticed" };
    return kind === "passed" ? { kind: "survived" } : { kind: "broken", detail };
  } finally {
    writeFileSync(file, text);
    if (mutant.build === true) putBackDist(copy);
  }
}

/** What was built of a mutant must not be what the next one is tried on. */
function putBackDist(copy) {
  rmSync(join(copy, "dist"), { recursive: true, force: true });
  cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true, preserveTimestamps: true });
}

/** Runs some test files in a copy. Only a test that fails counts; a file that can't even be loaded is another matter. */
async function runTests(copy, tests, { isBuilt, bail }) {
  const results = join(copy, "test-results.jsonl");
  rmSync(results, { force: true });
  const args = [
    "--ci",
    "-i",
    "--silent",
    // What a failed test has left open must not keep it from ending.
    "--forceExit",
    `--testSequencer=${join(copy, "as-named.cjs")}`,
    `--reporters=${join(copy, "reporter.cjs")}`,
    ...(isBuilt ? [] : [`--globalSetup=${join(copy, "no-setup.cjs")}`]),
    ...(bail ? ["--bail"] : []),
    "--runTestsByPath",
    ...tests,
  ];
  const code = await run(join(copy, "node_modules", "jest", "bin", "jest.js"), args, {
    cwd: copy,
    environment: { LEASEHOLD_TEST_ORDER: JSON.stringify(tests), LEASEHOLD_TEST_RESULTS: results },
  });
  const files = linesOf(results).map((line) => JSON.parse(line));
  const failures = files.flatMap((file) => file.failed);
  if (failures.length > 0) return { kind: "failed", detail: failures.join("; ") };
  if (code === null) return { kind: "broken", detail: "the tests never ended" };
  if (files.some((file) => !file.isLoaded)) return { kind: "broken", detail: "a test file can't be loaded" };
  const isPassed = code === 0 && files.length === tests.length && files.every((file) => file.passed > 0);
  return isPassed ? { kind: "passed", detail: "" } : { kind: "broken", detail: `jest exited with ${code}` };
}

function linesOf(file) {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}

function run(program, args, { cwd, environment }) {
  const options = `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules`.trim();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      stdio: "ignore",
      timeout: MOST_MS,
      env: { ...process.env, NODE_OPTIONS: options, ...environment },
    });
    running.add(child);
    const ended = (code) => {
      running.delete(child);
      resolve(code);
    };
    child.on("error", () => ended(1));
    child.on("close", ended);
  });
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
