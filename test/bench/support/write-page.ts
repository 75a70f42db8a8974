/** Writes docs/performance.md out of test/bench/results. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bench";
import { performancePage } from "./render";
import type { BenchResult } from "./result";

const folder = join(root, "test", "bench", "results");
const results = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as BenchResult);
writeFileSync(join(root, "docs", "performance.md"), performancePage(results));
process.stdout.write("docs/performance.md is written.\n");
