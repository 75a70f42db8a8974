import type { Diagnostic, Severity } from "../errors";
import { count, groupBy } from "./counts";
import { sortDiagnostics } from "./diagnostics";
import { escapeTerminal } from "./escape";
import type { PullInput } from "./pull-input";
import { missingApprovals, stepGroups } from "./pull-steps";
import { bounded } from "./voice";

/** A remark on lines of a file, as a check run shows it: plain text. */
export interface PullAnnotation {
  readonly path: string;
  /** Counted from 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** More of them are no help to anybody; the comment has all. */
export const mostAnnotations = 200;

/** What is to be said at the lines of request files: problems first, then refusals, then what is waited for. */
export function pullAnnotations(input: PullInput): readonly PullAnnotation[] {
  const all = [
    ...sortDiagnostics([...input.decision.diagnostics, ...(input.trouble ?? [])]).flatMap(diagnosed),
    ...refused(input),
    ...waiting(input),
  ];
  return all.slice(0, mostAnnotations);
}

const levels: Readonly<Record<Severity, PullAnnotation["level"]>> = {
  error: "failure",
  warning: "warning",
  note: "notice",
};

function diagnosed(one: Diagnostic): readonly PullAnnotation[] {
  if (one.where === undefined) return [];
  const { file: path, line } = one.where;
  const message = [one.detail ?? one.summary, `fix: ${one.fix}`];
  return [annotation({ path, line }, levels[one.severity], `${one.code}: ${one.summary}`, message)];
}

function refused(input: PullInput): readonly PullAnnotation[] {
  return input.decision.refusals.flatMap((one) =>
    placesOf(input, one.request).map((place) =>
      annotation(place, "failure", `Refused: ${one.reason}`, [one.sentence, `fix: ${one.fix}`]),
    ),
  );
}

/** One line for each request that still waits. */
function waiting(input: PullInput): readonly PullAnnotation[] {
  const open = input.decision.grants.filter(({ decision }) => decision.verdict === "waiting");
  const byRequest = [...groupBy(open, ({ desired }) => desired.request)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byRequest.flatMap(([request, grants]) => {
    const missing = missingApprovals(stepGroups({ ...input.decision, grants }));
    const title = missing === 0 ? "Waiting" : `Needs ${count(missing, "approval")}`;
    const steps = [
      ...new Set(grants.flatMap(({ decision }) => decision.tree.children.map(({ sentence }) => sentence))),
    ];
    return placesOf(input, request).map((place) => annotation(place, "notice", title, steps));
  });
}

function placesOf(input: PullInput, request: string): readonly { readonly path: string; readonly line: number }[] {
  return (input.places ?? []).filter((place) => place.request === request);
}

function annotation(
  place: { readonly path: string; readonly line: number },
  level: PullAnnotation["level"],
  title: string,
  message: readonly string[],
): PullAnnotation {
  return {
    path: place.path,
    startLine: place.line,
    endLine: place.line,
    level,
    title: bounded(escapeTerminal(title), 200),
    message: bounded(message.map(escapeTerminal).join("\n"), 4_000),
  };
}
