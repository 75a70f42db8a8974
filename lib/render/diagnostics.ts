import type { Diagnostic, Severity } from "../errors";
import { diagnosticsAsGithub } from "./diagnostics-github";
import { diagnosticsAsJson } from "./diagnostics-json";
import { diagnosticsAsSarif } from "./diagnostics-sarif";
import { diagnosticsAsText } from "./diagnostics-text";

/** How diagnostics can be told: to people, to programs, to code scanning, to a GitHub workflow. */
export type DiagnosticFormat = "text" | "json" | "sarif" | "github";

/** How to tell them. */
export interface DiagnosticOptions {
  readonly format: DiagnosticFormat;
  /** Only for text; never the only sign of anything. */
  readonly colour?: boolean;
  /** This version of Leasehold, for SARIF. */
  readonly version?: string;
}

/** All diagnostics of a run in one format, sorted; ends in a line break unless there is nothing to tell. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: DiagnosticOptions): string {
  const sorted = sortDiagnostics(diagnostics);
  switch (options.format) {
    case "text":
      return diagnosticsAsText(sorted, { colour: options.colour ?? false });
    case "json":
      return diagnosticsAsJson(sorted);
    case "sarif":
      return diagnosticsAsSarif(sorted, options.version ?? "0.0.0");
    case "github":
      return diagnosticsAsGithub(sorted);
  }
}

/** By file, line, column and code, without repeats; problems without a place come first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].toSorted(
    (a, b) =>
      compare(a.where?.file ?? "", b.where?.file ?? "") ||
      (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
      (a.where?.column ?? 0) - (b.where?.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.detail ?? "", b.detail ?? ""),
  );
}

/** How many there are of each severity. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const one of diagnostics) counts[one.severity] += 1;
  return counts;
}

/** The last line of a run: `3 errors, 1 warning in 2 files.`, or `No problems.` */
export function diagnosticsSummary(diagnostics: readonly Diagnostic[]): string {
  const counts = countDiagnostics(diagnostics);
  const parts = (["error", "warning", "note"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], severity));
  if (parts.length === 0) return "No problems.";
  const files = new Set(diagnostics.flatMap((one) => one.where?.file ?? [])).size;
  return `${parts.join(", ")}${files === 0 ? "" : ` in ${plural(files, "file")}`}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
