import type { ConfigurationAction, LeaseAction } from "../model/action";
import type { Refusal } from "../model/desired";
import { planDocument, type DriftItem, type Plan, type PlanNote, type WaitingGrant } from "../model/plan";
import type { Instant } from "../model/instant";
import { configurationChanges, directionWords, subjectWords } from "./configuration";
import { count, listOf } from "./counts";
import { jsonText } from "./escape";
import type { FoldedSection } from "./markdown-fit";
import { losesSafeguard } from "./plan-view";
import { actionReasonWords } from "./reasons";
import { whenWords } from "./times";
import { markdownProse, markdownVoice } from "./voice";

/** What makes these changes dangerous, in one box of GitHub's Markdown, other sentences first; empty when they are not. */
export function cautionBox(
  widening: readonly LeaseAction[],
  configuration: readonly ConfigurationAction[],
  others: readonly string[] = [],
): string {
  const critical = widening.filter((action) => action.class === "critical" || action.class === "high");
  const bare = critical.filter((action) => action.guardrails.length + action.maskingRules.length === 0);
  const on = [...new Set(critical.flatMap((action) => [...action.guardrails, ...action.maskingRules]))].toSorted();
  const lost = configuration.filter(losesSafeguard);
  const sentences = [
    ...others,
    ...(critical.length > 0 ? [`Widens access to ${classesOf(critical)} resources.`] : []),
    ...(on.length > 0 ? [`${listOf(on.map(strong))} stay${on.length === 1 ? "s" : ""} on.`] : []),
    ...(bare.length > 0 ? [`${count(bare.length, "grant")} of them without a guardrail or masking.`] : []),
    ...lost.map((action) => `${subjectWords(action.subject, markdownVoice)} loses a safeguard.`),
  ];
  return sentences.length === 0 ? "" : `> [!CAUTION]\n> ${sentences.join(" ")}`;
}

/** A title in bold and lines below it; empty without lines. */
export function titled(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`**${title}**`, "", ...lines].join("\n");
}

/** Changes of a gateway's configuration, a line each, with what changes below it. */
export function configurationSection(actions: readonly ConfigurationAction[]): string {
  const lines = actions.flatMap((action) => {
    const head = `- ${action.kind} ${subjectWords(action.subject, markdownVoice)} at ${text(action.gateway)}: ${actionReasonWords[action.reason]}${directionWords[action.direction]}`;
    const changes = action.kind === "update" ? configurationChanges(action, markdownVoice) : [];
    return [head, ...changes.map((line) => `  - ${line}`)];
  });
  return titled("Configuration", lines);
}

/** What rules or gateways do not let be, each with what mends it. */
export function refusalSection(refusals: readonly Refusal[]): string {
  const lines = refusals.map((one) => {
    const request = one.request === "" ? "" : `${strong(one.request)}: `;
    return `- ! ${request}${markdownProse(one.sentence)}\n  fix: ${markdownProse(one.fix)}`;
  });
  return titled("Refused", lines);
}

/** What was not done by us, a line each. */
export function driftLines(items: readonly DriftItem[]): readonly string[] {
  return items.map((item) => `- ! ${item.kind}: ${text(item.sentence)}`);
}

/** Grants that are not for now, a line each. */
export function waitingLines(waiting: readonly WaitingGrant[], now: Instant): readonly string[] {
  return waiting.map((one) => {
    const from = one.from === undefined ? "" : `, from ${whenWords(one.from, now)}`;
    const until = `at the latest ${whenWords(one.startBefore, now)}`;
    return `- ${strong(one.person)} on ${strong(one.connection)}: ${one.why}${from}, ${until} (${text(one.request)})`;
  });
}

/** Notes that change what a plan does or hides, a line each. */
export function warningLines(notes: readonly PlanNote[]): readonly string[] {
  return notes.map((note) => `- ! ${markdownProse(note.sentence)}`);
}

/** What stands over the levels that somebody gains. */
export const levelsTitle = "What the levels carry";

/** What levels carry, a line each. */
export function levelLines(notes: readonly PlanNote[]): readonly string[] {
  return notes.map((note) => `- ${text(note.sentence)}`);
}

/** Remarks that decide nothing, a line each. */
export function noteLines(notes: readonly PlanNote[]): readonly string[] {
  return notes.map((note) => `- ${note.kind}: ${text(note.sentence)}`);
}

/** A plan as JSON. It has no line that begins with a fence: its texts hold no line breaks. */
export function rawPlanSection(plan: Plan): FoldedSection {
  const document = planDocument(plan);
  const shown = { ...document, actions: document.actions.slice(0, mostRawActions) };
  return { title: "Raw plan", body: jsonText(shown), fence: "json" };
}

const { text, strong } = markdownVoice;

/** More Actions than ever have room: what is behind them is not even written. */
const mostRawActions = 500;

function classesOf(actions: readonly LeaseAction[]): string {
  return listOf([...new Set(actions.map((action) => action.class))].toSorted());
}
