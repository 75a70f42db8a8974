// `npm run test:mutants`: takes each defence of test/mutants.json out, one at a time, and sees whether the tests it names
// notice. Ends with `mutants: N noticed, 0 survived`; with arguments only mutants whose name or file has one of them.
// The checkout itself is never changed: each worker has a copy of its own in a temporary folder.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { findListProblems, mutate, readMutants } from "./mutants.mjs";
import { typeChecker } from "./type-checker.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2);
/** Against mutants that never end: a run of the tests takes seconds. */
const MOST_MS = 10 * 60_000;
const NOT_COPIED = new Set(["node_modules", ".git"]);

ensureInstalled(root);
const folder = mkdtempSync(join(tmpdir(), "leasehold-mutants-"));
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
  const check = typeChecker(root);
  const unsound = mutants.flatMap((mutant) => compileProblems(check, mutant));
  if (unsound.length > 0) return failed(unsound);
  const copies = Array.from({ length: Math.min(2, availableParallelism()) }, (_, index) => copyOf(index));
  const baseline = await runTests(copies[0], [...new Set(mutants.flatMap(({ tests }) => tests))], {
    isBuilt: mutants.some(({ build }) => build),
  });
  if (baseline.kind !== "passed") return failed([`without any mutant the tests do not pass: ${baseline.detail}`]);
  const outcomes = await inParallel(copies, mutants);
  for (const { kind, mutant } of outcomes) if (kind === "survived") say(`SURVIVED ${mutant.name} (${mutant.file})`);
  const broken = outcomes.filter(({ kind }) => kind === "broken");
  const count = (kind) => outcomes.filter((one) => one.kind === kind).length;
  if (broken.length > 0) return failed(broken.map(({ mutant, detail }) => `${mutant.name}: ${detail}`));
  say(`mutants: ${count("noticed")} noticed, ${count("survived")} survived`);
  return outcomes.length > 0 && count("survived") === 0;
}

function isWanted({ name, file }) {
  return wanted.length === 0 || wanted.some((text) => name.includes(text) || file.includes(text));
}

function failed(problems) {
  for (const problem of problems) say(problem);
  say(`mutants: ${problems.length} can't be judged`);
  return false;
}

/** One that does not compile proves nothing: the tests would fail whatever they look at. */
function compileProblems(check, mutant) {
  const [problem] = check(mutant.file, mutate(readFileSync(join(root, mutant.file), "utf8"), mutant));
  return problem === undefined ? [] : [`${mutant.name}: does not compile: ${problem}`];
}

/** A copy of the checkout as it stands, with its packages linked one by one, so that caches and locks are its own. */
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
  writeFileSync(join(copy, "no-setup.cjs"), "module.exports = () => {};\n");
  return copy;
}

async function inParallel(copies, mutants) {
  const queue = [...mutants];
  const outcomes = [];
  const worker = async (copy) => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const outcome = { mutant, ...(await tryMutant(copy, mutant)) };
      outcomes.push(outcome);
      say(`${String(outcomes.length).padStart(3)}/${mutants.length} ${outcome.kind} ${mutant.name}`);
    }
  };
  await Promise.all(copies.map(worker));
  return outcomes;
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
  }
}

/** Runs some test files in a copy. Only a test that fails counts; a file that can't even be loaded is another matter. */
async function runTests(copy, tests, { isBuilt, bail }) {
  const outputFile = join(copy, "jest-result.json");
  const setup = isBuilt ? [] : [`--globalSetup=${join(copy, "no-setup.cjs")}`];
  const args = [
    "--ci",
    "-i",
    "--silent",
    "--json",
    `--outputFile=${outputFile}`,
    ...setup,
    ...(bail ? ["--bail"] : []),
  ];
  rmSync(outputFile, { force: true });
  const code = await run(
    join(copy, "node_modules", "jest", "bin", "jest.js"),
    [...args, "--runTestsByPath", ...tests],
    copy,
  );
  let result;
  try {
    result = JSON.parse(readFileSync(outputFile, "utf8"));
  } catch {
    return { kind: "broken", detail: code === null ? "the tests never ended" : "jest left no result" };
  }
  if (result.numFailedTests > 0) return { kind: "failed", detail: failuresOf(result) };
  if (result.numRuntimeErrorTestSuites > 0) return { kind: "broken", detail: "a test file can't be loaded" };
  return code === 0 && result.numPassedTests > 0
    ? { kind: "passed", detail: "" }
    : { kind: "broken", detail: `jest exited with ${code}` };
}

function failuresOf(result) {
  const failures = result.testResults.flatMap((file) => file.assertionResults.filter((one) => one.status === "failed"));
  return failures.map((one) => one.fullName).join("; ");
}

function run(program, args, cwd) {
  const options = `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules`.trim();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      stdio: "ignore",
      timeout: MOST_MS,
      env: { ...process.env, NODE_OPTIONS: options },
    });
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code));
  });
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
