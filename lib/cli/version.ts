import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of this package. */
export const version: string = readVersion();

/** The directory of the package, from the sources as from `dist`. */
export function packageDirectory(): string {
  const inDist = __dirname.split(/[\\/]/).includes("dist");
  return join(__dirname, inDist ? "../../.." : "../..");
}

function readVersion(): string {
  const text = readFileSync(join(packageDirectory(), "package.json"), "utf8");
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "unknown";
}
