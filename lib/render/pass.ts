import type { Diagnostic } from "../errors";
import { durationWords } from "../model/duration";
import type { Instant } from "../model/instant";
import { secondsBetween } from "../model/instant";
import type { OverdueEnding, PassEventOf, PassOutcome, PassReportOf } from "../model/pass";
import { subjectWords } from "./configuration";
import { count } from "./counts";
import { renderDiagnostics } from "./diagnostics";
import { canonicalJsonText } from "./json";
import { actionReasonWords } from "./reasons";
import { relativeWords, utcWords, whenWords } from "./times";
import { terminalVoice, type Paint, type Tone, type Voice } from "./voice";

/** How a pass is told. */
export interface PassOptions {
  readonly format: "text" | "json";
  readonly now: Instant;
  readonly colour?: boolean;
  /** Outcomes were told one by one already: only what is left to say. */
  readonly told?: boolean;
}

/** What a pass did and did not do, as a JSON document. */
export interface PassDocument extends PassReportOf<Diagnostic> {
  readonly passVersion: 1;
}

/** The document of a pass. */
export function passDocument(report: PassReportOf<Diagnostic>): PassDocument {
  return { passVersion: 1, ...report };
}

/** What a pass tells while it runs, on one line for stderr; undefined for what needs no line. */
export function renderPassEvent(
  event: PassEventOf<Diagnostic>,
  options: { readonly now: Instant; readonly colour?: boolean },
): string | undefined {
  const voice = terminalVoice({ colour: options.colour ?? false });
  switch (event.kind) {
    case "step":
      return voice.paint("quiet", voice.text(event.step));
    case "outcome":
      return outcomeLine(event.outcome, voice, options.now);
    case "trouble":
      return renderDiagnostics([event.diagnostic], { format: "text", colour: options.colour ?? false }).trimEnd();
    case "progress":
    case "recorded":
      return undefined;
  }
}

