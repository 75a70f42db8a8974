/** The recorded cases of a real hoop gateway (1.148.0), from test/fixtures/hoop. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One recorded request with its answer. */
export interface RecordedCase {
  readonly title: string;
  readonly auth: string;
  readonly method: string;
  readonly path: string;
  readonly query: string | null;
  readonly body: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly response: unknown;
  readonly note?: string;
}

const folder = join(__dirname, "..", "..", "..", "fixtures", "hoop");

/** The names of the files of cases: grants, reviews, … */
export const recordedFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length))
  .sort();

/** The cases of one file, in the order in which they were recorded. */
export function recordedCases(file: string): readonly RecordedCase[] {
  return JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8")) as RecordedCase[];
}
