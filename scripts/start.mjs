// `npm start`: installs and builds what is missing, then runs the tour with the arguments it was given.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tour = join(root, "dist", "examples", "tour", "main.js");

try {
  ensureInstalled(root);
  if (buildIfStale(root) === "type errors") throw new Error("The build failed; see the messages of tsc above.");
  if (!existsSync(tour)) throw new Error("examples/tour/main.ts is missing: this checkout has no tour to run.");
  runTour();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function runTour() {
  const child = spawn(process.execPath, [tour, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}
