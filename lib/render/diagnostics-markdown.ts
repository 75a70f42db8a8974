import type { Diagnostic } from "../errors";
import { sortDiagnostics } from "./diagnostics";
import { markdownProse, markdownVoice } from "./voice";

/** Diagnostics as lines of a list in GitHub's Markdown: where, what, what was seen, what mends it. */
export function diagnosticsLines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return sortDiagnostics(diagnostics).map((one) => {
    const where = one.where === undefined ? "" : `${code(`${one.where.file}:${one.where.line}`)} `;
    const detail = one.detail === undefined ? "" : `: ${markdownProse(one.detail)}`;
    return `- ! ${where}${one.severity} ${one.code}: ${text(one.summary)}${detail}\n  fix: ${markdownProse(one.fix)}`;
  });
}

const { text, code } = markdownVoice;
