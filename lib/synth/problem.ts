import { diagnostic, LeaseholdError, type Diagnostic, type ErrorCode } from "../errors";

/** Something that is wrong with the rules as a whole. */
export interface Problem {
  /** The construct path of what is wrong. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly sentence: string;
  readonly fix: string;
}

/** Throws one error with all problems, in the order of their paths; does nothing when there is none. */
export function throwProblems(code: ErrorCode, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const sorted = problems.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const shown = sorted.slice(0, mostShown).map((one) => toDiagnostic(code, one));
  const rest = sorted.length - shown.length;
  const all =
    rest === 0 ? shown : [...shown, diagnostic(code, { summary: `and ${rest} more`, fix: "mend these first" })];
  const error = new LeaseholdError(all);
  // A test of somebody's rules sees the message only: it has to name every problem.
  error.message = [`${code} ${all.length === 1 ? "a problem" : `${sorted.length} problems`} in the rules:`]
    .concat(all.map((one) => `  ${one.summary}`))
    .join("\n");
  throw error;
}

const mostShown = 200;

function toDiagnostic(code: ErrorCode, problem: Problem): Diagnostic {
  return diagnostic(code, { summary: `${problem.path}: ${problem.sentence}`, fix: problem.fix });
}
