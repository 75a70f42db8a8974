// Installs the dependencies when they are missing or older than the lockfile. Plain Node: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";

const OLDEST_NODE = [20, 19];

/** Runs `npm ci` in `root` if node_modules is missing or older than package-lock.json; throws when that fails. */
export function ensureInstalled(root) {
  refuseOldNode(process.versions.node);
  if (isInstalled(root)) return;
  process.stderr.write("Installing the dependencies (npm ci) ...\n");
  const args = ["ci", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"];
  // Output goes to stderr: stdout belongs to the result of the command that was asked for.
  const result = spawnNpm(args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.error !== undefined || result.status !== 0) {
    const reason = result.error === undefined ? `it exited with ${String(result.status)}` : result.error.message;
    throw new Error(`npm ci failed: ${reason}. Run \`npm ci\` yourself to see why, then repeat the command.`);
  }
}

/** Throws for a Node older than package.json's engines, before a missing feature does it less clearly. */
export function refuseOldNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Leasehold needs Node ${OLDEST_NODE.join(".")} or later; this is ${version}. Install one and repeat.`,
  );
}

/** True when what npm wrote at the end of its last install is at least as new as the lockfile. */
export function isInstalled(root) {
  const installed = modifiedAt(join(root, "node_modules", ".package-lock.json"));
  const wanted = modifiedAt(join(root, "package-lock.json"));
  return installed !== undefined && (wanted === undefined || installed >= wanted);
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function spawnNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)) return spawnSync(process.execPath, [cli, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}
