import type { LeaseholdError } from "../errors";
import type { Shell } from "./shell";

/** Says on stderr what went wrong, escaped like every result; gives the exit code. Loaded only when something did. */
export async function tellFailure(thrown: LeaseholdError, shell: Shell): Promise<number> {
  const { renderDiagnostics } = await import("../render/diagnostics.js");
  const text = renderDiagnostics(thrown.diagnostics, { format: "text", colour: shell.output.colour });
  shell.output.problem(text.trimEnd());
  return thrown.exitCode;
}
