import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The directories that the child's own code lies in: this package's lib, `constructs`, and `sucrase` with what it needs. */
export function toolDirectories(entry: string): readonly string[] {
  const known = tools.get(entry);
  if (known !== undefined) return known;
  // lib/adapters/rules-program/child.js: lib is three above.
  const directories = new Set([dirname(dirname(dirname(entry)))]);
  const open = ["constructs", "sucrase"].map((name) => ({ name, from: entry }));
  for (const { name, from } of open) {
    const found = tryFindPackage(name, from);
    if (found === undefined) continue;
    for (const link of linksIn(found.path)) directories.add(link);
    const directory = found.real;
    if (directories.has(directory)) continue;
    directories.add(directory);
    const manifest = join(directory, "package.json");
    for (const dependency of dependenciesOf(manifest)) open.push({ name: dependency, from: manifest });
  }
  const all = [...directories];
  tools.set(entry, all);
  return all;
}

const tools = new Map<string, readonly string[]>();

/** sucrase's command line and its loader hook need these; transforming a text does not. */
const notNeeded = new Set(["commander", "mz", "pirates", "tinyglobby"]);

/** Not by resolving its main file: a package need not export its package.json. */
function tryFindPackage(name: string, from: string): { readonly path: string; readonly real: string } | undefined {
  for (const folder of createRequire(from).resolve.paths(name) ?? []) {
    const path = join(folder, name);
    if (existsSync(join(path, "package.json"))) return { path, real: realpathSync(path) };
  }
  return undefined;
}

/** The symbolic links on the way along a path (pnpm, a linked node_modules): Node looks at them, too. */
function linksIn(path: string): readonly string[] {
  const links: string[] = [];
  for (let at = path; dirname(at) !== at; at = dirname(at)) {
    if (lstatSync(at).isSymbolicLink()) links.push(at);
  }
  return links;
}

function dependenciesOf(manifest: string): readonly string[] {
  const parsed = JSON.parse(readFileSync(manifest, "utf8")) as { readonly dependencies?: Record<string, string> };
  return Object.keys(parsed.dependencies ?? {}).filter((name) => !notNeeded.has(name));
}
