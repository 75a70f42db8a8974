// Bundles the GitHub Action into dist/action: what action.yml runs, without node_modules beside it. `npm run build` calls it.
import { build } from "esbuild";
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The Action's own entry, the command line that it runs, and what that starts by path: the rules program's child and threads. */
const ENTRIES = [
  "lib/cli/action/main.ts",
  "lib/cli/main.ts",
  "lib/adapters/rules-program/child.ts",
  "lib/request/parse-worker.ts",
  "lib/log/hash-worker.ts",
];

/** Writes dist/action anew; throws with esbuild's messages where something cannot be bundled, and leaves the old one then. */
export async function bundleAction(root) {
  const to = join(root, "dist", "action");
  const fresh = `${to}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const entry of ENTRIES) await bundle(root, entry, join(fresh, entry.replace(/\.ts$/, ".js")));
  // The version is read from here, and no package.json further up decides what kind of modules these are.
  const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(fresh, "package.json"), `${JSON.stringify({ name, version, license, type: "commonjs" })}\n`);
  cpSync(join(root, "schemas"), join(fresh, "schemas"), { recursive: true });
  rmSync(to, { recursive: true, force: true });
  renameSync(fresh, to);
}

async function bundle(root, entry, outfile) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Names stay as they are: an error's stack is read by people, and classes are told by their names.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    legalComments: "eof",
    logLevel: "warning",
    // pg's optional native driver is not used, and not installed. cdktf is for `synth --terraform`, which is not the Action's.
    external: ["pg-native", "cdktf", "@cdktf/*"],
    plugins: [ownDirectories(root, dirname(entry))],
  });
}

/** `__dirname` of a file of ours means its place in the bundle's copy of lib/: that is how files beside it are found. */
function ownDirectories(root, entryDirectory) {
  // Not in a text, nor where it is declared.
  const use = /(?<!["'.]|const )\b__dirname\b(?!["'])/g;
  return {
    name: "own-directories",
    setup(building) {
      building.onLoad({ filter: /[\\/](?:lib|providers)[\\/].*\.ts$/ }, ({ path }) => {
        if (path.includes(`${sep}node_modules${sep}`)) return undefined;
        const text = readFileSync(path, "utf8");
        if (text.search(use) < 0) return undefined;
        const moved = relative(entryDirectory, dirname(relative(root, path)))
          .split(sep)
          .join("/");
        const own = `require("node:path").join(__dirname, ${JSON.stringify(moved)})`;
        return { contents: text.replaceAll(use, own), loader: "ts" };
      });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await bundleAction(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));
  } catch {
    // esbuild has said why.
    process.exitCode = 1;
  }
}
