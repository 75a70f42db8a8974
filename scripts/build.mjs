// Builds dist/ with tsc, and the Action's bundle in it, when it is stale: `npm run build`, `npm start` and jest's global setup call it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { withLock } from "./lock.mjs";

const SOURCES = [
  "lib",
  "providers",
  "examples/tour",
  "schemas",
  "action.yml",
  "package.json",
  "scripts/bundle-action.mjs",
  "tsconfig.json",
  "tsconfig.build.json",
];

/**
 * Brings dist/ up to date with the sources of `root`. Returns "fresh" (nothing to do), "built", or "type errors" (or a bundle that failed): dist/ was
 * written then, but it is not to be trusted and the next call builds again. tsc's messages go to stderr.
 */
export function buildIfStale(root) {
  if (isFresh(root)) return "fresh";
  mkdirSync(join(root, "node_modules", ".cache"), { recursive: true });
  // Two builds of one checkout would write the same files at once.
  return withLock(join(root, "node_modules", ".cache", "build.lock"), () => (isFresh(root) ? "fresh" : build(root)));
}

function isFresh(root) {
  const stamp = readStamp(root);
  return stamp !== undefined && stamp.digest === digestOf(sourcesOf(root));
}

function build(root) {
  const sources = sourcesOf(root);
  const before = readStamp(root);
  const names = new Set(sources.map((source) => source.path));
  // tsc never removes the output of a source that has gone.
  if (before === undefined || before.paths.some((path) => !names.has(path)))
    rmSync(join(root, "dist"), { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const result = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (existsSync(join(root, "schemas")))
    cpSync(join(root, "schemas"), join(root, "dist", "schemas"), { recursive: true });
  const bin = join(root, "dist", "lib", "cli", "main.js");
  if (existsSync(bin)) chmodSync(bin, 0o755);
  const bundled = existsSync(join(root, "action.yml")) ? bundleAction(root) : { status: 0 };
  const failed = [result, bundled].find((one) => one.error !== undefined);
  if (failed !== undefined) throw failed.error;
  const isWhole = result.status === 0 && bundled.status === 0;
  const digest = isWhole ? digestOf(sources) : "type errors";
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampFile(root), JSON.stringify({ digest, paths: [...names] }));
  return isWhole ? "built" : "type errors";
}

/** In a process of its own: a build is synchronous, esbuild's plugins are not. */
function bundleAction(root) {
  const script = join(dirname(fileURLToPath(import.meta.url)), "bundle-action.mjs");
  return spawnSync(process.execPath, [script, root], { cwd: root, stdio: ["ignore", 2, 2] });
}

function readStamp(root) {
  try {
    return JSON.parse(readFileSync(stampFile(root), "utf8"));
  } catch {
    return undefined;
  }
}

function stampFile(root) {
  return join(root, "dist", ".sources.json");
}

function sourcesOf(root) {
  return SOURCES.flatMap((name) => filesUnder(join(root, name)))
    .map((file) => ({ path: relative(root, file.path), size: file.size, mtimeMs: file.mtimeMs }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [{ path, size: stat.size, mtimeMs: stat.mtimeMs }];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

function digestOf(sources) {
  return createHash("sha256").update(JSON.stringify(sources)).digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  ensureInstalled(root);
  if (buildIfStale(root) === "type errors") process.exitCode = 1;
}
