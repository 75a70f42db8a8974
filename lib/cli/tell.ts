import type { LeaseholdError } from "../errors";
import type { Shell } from "./shell";

/** Says on stderr what went wrong, in the format asked for; gives the exit code. */
export function tellFailure(thrown: LeaseholdError, shell: Shell): number {
  for (const one of thrown.diagnostics) {
    const place = one.where === undefined ? "" : `${one.where.file}:${one.where.line}:${one.where.column} `;
    const detail = one.detail === undefined ? "" : `\n  ${one.detail}`;
    shell.output.progress(`${place}${one.severity} ${one.code}: ${one.summary}${detail}\n  fix: ${one.fix}`);
  }
  return thrown.exitCode;
}
