// `npm test`: installs what is missing, runs the check steps and jest, and ends with the line `N passed, N failed`.
// With arguments (`npm test -- test/plan`) jest gets them and the check steps are left out.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { addChecks, countJest, summaryLine } from "./summary.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const jestArguments = process.argv.slice(2);

let summary;
try {
  ensureInstalled(root);
  const checks = jestArguments.length === 0 ? await (await import("./check.mjs")).runChecks(root) : [];
  summary = addChecks(runJest(), checks);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  summary = { passed: 0, failed: 1, skipped: 0, notes: [] };
}
for (const note of summary.notes) process.stdout.write(`${note}\n`);
if (summary.failed > 0) process.exitCode = 1;
process.stdout.write(`${summaryLine(summary)}\n`);

function runJest() {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-jest-"));
  try {
    const outputFile = join(directory, "result.json");
    const jest = join(root, "node_modules", "jest", "bin", "jest.js");
    const args = [jest, "--json", `--outputFile=${outputFile}`, "--testLocationInResults=false", ...jestArguments];
    // jest's JSON goes to the file; what it has to say to people goes to stderr.
    const { status } = spawnSync(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "ignore", 2],
      env: environment(),
    });
    return countJest(readResult(outputFile), status);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function environment() {
  const flag = "--experimental-vm-modules";
  const options = process.env.NODE_OPTIONS ?? "";
  return { ...process.env, NODE_OPTIONS: options.includes(flag) ? options : `${options} ${flag}`.trim() };
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
