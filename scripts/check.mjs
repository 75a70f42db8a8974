// `npm run check`: types, lint, format and import rules, each one a step that passes or fails.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

/** What the import rules look at: dependency-cruiser takes a folder that does not exist yet for a mistake. */
const CRUISED = ["lib", "providers", "examples"];

/** Each step is a list of programs, all run in order; the step passes when each exits with 0. */
const STEPS = [
  { name: "types", commands: [["typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"]] },
  { name: "lint", commands: [["oxlint/bin/oxlint", "--deny-warnings"], ["../scripts/check-ports.mjs"]] },
  {
    name: "format",
    commands: [
      ["prettier/bin/prettier.cjs", "--check", "--cache", "--cache-location=node_modules/.cache/prettier-check", "."],
    ],
  },
  {
    name: "import rules",
    commands: [
      ["dependency-cruiser/bin/dependency-cruise.mjs", "--output-type", "err-long", "lib", "providers", "examples"],
    ],
  },
];

/** Runs the steps of `npm run check` in `root` and prints each as it ends; returns {name, passed} for each. */
export async function runChecks(root) {
  const queue = [...STEPS];
  const results = [];
  const worker = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const { passed, output } = await runStep(step, root);
      process.stderr.write(`${passed ? "PASS" : "FAIL"} check: ${step.name}\n${passed ? "" : output}`);
      results.push({ name: step.name, passed });
    }
  };
  // Two at a time: the type check takes as long as the others together.
  await Promise.all([worker(), worker()]);
  return results;
}

async function runStep(step, root) {
  let passed = true;
  let output = "";
  for (const [program, ...args] of step.commands) {
    const present = args.filter((arg) => !CRUISED.includes(arg) || existsSync(join(root, arg)));
    const result = await run(join(root, "node_modules", program), present, root);
    passed &&= result.code === 0;
    output += result.output;
  }
  return { passed, output };
}

function run(program, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  ensureInstalled(root);
  const results = await runChecks(root);
  if (results.some((result) => !result.passed)) process.exitCode = 1;
}