/** What a pass did and did not do: what is overdue first, the summary last; no line break at the end. */
export function renderPassReport(report: PassReportOf<Diagnostic>, options: PassOptions): string {
  if (options.format === "json") return canonicalJsonText(passDocument(report));
  const voice = terminalVoice({ colour: options.colour ?? false });
  const sections = [
    overdueLines(report.overdue, voice, options.now),
    options.told === true ? [] : report.outcomes.map((outcome) => outcomeLine(outcome, voice, options.now)),
    waitingLines(report, voice, options.now),
    refusedLines(report, voice),
    [passSummary(report)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** `Pass: 2 activated, 1 ended, 0 changed, 3 configured.` and what is not done. */
export function passSummary(report: PassReportOf<Diagnostic>): string {
  const done = (kind: PassOutcome["kind"]) =>
    report.outcomes.filter((one) => one.kind === kind && (one.result === "done" || one.result === "unrecorded")).length;
  const missed = report.outcomes.filter(isMissed).length;
  const planned = report.outcomes.filter((one) => one.result === "planned").length;
  const ended = done("ended") + done("stray ended");
  const optional: readonly (readonly [number, string])[] = [
    [done("rejected"), "rejected"],
    [done("configured"), "configured"],
  ];
  const counts = [
    `${done("activated")} activated`,
    `${ended} ended`,
    `${done("changed")} changed`,
    ...optional.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`),
  ];
  const rest: readonly (readonly [number, string])[] = [
    [planned, "only planned"],
    [report.approvals.length, `${report.approvals.length === 1 ? "waits" : "wait"} for approval`],
    [
      report.waiting.length,
      `${report.waiting.length === 1 ? "waits" : "wait"} for ${report.waiting.length === 1 ? "its" : "their"} time`,
    ],
    [report.refusals.length, "refused"],
    [missed, "not carried out"],
    [report.unrecorded.length, "not yet recorded"],
    [report.overdue.length, "overdue"],
    [report.left, "left over by the interruption"],
  ];
  return [
    `Pass: ${counts.join(", ")}.`,
    ...rest.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}.`),
  ].join(" ");
}

const looks: Readonly<Record<PassOutcome["kind"], { readonly mark: string; readonly tone: Tone }>> = {
  activated: { mark: "+", tone: "good" },
  changed: { mark: "~", tone: "careful" },
  ended: { mark: "-", tone: "bad" },
  rejected: { mark: "x", tone: "quiet" },
  configured: { mark: "~", tone: "careful" },
  "stray ended": { mark: "-", tone: "bad" },
};

/** What one step did, would do or could not do, on one line. */
function outcomeLine(outcome: PassOutcome, voice: Voice & { readonly paint: Paint }, now: Instant): string {
  const { mark, tone } = isMissed(outcome) ? ({ mark: "!", tone: "loud" } as const) : looks[outcome.kind];
  const detail = outcome.detail === undefined ? "" : `: ${voice.text(outcome.detail)}`;
  const extra = isMissed(outcome) ? "" : extraOf(outcome, voice, now);
  return `${voice.paint(tone, mark)} ${subjectOf(outcome, voice)} ${verbOf(outcome)}${extra}${resultWords[outcome.result]}${detail}`;
}

function isMissed(outcome: PassOutcome): boolean {
  return outcome.result === "refused" || outcome.result === "unknown";
}

const resultWords: Readonly<Record<PassOutcome["result"], string>> = {
  done: "",
  unrecorded: ", but the Log does not say so yet",
  refused: "",
  unknown: ", the next pass looks",
  planned: "",
};

function subjectOf(outcome: PassOutcome, voice: Voice): string {
  const { person, connection, subject, gateway } = outcome;
  if (subject !== undefined) return `${subjectWords(subject, voice)} at ${voice.text(gateway)}`;
  const where = connection === undefined ? `gateway ${voice.text(gateway)}` : voice.strong(connection);
  return person === undefined ? where : `${voice.strong(person)} on ${where}`;
}

const verbs: Readonly<
  Record<PassOutcome["kind"], { readonly done: string; readonly missed: string; readonly planned: string }>
> = {
  activated: { done: "activated", missed: "activated", planned: "would be activated" },
  changed: { done: "changed", missed: "changed", planned: "would be changed" },
  ended: { done: "ended", missed: "ended", planned: "would be ended" },
  rejected: { done: "will never start", missed: "rejected", planned: "would be rejected" },
  configured: { done: "configured", missed: "configured", planned: "would be configured" },
  "stray ended": {
    done: "had no record and was ended",
    missed: "ended, and has no record",
    planned: "has no record and would be ended",
  },
};

/** Never a word that sounds done for what was not. */
function verbOf(outcome: PassOutcome): string {
  const verb = verbs[outcome.kind];
  switch (outcome.result) {
    case "done":
    case "unrecorded":
      return verb.done;
    case "planned":
      return verb.planned;
    case "refused":
      return `NOT ${verb.missed}`;
    case "unknown":
      return `perhaps not ${verb.missed}`;
  }
}

function extraOf(outcome: PassOutcome, voice: Voice, now: Instant): string {
  const cut = outcome.sessionsCut ?? 0;
  const sessions = cut === 0 ? "" : `, ${count(cut, "session")} cut`;
  switch (outcome.kind) {
    case "activated":
    case "changed":
      return endOf(outcome, now) + (outcome.request === undefined ? "" : ` (${voice.text(outcome.request)})`);
    case "ended":
    case "rejected":
    case "configured":
      return `: ${actionReasonWords[outcome.reason]}${sessions}`;
    case "stray ended":
      return sessions;
  }
}

function endOf({ end, worstCaseEnd }: PassOutcome, now: Instant): string {
  const until = end === undefined ? "" : ` until ${whenWords(end, now)}`;
  // A gateway may end it a moment sooner than asked; only later is worth a word.
  return worstCaseEnd === undefined || (end !== undefined && worstCaseEnd <= end)
    ? until
    : `${until}, at the worst ${whenWords(worstCaseEnd, now)}`;
}

function overdueLines(
  overdue: readonly OverdueEnding[],
  voice: Voice & { readonly paint: Paint },
  now: Instant,
): readonly string[] {
  if (overdue.length === 0) return [];
  const lines = overdue.map((one) => {
    const since = `${durationWords(secondsBetween(one.since, now))} overdue, since ${whenWords(one.since, now)}`;
    return `  ${voice.paint("loud", "!")} ${voice.strong(one.person)} on ${voice.strong(one.connection)} at ${voice.text(one.gateway)}: ${since}: ${voice.text(one.why)}`;
  });
  return ["Overdue: this access should have ended and may still be open", ...lines];
}

function waitingLines(report: PassReportOf<Diagnostic>, voice: Voice, now: Instant): readonly string[] {
  const approvals = report.approvals.map((one) => {
    const steps = one.steps.length === 0 ? "" : `: ${one.steps.map(voice.text).join("; then ")}`;
    return `  ~ ${voice.strong(one.request)} waits for approval${steps}`;
  });
  const later = report.waiting.map((one) => {
    const from = one.from === undefined ? "" : `, from ${utcWords(one.from)} (${relativeWords(one.from, now)})`;
    return `  ~ ${voice.strong(one.person)} on ${voice.strong(one.connection)}: ${one.why}${from}`;
  });
  const lines = [...approvals, ...later];
  return lines.length === 0 ? [] : ["Waiting", ...lines];
}

function refusedLines(report: PassReportOf<Diagnostic>, voice: Voice & { readonly paint: Paint }): readonly string[] {
  if (report.refusals.length === 0) return [];
  const lines = report.refusals.flatMap((one) => [
    `  ${voice.paint("loud", "!")} ${voice.text(one.sentence)}`,
    `      fix: ${voice.text(one.fix)}`,
  ]);
  return ["Refused", ...lines];
}
