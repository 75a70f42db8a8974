import { relative, sep } from "node:path";
import { diagnostic, LeaseholdError, type Diagnostic, type SourceRange } from "../../errors";
import { ExitCalled } from "./confine";
import { LoadError } from "./loader";
import { originalPosition } from "./transpile";

/** What an explanation needs to know about the program. */
export interface ProgramSources {
  readonly repository: string;
  /** The text of each module by real path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Where each construct was declared, by its path. */
  readonly declaredAt: ReadonlyMap<string, Error>;
}

/** What a rules program threw, as diagnostics: in words, at the line of TypeScript where it happened. */
export function explain(thrown: unknown, program: ProgramSources): readonly Diagnostic[] {
  if (thrown instanceof LeaseholdError) {
    return thrown.diagnostics.map((one) => {
      const where = one.where ?? locate(one.code === "E202" ? declarationOf(one, program) : thrown, program);
      return where === undefined ? one : { ...one, where };
    });
  }
  const where = locate(thrown, program);
  return [diagnostic("E200", { detail: words(thrown), fix: fixFor(thrown), where })];
}

/** A problem of the rules as a whole opens with the path of its construct. */
function declarationOf(problem: Diagnostic, program: ProgramSources): Error | undefined {
  return program.declaredAt.get(problem.summary.split(": ", 1)[0] ?? "");
}

function words(thrown: unknown): string {
  if (thrown instanceof LoadError || thrown instanceof ExitCalled) return thrown.message;
  if (thrown instanceof Error) return `${thrown.name}: ${withoutPath(thrown)}`;
  return `it threw ${typeof thrown === "object" ? "an object that is no Error" : `\`${String(thrown)}\``}`;
}

/** sucrase puts file and position into its message, where we tell them anyway. */
function withoutPath(error: Error): string {
  return error.message.replace(/^Error transforming .*?: /, "").replace(/ \(\d+:\d+\)$/, "");
}

function fixFor(thrown: unknown): string {
  if (thrown instanceof ExitCalled) return "let the program run to its end; throw an Error to refuse";
  if (thrown instanceof LoadError) return "correct the import, or do without it";
  return "correct the program; `npx tsc --noEmit` tells more about types";
}

function locate(thrown: unknown, program: ProgramSources): SourceRange | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const position = syntaxPosition(thrown, program) ?? stackPosition(thrown, program);
  if (position === undefined) return undefined;
  const { path, line, column } = position;
  const source = program.sources.get(path)?.split(/\r\n|\n|\r/)[line - 1];
  const file = relative(program.repository, path).split(sep).join("/");
  return { file, line, column, length: 1, ...(source === undefined ? {} : { source }) };
}

interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** sucrase says where in `loc`; V8 opens the stack with `file:line`, the line, and a caret under the column. */
function syntaxPosition(error: Error, program: ProgramSources): Position | undefined {
  if (error.name !== "SyntaxError") return undefined;
  const loc = "loc" in error ? (error.loc as { readonly line?: unknown; readonly column?: unknown }) : undefined;
  const transformed = /^Error transforming (.*?): /.exec(error.message)?.[1];
  if (loc !== undefined && transformed !== undefined && program.sources.has(transformed)) {
    return { path: transformed, line: Number(loc.line), column: Number(loc.column) };
  }
  const head = /^(.*):(\d+)\n(?:.*\n)( *)\^/.exec(error.stack ?? "");
  const [, path = "", line = "1", indent = ""] = head ?? [];
  return original({ path, line: Number(line), column: indent.length + 1 }, program);
}

/** The first frame that lies in a module of the program. */
function stackPosition(error: Error, program: ProgramSources): Position | undefined {
  for (const frame of String(error.stack).split("\n")) {
    const [, path = "", line = "1", column = "1"] = /^\s+at (?:.*\()?(\/.*?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const found = original({ path, line: Number(line), column: Number(column) }, program);
    if (found !== undefined) return found;
  }
  return undefined;
}

function original(at: Position, program: ProgramSources): Position | undefined {
  const text = program.sources.get(at.path);
  return text === undefined ? undefined : { path: at.path, ...originalPosition(at.path, text, at) };
}
