import type { Instant } from "../model/instant";
import type { AccessRow, Explanation } from "../model/report";
import { approvedByWords, endWords, rowState, whyWords, type RowState } from "./access-row";
import { capital } from "./counts";
import { decisionLines } from "./decision";
import { canonicalJsonText } from "./json";
import { utcWords, whenWords } from "./times";
import { terminalVoice, type Paint, type Voice } from "./voice";

/** How an explanation is told. */
export interface ExplanationOptions {
  readonly format: "text" | "json";
  readonly now: Instant;
  readonly colour?: boolean;
}

/** Which rule, which approvals, what is missing, when it ends (JSON: schemas/explanation.v1.json); no line break at the end. */
export function renderExplanation(explanation: Explanation, options: ExplanationOptions): string {
  if (options.format === "json") return canonicalJsonText(explanation);
  const voice = terminalVoice({ colour: options.colour ?? false });
  const sections = [
    [voice.strong(explanation.subject), ...explanation.answer.map((sentence) => voice.text(sentence))],
    ...explanation.grants.map((row) => rowLines(row, voice, options.now)),
    ...explanation.decisions.map((decision) => decisionLines(decision, voice)),
    historyLines(explanation, voice),
    nextLines(explanation, voice),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function rowLines(row: AccessRow, voice: Voice & { readonly paint: Paint }, now: Instant): readonly string[] {
  const state = rowState(row, now);
  const isOver = state === "ended" || state === "rejected";
  const when = (label: string, at: Instant | undefined) =>
    at === undefined || isOver ? [] : [[label, whenWords(at, now)] as const];
  const details: readonly (readonly [string, string])[] = [
    ["grant", voice.code(row.grant)],
    ["request", voice.text(row.request)],
    ["rule", voice.text(row.rule)],
    ["why", whyWords(row, voice)],
    ["approved by", approvedByWords(row, voice)],
    ...(row.activatedAt === undefined ? [] : [["since", whenWords(row.activatedAt, now)] as const]),
    ...when("starts by", row.startBefore),
    [endLabels[state], endWords(row, voice, now)],
    ...when("worst case", row.worstCaseEnd),
  ];
  return [
    `${capital(state)}: ${voice.strong(row.person)} on ${voice.strong(row.connection)} (${voice.text(row.class)})`,
    ...details.map(([label, words]) => `  ${label.padEnd(11)}  ${words}`),
  ];
}

const endLabels: Readonly<Record<RowState, string>> = {
  active: "ends",
  "ending soon": "ends",
  overdue: "ends",
  starting: "ends",
  waiting: "state",
  ended: "ended",
  rejected: "because",
};

function historyLines(explanation: Explanation, voice: Voice): readonly string[] {
  if (explanation.history.length === 0) return [];
  const width = String(explanation.history.at(-1)?.sequence ?? 0).length;
  const lines = explanation.history.map(
    (line) => `  ${String(line.sequence).padStart(width)}  ${utcWords(line.time)}  ${voice.text(line.sentence)}`,
  );
  return ["History", ...lines];
}

function nextLines(explanation: Explanation, voice: Voice): readonly string[] {
  if (explanation.next.length === 0) return [];
  return ["Next", ...explanation.next.map((step) => `  ${voice.text(step)}`)];
}
