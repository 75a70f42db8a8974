import { readFileSync } from "node:fs";
import { resolve, sep } from "node:path";
import { catalogue, diagnostic, failure, type Diagnostic, type ErrorCode, type SourceRange } from "../../errors";
import { replaceHiddenCharacters } from "../../model/characters";
import { isProgramInput } from "./inputs";
import type { ChildMessage, ChildTask, ProgramInput } from "./message";

/** A child's message as far as its outer form goes: its parts are checked by who uses them. */
export type UncheckedMessage =
  | {
      readonly kind: "synthesis";
      readonly manifest: unknown;
      readonly requests: unknown;
      readonly inputs: readonly ProgramInput[];
    }
  | { readonly kind: "failure"; readonly diagnostics: readonly unknown[] };

/** Reads what a child said; throws E204 when it has not even the outer form. */
export function parseMessage(text: string): UncheckedMessage {
  const message = tryParse(text);
  if (isRecord(message)) {
    const kind = message["kind"] as ChildMessage["kind"];
    const diagnostics = message["diagnostics"];
    if (kind === "failure" && Array.isArray(diagnostics)) return { kind, diagnostics };
    if (kind === "synthesis") {
      const { manifest, requests, inputs } = message;
      return {
        kind,
        manifest,
        requests,
        inputs: Array.isArray(inputs) ? inputs.filter(isProgramInput).slice(0, 100_000) : [],
      };
    }
  }
  throw failure("E204", { detail: "what the rules program gave is no result", fix: "do not write to its result pipe" });
}

/** The diagnostics of a failed program: only of rules programs, bounded, without hidden characters, at lines that exist. */
export function hostileDiagnostics(
  message: Extract<UncheckedMessage, { kind: "failure" }>,
  task: ChildTask,
): readonly Diagnostic[] {
  const told = message.diagnostics
    .slice(0, 500)
    .filter(isRecord)
    .map((one) => {
      const code = codes.find((known) => known === one["code"]) ?? "E200";
      const where = tryPosition(one["where"], task);
      return diagnostic(code, {
        summary: textOf(one["summary"]) ?? catalogue[code].summary,
        ...(textOf(one["detail"]) === undefined ? {} : { detail: textOf(one["detail"]) ?? "" }),
        fix: textOf(one["fix"]) ?? "correct the program",
        where,
      });
    });
  return told.length > 0 ? told : [diagnostic("E200", { fix: "correct the program" })];
}

const codes: readonly ErrorCode[] = ["E200", "E202", "E203"];

function tryPosition(value: unknown, task: ChildTask): SourceRange | undefined {
  if (!isRecord(value)) return undefined;
  const [file, line, column] = [textOf(value["file"]), value["line"], value["column"]];
  if (file === undefined || !isCount(line) || !isCount(column)) return undefined;
  const source = tryReadLine(file, line, task);
  return { file, line, column, length: 1, ...(source === undefined ? {} : { source }) };
}

/** Read here, because a program could show any text as its own line. */
function tryReadLine(file: string, line: number, task: ChildTask): string | undefined {
  const path = resolve(task.repository, file);
  if (!task.readable.some((whole) => path === whole || path.startsWith(whole + sep))) return undefined;
  try {
    const lines = readFileSync(path, "utf8").split(/\r\n|\n|\r/);
    return lines[line - 1]?.slice(0, 1000);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.length > 2_000 ? `${value.slice(0, 1_999)}…` : value;
  return replaceHiddenCharacters(text.replace(/[\n\t]+/g, " "), () => "\u{FFFD}");
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
