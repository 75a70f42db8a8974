// `npm run test:cdktn`: the tests of lib/terraform with cdktn, the maintained fork of cdktf, in its place: by an alias and an override of npm, in a
// temporary copy. First the stacks of examples/company have to be the same JSON from both, but for the version marker.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

const FORK = "npm:cdktn@0.24.0";
const COPIED = [
  "lib",
  "schemas",
  "test/terraform",
  "test/doubles",
  "test/support",
  "test/fixtures",
  "examples/company",
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
ensureInstalled(root);
const copy = mkdtempSync(join(tmpdir(), "leasehold-cdktn-"));
try {
  process.exitCode = test();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function test() {
  if (!install()) return 1;
  for (const path of [...COPIED, "package.json", "tsconfig.json", "cdktf.json"])
    cpSync(join(root, path), join(copy, path), {
      recursive: true,
      filter: (from) => !/\.leasehold$|\.out$/.test(from),
    });
  linkTheRest(join(root, "node_modules"), join(copy, "node_modules"));
  const difference = compareStacks();
  if (difference !== undefined) {
    process.stderr.write(`${difference}\n`);
    return 1;
  }
  // Its setup builds dist/, which none of these tests runs.
  const { globalSetup: _, ...config } = createRequire(import.meta.url)(join(root, "jest.config.js"));
  writeFileSync(join(copy, "jest.config.json"), JSON.stringify({ ...config, rootDir: copy }));
  const jest = join(copy, "node_modules", "jest", "bin", "jest.js");
  return run(copy, [jest, "-i", "-c", "jest.config.json", "test/terraform"]);
}

/** Installs the fork and cdktf's provider on top of it; false, with npm's own words, where the registry does not give them. */
function install() {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = ["@cdktf/provider-postgresql", "constructs"].map((name) => [name, dependencies[name]]);
  const manifest = {
    private: true,
    dependencies: { ...Object.fromEntries(wanted), cdktf: FORK },
    overrides: { cdktf: "$cdktf" },
  };
  writeFileSync(join(copy, "package.json"), JSON.stringify(manifest));
  const npm = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: copy,
    encoding: "utf8",
  });
  if (npm.status !== 0) {
    const said = npm.error?.message ?? npm.stderr.trim();
    process.stderr.write(`${FORK} can't be had from the registry that npm is set up for here:\n${said}\n`);
    return false;
  }
  const { name, version } = JSON.parse(readFileSync(join(copy, "node_modules/cdktf/package.json"), "utf8"));
  process.stdout.write(`Installed ${name} ${version} as cdktf.\n`);
  return existsSync(join(copy, "node_modules/@cdktf/provider-postgresql"));
}

/** Everything else is as it is here. */
function linkTheRest(from, to) {
  for (const name of readdirSync(from)) {
    if (name === ".cache" || name === ".package-lock.json") continue;
    if (/^(?:@|\.bin$)/.test(name) && existsSync(join(to, name))) linkTheRest(join(from, name), join(to, name));
    else if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
  }
}

function compareStacks() {
  const [ours, theirs] = [root, copy].map((directory, index) => {
    const outdir = join(copy, `out-${index}`);
    mkdirSync(outdir);
    const program = `require("./lib/terraform").writeTerraform(require("./lib/terraform").declaredLevels(require("./examples/company/access").default),
      { outdir: ${JSON.stringify(outdir)} })`;
    run(directory, ["--import", "tsx", "-e", program]);
    const { version } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    const files = readdirSync(outdir, { recursive: true }).filter((path) => path.endsWith(".json"));
    return { version, files: new Map(files.map((path) => [path, readFileSync(join(outdir, path), "utf8")])) };
  });
  if (ours.version === theirs.version) return `Expected two versions, got ${ours.version} twice`;
  for (const path of new Set([...ours.files.keys(), ...theirs.files.keys()])) {
    // As JSON: cdktf writes an empty list on two lines, cdktn on one.
    const [one, other] = [ours, theirs].map(({ version, files }) =>
      JSON.stringify(JSON.parse(files.get(path) ?? "null"), (key, value) =>
        key === "version" && value === version ? "…" : value,
      ),
    );
    if (one !== other) return `${path} is not the same from cdktf ${ours.version} and cdktn ${theirs.version}`;
  }
  process.stdout.write(
    `${ours.files.size} files are the same JSON from cdktf ${ours.version} and cdktn ${theirs.version}, but for the version marker.\n`,
  );
  return undefined;
}

function run(cwd, args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (error !== undefined) throw error;
  return status;
}
