import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performancePage } from "../bench/support/render";
import type { BenchResult } from "../bench/support/result";
import { rows } from "../bench/support/rows";
import { storedResults } from "../bench/support/stored";
import { projectRoot } from "../support/root";

const page = readFileSync(join(projectRoot, "docs", "performance.md"), "utf8");

const result: BenchResult = {
  row: "P4",
  checks: [{ what: "many against few", figure: 1.25, unit: "x", bar: 1.1, is: "at most" }],
  measured: [{ what: "one change", unit: "ms", rounds: 5, median: 1.5, least: 1, most: 2 }],
  method: "Somebody looked.",
  limit: "The time goes into waiting.",
  machine: { cpu: "2 x A", memory: "8 GiB", system: "linux 6", node: "v20.0.0", load: [0.5, 1], at: "2026-11-22" },
};

describe("docs/performance.md", () => {
  it("is what the stored results make: run `npm run bench`, and commit what it writes", () => {
    expect(page).toBe(performancePage(storedResults(projectRoot)));
  });

  it.each(rows.map(({ row }) => row))("has %s with its figure beside its bar, or says that it was not run", (row) => {
    const line = page.split("\n").find((one) => one.startsWith(`| [${row}](`)) ?? "";
    expect(line).toContain(rows.find((one) => one.row === row)?.bar);
    expect(line).toMatch(/\| (\*\*not reached\*\*|reached) +\|$|\| not run +\| +\|$/);
    expect(page).toContain(`### ${row}\n`);
  });

  it("says of a figure that misses its bar that it does, how it was measured, where, and why", () => {
    const made = performancePage([result]);
    expect(made).toMatch(/\| many against few: 1.25x \(not reached\) +\| \*\*not reached\*\* \|/);
    expect(made).toContain("Somebody looked.");
    expect(made).toContain("The time goes into waiting.");
    expect(made).toMatch(/\| one change +\| 1.5 ms +\| 1 ms +\| 2 ms +\| 5 +\|/);
    expect(made).toContain("P4: 2026-11-22, 2 x A, 8 GiB, linux 6, Node v20.0.0, load average 0.5 when it began.");
  });

  it("says of one that reaches its bar, or just does, that it is reached", () => {
    const [check] = result.checks;
    const of = (figure: number, is: "at most" | "at least"): string =>
      performancePage([{ ...result, checks: [{ ...check!, figure, is }] }]);
    expect(of(1.1, "at most")).not.toContain("not reached");
    expect(of(1.1, "at least")).not.toContain("not reached");
    expect(of(1.09, "at least")).toContain("not reached");
  });
});
