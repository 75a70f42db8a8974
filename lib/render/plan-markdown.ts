import type { ConfigurationAction, LeaseAction } from "../model/action";
import type { Instant } from "../model/instant";
import { planDigest, planDocument, type DriftItem, type Plan } from "../model/plan";
import { configurationChanges, directionWords, subjectWords } from "./configuration";
import { count, listOf, partition, someOf } from "./counts";
import { jsonText } from "./escape";
import { fitSections, type FoldedSection } from "./markdown-fit";
import { losesSafeguard, mostDangerousFirst, planView, sameButPerson, type PlanView } from "./plan-view";
import { effectiveWords, leaseWords, peopleSentences, worstCaseWords } from "./plan-sentences";
import { planSummary, planVerdict } from "./plan-verdict";
import { actionReasonWords } from "./reasons";
import { utcWords, whenWords } from "./times";
import { markdownVoice } from "./voice";

/** What the comment depends on besides the plan. */
export interface PlanMarkdownOptions {
  readonly now: Instant;
  /** What the policy is called, e.g. `main@c41d`. */
  readonly policy?: { readonly name: string };
  /** The commit that was planned. */
  readonly head?: string;
}

/** A comment, and whether all that must be seen is in it. */
export interface PlanComment {
  readonly text: string;
  /** False: widening, refusals or open ways did not all fit; a check over it has to fail. */
  readonly fits: boolean;
}

/** A comment on GitHub may have 65,536 characters; some are left for what is put around it. */
export const mostCommentCharacters = 60_000;

/**
 * A plan as a comment in GitHub's Markdown (UX.md, "The pull request"): the verdict, a sentence per
 * person, what widens and what is refused never folded, what narrows and raw parts folded and cut first.
 */
export function planComment(plan: Plan, options: PlanMarkdownOptions): PlanComment {
  const view = planView(plan, options.now);
  const page: Page = { plan, view, now: options.now };
  const [widening, other] = partition(
    mostDangerousFirst([...view.starts, ...view.changes, ...view.ends, ...view.rejects]),
    (action) => action.direction === "widens",
  );
  const [mustShow, mayFold] = partition(
    view.configuration,
    (action) => action.direction === "widens" || losesSafeguard(action),
  );
  return fitSections({
    seen: [
      headline(page, options),
      view.warnings.map((note) => `- ! ${text(note.sentence)}`).join("\n"),
      driftSection("Ways in that nobody approved", view.openWays),
      paragraphs(peopleSentences(view, markdownVoice, options.now)),
      caution(page, widening),
      leaseTable(page, widening),
      configurationSection(mustShow),
      refusals(page),
      approvals(page),
    ],
    folded: [
      { title: `What narrows or stays (${other.length})`, body: leaseTable(page, other) },
      { title: `Other configuration (${mayFold.length})`, body: configurationSection(mayFold) },
      { title: `Waiting (${plan.waiting.length})`, body: waiting(page) },
      { title: `Other drift (${view.otherDrift.length})`, body: driftLines(view.otherDrift) },
      { title: `Notes (${view.remarks.length})`, body: notes(page) },
      rawPlan(page),
    ],
    last: [planSummary(plan, view), next(page)].join("\n\n"),
    most: mostCommentCharacters,
  });
}

interface Page {
  readonly plan: Plan;
  readonly view: PlanView;
  readonly now: Instant;
}

const { text, strong, code } = markdownVoice;

function headline(page: Page, options: PlanMarkdownOptions): string {
  const { plan, view, now } = page;
  const parts = [
    ...(options.head === undefined ? [] : [`head ${code(options.head.slice(0, 12))}`]),
    `plan ${code(planDigest(plan).slice(0, 12))}`,
    ...(options.policy === undefined ? [] : [`policy ${text(options.policy.name)}`]),
    ...(plan.base.observed === "log" ? ["as the Log says, the gateway was not asked"] : []),
    `planned ${utcWords(now)}`,
  ];
  return `### ${planVerdict(plan, view)}\n${parts.join(" · ")}`;
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.join("\n\n");
}

/** What makes this plan dangerous, in one box; nothing when it is not. */
function caution(page: Page, widening: readonly LeaseAction[]): string {
  const critical = widening.filter((action) => action.class === "critical" || action.class === "high");
  const bare = critical.filter((action) => action.guardrails.length + action.maskingRules.length === 0);
  const on = [...new Set(critical.flatMap((action) => [...action.guardrails, ...action.maskingRules]))].toSorted();
  const lost = page.view.configuration.filter(losesSafeguard);
  const sentences = [
    ...(critical.length > 0 ? [`Widens access to ${classesOf(critical)} resources.`] : []),
    ...(on.length > 0 ? [`${listOf(on.map(strong))} stay${on.length === 1 ? "s" : ""} on.`] : []),
    ...(bare.length > 0 ? [`${count(bare.length, "grant")} of them without a guardrail or masking.`] : []),
    ...lost.map((action) => `${subjectWords(action.subject, markdownVoice)} loses a safeguard.`),
  ];
  return sentences.length === 0 ? "" : `> [!CAUTION]\n> ${sentences.join(" ")}`;
}

function classesOf(actions: readonly LeaseAction[]): string {
  return listOf([...new Set(actions.map((action) => action.class))].toSorted());
}

const mostNames = 10;

