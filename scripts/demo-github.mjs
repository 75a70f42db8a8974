// `npm run demo:github`: installs and builds what is missing, then tells a request's life as a pull request on the test GitHub.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const demo = join(root, "test", "e2e", "github-demo", "main.ts");

try {
  ensureInstalled(root);
  if (buildIfStale(root) === "type errors") throw new Error("The build failed; see the messages of tsc above.");
  runDemo();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function runDemo() {
  const child = spawn(process.execPath, ["--import", "tsx", demo], { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}
