// `npm run bench`: runs every test/bench/*.bench.ts one after the other, or with arguments (`npm run bench -- P4`) those
// of these rows, and writes docs/performance.md out of what they and the runs before have found.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "test", "bench");
const wanted = process.argv.slice(2);

ensureInstalled(root);
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.ts"))
  .toSorted();
const chosen = all.filter((name) => wanted.length === 0 || wanted.some((row) => isOf(name, row)));

if (chosen.length === 0) {
  process.stderr.write(`No bench of ${wanted.join(", ")}: test/bench has ${all.join(", ")}.\n`);
  process.exitCode = 1;
} else if (buildIfStale(root) === "type errors") {
  process.stderr.write("The build failed; see the messages of tsc above.\n");
  process.exitCode = 1;
} else {
  for (const name of chosen) run(await bundle(join(folder, name)), name);
  run(await bundle(join(folder, "support", "write-page.ts")), "the page");
}

/** `P4` is of p04-change.bench.ts and of p04-p06-apply.bench.ts; any other word, of files with it in their name. */
function isOf(name, row) {
  const number = /^p(\d+)$/i.exec(row)?.[1];
  if (number === undefined) return name.includes(row);
  return name.split(/[-.]/).includes(`p${number.padStart(2, "0")}`);
}

/** One file of plain JavaScript: a loader that translates in flight would be measured too. */
async function bundle(path) {
  const { buildSync } = await import("esbuild");
  const out = join(root, "node_modules", ".cache", "bench");
  mkdirSync(out, { recursive: true });
  const outfile = join(out, `${path.slice(folder.length + 1).replaceAll(/[^a-z0-9-]/g, "_")}.cjs`);
  buildSync({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    sourcemap: "inline",
    logLevel: "error",
  });
  return outfile;
}

function run(file, name) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, ["--expose-gc", file], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