function leaseTable(page: Page, actions: readonly LeaseAction[]): string {
  if (actions.length === 0) return "";
  return [
    "|   | Who | What | Level | Until | Class | Why | Effective change |",
    "|---|---|---|---|---|---|---|---|",
    ...sameButPerson(actions).map((group) => leaseRow(page, group)),
  ].join("\n");
}

/** A sign and a word: colour and icon alone say nothing. */
const marks: Readonly<Record<LeaseAction["kind"], string>> = {
  activate: "+ grant",
  end: "\\- end",
  change: "\\~ change",
  reject: "! never",
};

function leaseRow(page: Page, group: readonly LeaseAction[]): string {
  const [first] = group;
  if (first === undefined) return "";
  const people = group.map((action) => strong(action.subject.person));
  const crowd = group.length > 1 ? `${count(group.length, "person", "people")}: ` : "";
  const cells = [
    marks[first.kind],
    `${crowd}${someOf(people, mostNames)}`,
    text(first.subject.resource),
    text(first.subject.level),
    untilCell(page, first),
    first.class,
    whyCell(first),
    effectiveWords(first, markdownVoice).replace(" -> ", " → "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function untilCell(page: Page, action: LeaseAction): string {
  if (action.kind === "end") return `now, instead of ${leaseWords(action.before, page.now).replace(/^until /, "")}`;
  if (action.kind === "reject") return "never starts";
  const by = action.startBefore === undefined ? "" : `, start by ${whenWords(action.startBefore, page.now)}`;
  const worst = worstCaseWords(action, page.now);
  return `${leaseWords(action.after, page.now)}${by}${worst === undefined ? "" : `; worst case ${worst}`}`;
}

function whyCell(action: LeaseAction): string {
  if (action.kind === "end" || action.kind === "reject") return actionReasonWords[action.reason];
  const isSaid = action.ticket === undefined || action.why?.includes(action.ticket) === true;
  const ticket = isSaid ? [] : [text(action.ticket ?? "")];
  const why = action.why === undefined ? [] : [text(action.why)];
  return [...ticket, ...why].join(" ") || actionReasonWords[action.reason];
}

function configurationSection(actions: readonly ConfigurationAction[]): string {
  if (actions.length === 0) return "";
  const lines = actions.flatMap((action) => {
    const head = `- ${action.kind} ${subjectWords(action.subject, markdownVoice)} at ${text(action.gateway)}: ${actionReasonWords[action.reason]}${directionWords[action.direction]}`;
    const changes = action.kind === "update" ? configurationChanges(action, markdownVoice) : [];
    return [head, ...changes.map((line) => `  - ${line}`)];
  });
  return ["**Configuration**", "", ...lines].join("\n");
}

function approvals(page: Page): string {
  const asked = page.plan.approvals;
  if (asked.length === 0) return "";
  const rows = asked.flatMap((one) =>
    one.steps.map(
      (step, at) =>
        `| ${at + 1} | ${text(step)} | ${text(one.request)} | ${one.grants.length} | rule ${text(one.rule)} |`,
    ),
  );
  const automatic = asked
    .filter((one) => one.automatic !== undefined)
    .map((one) => `Automatic approval of ${text(one.request)}: ${text(one.automatic ?? "")}.`);
  const table = ["| Step | Who has to approve | Request | Grants | Why this step |", "|---|---|---|---|---|", ...rows];
  return [...(rows.length === 0 ? [] : [table.join("\n")]), ...automatic].join("\n\n");
}

function refusals(page: Page): string {
  const { refusals: all } = page.plan;
  if (all.length === 0) return "";
  const lines = all.map((one) => {
    const request = one.request === "" ? "" : `${strong(one.request)}: `;
    return `- ! ${request}${text(one.sentence)}\n  fix: ${text(one.fix)}`;
  });
  return ["**Refused**", "", ...lines].join("\n");
}

function driftSection(title: string, items: readonly DriftItem[]): string {
  return items.length === 0 ? "" : [`**${title}**`, "", driftLines(items)].join("\n");
}

function driftLines(items: readonly DriftItem[]): string {
  return items.map((item) => `- ! ${item.kind}: ${text(item.sentence)}`).join("\n");
}

function waiting(page: Page): string {
  return page.plan.waiting
    .map((one) => {
      const from = one.from === undefined ? "" : `, from ${whenWords(one.from, page.now)}`;
      const until = `at the latest ${whenWords(one.startBefore, page.now)}`;
      return `- ${strong(one.person)} on ${strong(one.connection)}: ${one.why}${from}, ${until} (${text(one.request)})`;
    })
    .join("\n");
}

function notes(page: Page): string {
  return page.view.remarks.map((note) => `- ${note.kind}: ${text(note.sentence)}`).join("\n");
}

/** More Actions than ever have room: what is behind them is not even written. */
const mostRawActions = 500;

/** JSON has no line that begins with a fence: its texts hold no line breaks. */
function rawPlan(page: Page): FoldedSection {
  const document = planDocument(page.plan);
  const shown = { ...document, actions: document.actions.slice(0, mostRawActions) };
  return { title: "Raw plan", body: jsonText(shown), fence: "json" };
}

function next(page: Page): string {
  const steps = [
    ...(page.view.waitsForPolicy ? [`accept the policy with ${code("leasehold policy accept")}`] : []),
    ...(page.plan.approvals.some((one) => one.steps.length > 0) ? ["approve in a review"] : []),
    `give back at any time with ${code("leasehold revoke")}`,
    "pushes are planned again",
  ];
  return `Next: ${steps.join(" · ")}`;
}
