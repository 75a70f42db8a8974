// `npm run bench`: runs every test/bench/*.bench.ts, or those whose name contains an argument, one after the other.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "test", "bench");
const wanted = process.argv.slice(2);

ensureInstalled(root);
const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".bench.ts")) : [];
const chosen = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

if (chosen.length === 0) {
  process.stderr.write(`No bench to run: test/bench has ${all.join(", ") || "no *.bench.ts"}.\n`);
  process.exitCode = 1;
} else if (buildIfStale(root) === "type errors") {
  process.stderr.write("The build failed; see the messages of tsc above.\n");
  process.exitCode = 1;
} else {
  chosen.toSorted().forEach(runBench);
}

function runBench(name) {
  process.stdout.write(`\n== ${name}\n`);
  const args = ["--expose-gc", "--import", "tsx", join(folder, name)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
