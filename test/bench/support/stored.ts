/** The results that are stored in test/bench/results, one file for each row. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchResult } from "./result";

/** All of them, of a checkout; none before the first run. */
export function storedResults(root: string): readonly BenchResult[] {
  const folder = join(root, "test", "bench", "results");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as BenchResult);
}
