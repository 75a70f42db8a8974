import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of this package. */
export const version: string = readVersion();

/** The directory of the package: from the sources, from `dist`, and from the Action's bundle, which has a package.json of its own. */
export function packageDirectory(): string {
  let at = __dirname;
  while (!existsSync(join(at, "package.json")) && dirname(at) !== at) at = dirname(at);
  return at;
}

function readVersion(): string {
  const text = readFileSync(join(packageDirectory(), "package.json"), "utf8");
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "unknown";
}
