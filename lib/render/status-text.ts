import type { Instant } from "../model/instant";
import type { AccessReport, AccessRow } from "../model/report";
import { approvedByWords, endWords, rowState, whyWords, type RowState } from "./access-row";
import { activityOf, sparkline } from "./activity";
import { count } from "./counts";
import { textTable, type Cell, type Column } from "./table";
import { shortWhenWords, whenWords } from "./times";
import { terminalVoice, type Paint, type Tone, type Voice } from "./voice";

/** What the text of a report depends on besides the report. */
export interface StatusTextOptions {
  readonly colour: boolean;
  readonly columns: number;
  readonly now: Instant;
  /** No block characters in the line of active grants. */
  readonly plain: boolean;
}

/** Who has what, as a table and a line of active grants over time; what is wrong stands first, the summary last. */
export function statusAsText(report: AccessReport, options: StatusTextOptions): string {
  const voice = terminalVoice(options);
  const sections = [
    warnings(report, voice, options.now),
    table(report, voice, options),
    activityLines(report, voice.paint, options),
    optOuts(report, voice),
    logLine(report),
    [statusSummary(report, options.now)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** `Status: 3 active, 1 waiting, 7 ended. 1 ends within 15 min.` */
export function statusSummary(report: AccessReport, now: Instant): string {
  const states = report.rows.map((row) => rowState(row, now));
  const number = (...wanted: readonly RowState[]) => states.filter((state) => wanted.includes(state)).length;
  const soon = number("ending soon");
  const overdue = number("overdue");
  const counts = `${number("active", "ending soon", "overdue")} active, ${number("waiting", "starting")} waiting, ${number("ended", "rejected")} ended`;
  return [
    `Status: ${counts}.`,
    ...(soon > 0 ? [`${soon} end${soon === 1 ? "s" : ""} within 15 min.`] : []),
    ...(overdue > 0 ? [`${overdue} ${overdue === 1 ? "is" : "are"} overdue.`] : []),
  ].join(" ");
}

function warnings(report: AccessReport, voice: Voice & { readonly paint: Paint }, now: Instant): readonly string[] {
  const { frozen, recovering } = report;
  const loud = voice.paint("loud", "!");
  const overdue = report.rows.filter((row) => rowState(row, now) === "overdue").length;
  return [
    ...(recovering === undefined
      ? []
      : [
          `${loud} Recovering since ${whenWords(recovering.since, now)}: ${voice.text(recovering.why)}. Only endings happen.`,
        ]),
    ...(frozen === undefined
      ? []
      : [
          `${loud} Frozen by ${voice.text(frozen.by)} ${whenWords(frozen.at, now)}: ${voice.text(frozen.note)}. No new access.`,
        ]),
    ...(overdue === 0 ? [] : [`${loud} ${count(overdue, "grant")} should have ended and may still be open.`]),
    ...(report.verified ? [] : [`${loud} The Log was not verified: what follows is what it says, unproven.`]),
  ];
}

const tableColumns: readonly Column[] = [
  { title: "" },
  { title: "WHO", shrinksTo: 12, turn: 2 },
  { title: "WHAT", shrinksTo: 10, turn: 2 },
  { title: "LEVEL", shrinksTo: 5, turn: 2 },
  { title: "PHASE" },
  { title: "ENDS (UTC)", shrinksTo: 18, turn: 1 },
  { title: "WHY", shrinksTo: 12 },
  { title: "APPROVED BY", shrinksTo: 11 },
];

interface StateLook {
  readonly mark: string;
  readonly tone: Tone;
}

const looks: Readonly<Record<RowState, StateLook>> = {
  active: { mark: "+", tone: "good" },
  "ending soon": { mark: "~", tone: "careful" },
  overdue: { mark: "!", tone: "loud" },
  starting: { mark: "+", tone: "careful" },
  waiting: { mark: ".", tone: "quiet" },
  ended: { mark: "-", tone: "quiet" },
  rejected: { mark: "x", tone: "quiet" },
};

function table(
  report: AccessReport,
  voice: Voice & { readonly paint: Paint },
  options: StatusTextOptions,
): readonly string[] {
  if (report.rows.length === 0) return ["Nobody has access, and nobody waits for any."];
  const plain = terminalVoice({ colour: false });
  const rows = report.rows.map((row) => cellsOf(row, plain, voice.paint, options.now));
  return textTable(tableColumns, rows, { width: options.columns, paintTitle: (text) => voice.paint("strong", text) });
}

function cellsOf(row: AccessRow, voice: Voice, paint: Paint, now: Instant): readonly Cell[] {
  const state = rowState(row, now);
  const { mark, tone } = looks[state];
  const inTone = (text: string) => paint(tone, text);
  return [
    { text: mark, paint: inTone },
    { text: voice.text(row.person) },
    { text: voice.text(row.resource) },
    { text: voice.text(row.level) },
    { text: state, paint: inTone },
    { text: endWords(row, voice, now, shortWhenWords) },
    { text: whyWords(row, voice) },
    { text: approvedByWords(row, voice) },
  ];
}

function activityLines(report: AccessReport, paint: Paint, options: StatusTextOptions): readonly string[] {
  const points = Math.max(16, Math.min(60, options.columns - 4));
  const activity = activityOf(report.rows, { now: options.now, points });
  if (activity === undefined) return [];
  const line = sparkline(activity.counts, { plain: options.plain });
  const now = activity.counts[activity.nowAt] ?? 0;
  const pointer = `${" ".repeat(activity.nowAt)}^ now: ${now}, most: ${activity.most.count} at ${whenWords(activity.most.at, options.now)}`;
  return [
    `Active grants from ${whenWords(activity.from, options.now)} to ${whenWords(activity.until, options.now)}`,
    paint("good", line),
    pointer,
  ];
}

function optOuts(report: AccessReport, voice: Voice): readonly string[] {
  if (report.optOuts.length === 0) return [];
  const lines = report.optOuts.map((one) => {
    const from = one.from.kind === "rule" ? `rule ${voice.text(one.from.rule)}` : `class ${voice.text(one.from.class)}`;
    return `  - ${voice.strong(one.person)} from ${from} (${voice.text(one.id)})`;
  });
  return ["Opted out", ...lines];
}

function logLine(report: AccessReport): readonly string[] {
  if (report.head === undefined) return ["Log: empty"];
  const verified = report.verified ? "verified" : "not verified";
  return [`Log: head ${report.head.sequence} ${report.head.hash.slice(0, 12)}, ${verified}`];
}
