import type { Diagnostic, Severity } from "../errors";
import { escapeWorkflowMessage, escapeWorkflowProperty } from "./escape";

/** GitHub shows at most ten annotations of each level in a step. */
const mostPerLevel = 10;

/**
 * Diagnostics as GitHub workflow commands, at most ten of each level; one more line of that level then
 * says how many are left out. See "Workflow commands" in GitHub's documentation.
 */
export function diagnosticsAsGithub(diagnostics: readonly Diagnostic[]): string {
  const levels: readonly Severity[] = ["error", "warning", "note"];
  return levels
    .map((level) =>
      linesOf(
        diagnostics.filter((one) => one.severity === level),
        level,
      ),
    )
    .join("");
}

function linesOf(diagnostics: readonly Diagnostic[], level: Severity): string {
  const shown = diagnostics.length > mostPerLevel ? diagnostics.slice(0, mostPerLevel - 1) : diagnostics;
  const lines = shown.map(lineOf);
  const left = diagnostics.length - shown.length;
  if (left > 0) lines.push(`::${commandOf(level)} title=leasehold::and ${left} more`);
  return lines.map((line) => `${line}\n`).join("");
}

function lineOf(one: Diagnostic): string {
  const where = one.where;
  const properties = [
    ...(where === undefined
      ? []
      : [
          `file=${escapeWorkflowProperty(where.file)}`,
          `line=${where.line}`,
          `col=${where.column}`,
          `endColumn=${where.column + where.length}`,
        ]),
    `title=${escapeWorkflowProperty(`${one.code}: ${one.summary}`)}`,
  ];
  const message = [...(one.detail === undefined ? [] : [one.detail]), `fix: ${one.fix}`].join("\n");
  return `::${commandOf(one.severity)} ${properties.join(",")}::${escapeWorkflowMessage(message)}`;
}

function commandOf(level: Severity): "error" | "warning" | "notice" {
  return level === "note" ? "notice" : level;
}
