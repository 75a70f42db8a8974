import type { Diagnostic } from "../errors";
import { jsonText } from "./escape";

/** What `--format json` gives of diagnostics: schemas/diagnostics.v1.json. */
export interface DiagnosticsReport {
  readonly diagnosticsVersion: 1;
  /** By file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics for programs. */
export function diagnosticsAsJson(diagnostics: readonly Diagnostic[]): string {
  const report: DiagnosticsReport = { diagnosticsVersion: 1, diagnostics: diagnostics.map(shortened) };
  return `${jsonText(report)}\n`;
}

const mostSource = 1_000;

/** A source line of a hostile file can be 64 kB long and stand in many diagnostics. */
function shortened(one: Diagnostic): Diagnostic {
  const source = one.where?.source;
  if (one.where === undefined || source === undefined || source.length <= mostSource) return one;
  return { ...one, where: { ...one.where, source: source.slice(0, mostSource) } };
}
