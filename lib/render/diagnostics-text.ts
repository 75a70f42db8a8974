import type { Diagnostic, Severity, SourceRange } from "../errors";
import { escapeTerminal } from "./escape";
import { displayWidth } from "./width";

/** Diagnostics for people: the place, the source line, a caret, what was seen and how to fix it. */
export function diagnosticsAsText(diagnostics: readonly Diagnostic[], options: { readonly colour: boolean }): string {
  return diagnostics.map((one) => `${linesOf(one, options.colour).join("\n")}\n`).join("\n");
}

function linesOf(one: Diagnostic, colour: boolean): readonly string[] {
  const place = one.where === undefined ? "" : `${placeOf(one.where)} `;
  const label = painted(`${one.severity} ${one.code}`, one.severity, colour);
  return [
    `${place}${label}: ${escapeTerminal(one.summary)}`,
    ...excerptOf(one, colour),
    `  fix: ${escapeTerminal(one.fix)}`,
  ];
}

/** `file:line:column` */
function placeOf(where: SourceRange): string {
  return `${escapeTerminal(where.file)}:${where.line}:${where.column}`;
}

function excerptOf(one: Diagnostic, colour: boolean): readonly string[] {
  const detail = one.detail === undefined ? "" : escapeTerminal(one.detail);
  const source = one.where?.source;
  if (one.where === undefined || source === undefined) return detail === "" ? [] : [`  ${detail}`];
  const number = String(one.where.line);
  const { before, marked, after } = cut(source, one.where);
  const carets = painted("^".repeat(Math.max(1, displayWidth(marked))), one.severity, colour);
  return [
    `  ${number} | ${before}${marked}${after}`,
    `  ${" ".repeat(number.length)} | ${" ".repeat(displayWidth(before))}${carets}${detail === "" ? "" : ` ${detail}`}`,
  ];
}

const mostBefore = 80;
const mostMarked = 60;
const mostAfter = 40;

/** A window of a long line around its mark; each part escaped on its own, so that the caret stays below it. */
function cut(source: string, where: SourceRange): { before: string; marked: string; after: string } {
  const start = where.column - 1;
  const end = start + where.length;
  const before = source.slice(0, start);
  const marked = source.slice(start, end);
  const after = source.slice(end);
  return {
    before: before.length > mostBefore ? `…${escapeTerminal(before.slice(-mostBefore))}` : escapeTerminal(before),
    marked: marked.length > mostMarked ? `${escapeTerminal(marked.slice(0, mostMarked))}…` : escapeTerminal(marked),
    after: after.length > mostAfter ? `${escapeTerminal(after.slice(0, mostAfter))}…` : escapeTerminal(after),
  };
}

const colours: Readonly<Record<Severity, string>> = { error: "31", warning: "33", note: "36" };

function painted(text: string, severity: Severity, colour: boolean): string {
  return colour ? `\u001b[${colours[severity]}m${text}\u001b[39m` : text;
}
