import type { Diagnostic } from "../errors";
import { renderDiagnostics, type DiagnosticFormat } from "../render/diagnostics";
import type { CommandCall } from "./command";
import { version } from "./version";

/** Tells diagnostics on stderr, in the format of the call where diagnostics have it. */
export function tellDiagnostics(call: CommandCall, diagnostics: readonly Diagnostic[]): void {
  const text = renderDiagnostics(diagnostics, {
    format: diagnosticFormat(call),
    colour: call.shell.output.colour,
    version,
  });
  if (text !== "" && diagnostics.length > 0) call.shell.output.problem(text.trimEnd());
}

/** The format for diagnostics that is nearest to the one asked for. */
export function diagnosticFormat(call: CommandCall): DiagnosticFormat {
  const { format } = call.global;
  return format === "json" || format === "sarif" || format === "github" ? format : "text";
}
