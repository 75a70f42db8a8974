// The simulator as one file that Node can run: bundled from test/simulation with the sources as they stand, or with some texts replaced.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the simulator to node_modules/.cache and returns the file. `texts` stand for sources of this path (below `root`);
 * `name` keeps bundles apart that are used side by side.
 */
export async function bundleSimulator(root, { name = "simulator", texts = {} } = {}) {
  const folder = join(root, "node_modules", ".cache", "leasehold-simulator");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}-${process.pid}.cjs`);
  await build({
    entryPoints: [join(root, "test", "simulation", "main.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    outfile,
    logLevel: "error",
    plugins: [
      {
        name: "texts",
        setup: (context) => context.onLoad({ filter: /\.ts$/ }, (args) => textOf(root, texts, args.path)),
      },
    ],
  });
  return outfile;
}

/** Runs a bundle; `onLine` gets each line of JSON that it says. Resolves with the exit code, null when it was ended. */
export function runSimulator(bundle, args, { onLine, signal }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--enable-source-maps", bundle, ...args.map(String)], {
      stdio: ["ignore", "pipe", "inherit"],
      signal,
    });
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(JSON.parse(line));
    });
    child.on("error", () => resolve(null));
    child.on("close", resolve);
  });
}

function textOf(root, texts, path) {
  const text = texts[relative(root, path)];
  return text === undefined ? undefined : { contents: text, loader: "ts" };
}
