import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SmallRun } from "./shrink";

/** Writes a failing run as a test file that can be run as it stands; gives its path. */
export function writeFound(folder: string, small: SmallRun): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `seed-${small.report.seed}.test.ts`);
  writeFileSync(path, foundText(small));
  return path;
}

/** The text of such a file. */
export function foundText({ report, without }: SmallRun): string {
  const left = new Set(without.events);
  const events = report.script.events.flatMap((event, index) => (left.has(index) ? [] : [JSON.stringify(event)]));
  return [
    `/**`,
    ` * Found by the simulator: ${oneLine(report.violation?.message ?? "")}`,
    ` *`,
    ` * What is left of its script:`,
    ...events.map((event) => ` * ${oneLine(event)}`),
    ` *`,
    ` * The last events:`,
    ...report.tail.slice(-25).map((line) => ` * ${oneLine(line)}`),
    ` */`,
    `import { run } from "../run";`,
    ``,
    `test("seed ${report.seed} breaks no invariant", async () => {`,
    `  const { violation } = await run(${report.seed}, ${JSON.stringify(without)});`,
    `  expect(violation?.message).toBeUndefined();`,
    `});`,
    ``,
  ].join("\n");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("*/", "* /");
}
