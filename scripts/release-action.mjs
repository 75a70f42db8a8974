// Makes the commit that `uses: …/leasehold@COMMIT` names: action.yml and its bundle, which no branch holds.
// `npm run release:action -- v0.1.0` builds, commits on top of HEAD without touching the working tree, tags, and prints both ids.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";

/** All that a runner downloads. */
const FILES = ["action.yml", "LICENSE", "dist/action"];

/** Commits and tags what is built in `root`; gives the commit and its tree. Throws where a file is missing or Git says no. */
export function releaseAction(root, tag) {
  if (!/^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(tag)) throw new Error(`Expected a tag like v0.1.0, got \`${tag}\``);
  const missing = FILES.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`Expected ${missing.join(", ")} in ${root}: build first`);
  const directory = mkdtempSync(join(tmpdir(), "leasehold-release-"));
  // An index of its own: what is staged in the checkout stays as it is.
  const git = (...args) => run(root, args, { GIT_INDEX_FILE: join(directory, "index") });
  try {
    git("add", "--force", "--", ...FILES);
    const tree = git("write-tree");
    const head = git("rev-parse", "HEAD");
    const commit = git("commit-tree", tree, "-p", head, "-m", `Bundle the Action of ${tag}`);
    git("tag", "--annotate", tag, commit, "--message", tag);
    return { commit, tree };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(root, args, environment) {
  const result = spawnSync("git", ["-C", root, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  if (result.status !== 0) throw new Error(`git ${args[0]}: ${result.stderr.trim()}`);
  return result.stdout.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  try {
    if (buildIfStale(root) === "type errors") throw new Error("the build failed");
    const { commit, tree } = releaseAction(root, process.argv[2] ?? "");
    process.stdout.write(`commit ${commit}\ntree   ${tree}\nPublish it: git push origin ${process.argv[2]}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
