import type { ConfigurationAction, LeaseAction } from "../model/action";
import type { Instant } from "../model/instant";
import { planDigest, type DriftItem, type Plan } from "../model/plan";
import { configurationChanges, directionWords, subjectWords } from "./configuration";
import { count, groupBy, someOf } from "./counts";
import { levelsTitle } from "./plan-sections";
import { losesSafeguard, planView, sameButPerson, type PlanView } from "./plan-view";
import { clauseOf, effectiveWords, leaseWords, peopleSentences, worstCaseWords } from "./plan-sentences";
import { planSummary, planVerdict } from "./plan-verdict";
import { actionReasonWords } from "./reasons";
import { utcWords, whenWords } from "./times";
import { terminalVoice, type Tone, type Voice } from "./voice";
import type { Paint } from "./voice";

/** What the text of a plan depends on besides the plan. */
export interface PlanTextOptions {
  readonly colour: boolean;
  readonly now: Instant;
  /** What the policy is called, e.g. `main@c41d`. */
  readonly policy?: { readonly name: string };
}

/** Above so many blocks, a section has one line for each. */
const mostBlocks = 20;
const mostNames = 10;

/** A plan for people on a terminal: the verdict first, the dangerous before the rest, the summary last. */
export function planAsText(plan: Plan, options: PlanTextOptions): string {
  const voice = terminalVoice(options);
  const view = planView(plan, options.now);
  const page: Page = { plan, view, voice, paint: voice.paint, now: options.now };
  const sections = [
    heading(page, options),
    page.view.warnings.map((note) => `${marked(page, "!")} ${voice.text(note.sentence)}`),
    openWays(page),
    otherDrift(page),
    peopleSentences(view, voice, { now: options.now, begins: "now" }),
    leases(page, "Ends", "-", view.ends),
    leases(page, "Changes", "~", view.changes),
    leases(page, "Starts", "+", view.starts),
    leases(page, "Never starts", "!", view.rejects),
    levels(page),
    configuration(page),
    approvals(page),
    waiting(page),
    refused(page),
    notes(page),
    view.waitsForPolicy ? ["Next: `leasehold policy accept`, then the approvals, then `leasehold apply`"] : [],
    [planSummary(plan, view)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

interface Page {
  readonly plan: Plan;
  readonly view: PlanView;
  readonly voice: Voice;
  readonly paint: Paint;
  readonly now: Instant;
}

type Mark = "+" | "-" | "~" | "!";
const tones: Readonly<Record<Mark, Tone>> = { "+": "good", "-": "bad", "~": "careful", "!": "loud" };

function heading(page: Page, options: PlanTextOptions): readonly string[] {
  const { plan, voice, paint } = page;
  const seen = plan.base.observed === "gateway" ? "seen at the gateway" : "as the Log says, the gateway was not asked";
  const policy = options.policy === undefined ? [] : [`policy ${voice.text(options.policy.name)}`];
  const parts = [`plan ${planDigest(plan).slice(0, 12)}`, ...policy, seen, `planned ${utcWords(page.now)}`];
  return [`${paint("strong", planVerdict(plan, page.view))}.`, paint("quiet", parts.join(" · "))];
}

function openWays(page: Page): readonly string[] {
  return driftLines(page, "Ways in that nobody approved", page.view.openWays);
}

function otherDrift(page: Page): readonly string[] {
  return driftLines(page, "Other drift", page.view.otherDrift);
}

function driftLines(page: Page, title: string, items: readonly DriftItem[]): readonly string[] {
  if (items.length === 0) return [];
  const { voice } = page;
  const lines = items.map((item) => `  ${marked(page, "!")} ${item.kind}: ${voice.text(item.sentence)}`);
  return [title, ...lines];
}

function leases(page: Page, title: string, mark: Mark, actions: readonly LeaseAction[]): readonly string[] {
  if (actions.length === 0) return [];
  const groups = sameButPerson(actions);
  const isLong = groups.length > mostBlocks;
  return [title, ...groups.flatMap((group) => (isLong ? oneLine(page, mark, group) : block(page, mark, group)))];
}

function oneLine(page: Page, mark: Mark, group: readonly LeaseAction[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    `  ${marked(page, mark)} ${peopleOf(page, group)} ${clauseOf(first, page.voice, { now: page.now, begins: "now" })} (${first.class})`,
  ];
}

function block(page: Page, mark: Mark, group: readonly LeaseAction[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const where = `on ${page.voice.strong(first.subject.connection)} (${first.class})`;
  const head =
    group.length === 1
      ? `${peopleOf(page, group)} ${where}`
      : `${count(group.length, "person", "people")} ${where}: ${peopleOf(page, group)}`;
  return [`  ${marked(page, mark)} ${head}`, ...aligned(detailsOf(page, first))];
}

function peopleOf(page: Page, group: readonly LeaseAction[]): string {
  return someOf(
    group.map((action) => page.voice.strong(action.subject.person)),
    mostNames,
  );
}

type Detail = readonly [label: string, words: string | undefined];

function detailsOf(page: Page, action: LeaseAction): readonly Detail[] {
  const { voice, now } = page;
  const why = action.why === undefined ? undefined : voice.text(action.why);
  const isSaid = action.ticket === undefined || action.why?.includes(action.ticket) === true;
  const ticket = isSaid ? "" : ` (${voice.text(action.ticket ?? "")})`;
  if (action.kind === "reject") {
    return [
      ["because", actionReasonWords[action.reason]],
      ["rule", action.rule === undefined ? undefined : voice.text(action.rule)],
      ["request", action.subject.request === undefined ? undefined : voice.text(action.subject.request)],
    ];
  }
  return [
    ["lease", `${leaseWords(action.before, now)} -> ${leaseWords(action.after, now)}`],
    ["effective", effectiveWords(action, voice)],
    ["because", action.reason === "requested" ? undefined : actionReasonWords[action.reason]],
    ["why", why === undefined ? undefined : `${why}${ticket}`],
    ["starts", startWords(page, action)],
    ["approval", approvalWords(page, action)],
    ["rule", action.rule === undefined ? undefined : voice.text(action.rule)],
    ["worst case", worstCaseWords(action, now)],
    ["safeguards", safeguardWords(page, action)],
    ["request", action.subject.request === undefined ? undefined : voice.text(action.subject.request)],
    ["waits", action.waitsForPolicy ? "for policy accept" : undefined],
  ];
}

function startWords(page: Page, action: LeaseAction): string | undefined {
  if (action.startAfter === undefined && action.startBefore === undefined) return undefined;
  const from = action.startAfter === undefined ? [] : [`not before ${whenWords(action.startAfter, page.now)}`];
  const by = action.startBefore === undefined ? [] : [`at the latest ${whenWords(action.startBefore, page.now)}`];
  return [...from, ...by].join(", ");
}

function approvalWords(page: Page, action: LeaseAction): string | undefined {
  return action.approval === undefined ? undefined : page.voice.text(action.approval);
}

function safeguardWords(page: Page, action: LeaseAction): string | undefined {
  if (action.kind !== "activate" && action.kind !== "change") return undefined;
  const all = [
    ...action.guardrails.map((name) => `guardrail ${page.voice.text(name)}`),
    ...action.maskingRules.map((name) => `masking ${page.voice.text(name)}`),
  ];
  return all.length === 0 ? "none" : all.join(", ");
}

function aligned(details: readonly Detail[]): readonly string[] {
  const said = details.filter(([, words]) => words !== undefined);
  const width = Math.max(...said.map(([label]) => label.length));
  return said.map(([label, words]) => `      ${label.padEnd(width)}  ${words}`);
}

function configuration(page: Page): readonly string[] {
  const { configuration: actions } = page.view;
  if (actions.length === 0) return [];
  const lines = [...groupBy(actions, (action) => action.gateway)].flatMap(([gateway, own]) => [
    `Configuration of gateway ${page.voice.strong(gateway)}`,
    ...own.flatMap((action) => configurationLines(page, action, actions.length > mostBlocks)),
  ]);
  return lines;
}

const configurationMarks: Readonly<Record<ConfigurationAction["kind"], Mark>> = {
  create: "+",
  update: "~",
  delete: "-",
};

function configurationLines(page: Page, action: ConfigurationAction, isLong: boolean): readonly string[] {
  const { voice } = page;
  const waits = action.waitsForPolicy ? ", waits for policy accept" : "";
  const head = `  ${marked(page, configurationMarks[action.kind])} ${action.kind} ${subjectWords(action.subject, voice)}: ${
    actionReasonWords[action.reason]
  }${directionWords[action.direction]}${waits}`;
  if (isLong && action.kind !== "update") return [head];
  const lost = losesSafeguard(action) ? [`      ${marked(page, "!")} protects less than before`] : [];
  return [head, ...lost, ...configurationChanges(action, voice).map((line) => `      ${line}`)];
}

function approvals(page: Page): readonly string[] {
  const { approvals: asked } = page.plan;
  if (asked.length === 0) return [];
  const { voice } = page;
  const lines = asked.flatMap((one) => [
    `  ${voice.strong(one.request)} (${count(one.grants.length, "grant")}, rule ${voice.text(one.rule)})`,
    ...one.steps.map((step, at) => `      ${at + 1}. ${voice.text(step)}`),
    ...(one.automatic === undefined ? [] : [`      automatic: ${voice.text(one.automatic)}`]),
  ]);
  return ["Approvals asked", ...lines];
}

function waiting(page: Page): readonly string[] {
  const { voice, now } = page;
  if (page.plan.waiting.length === 0) return [];
  const lines = page.plan.waiting.map((one) => {
    const from = one.from === undefined ? "" : `, from ${whenWords(one.from, now)}`;
    const until = `at the latest ${whenWords(one.startBefore, now)}`;
    return `  ${marked(page, "~")} ${voice.strong(one.person)} on ${voice.strong(one.connection)}: ${one.why}${from}, ${until} (${voice.text(one.request)})`;
  });
  return ["Waiting", ...lines];
}

function refused(page: Page): readonly string[] {
  const { voice } = page;
  if (page.plan.refusals.length === 0) return [];
  const lines = page.plan.refusals.flatMap((one) => [
    `  ${marked(page, "!")} ${one.request === "" ? "" : `${voice.strong(one.request)}: `}${voice.text(one.sentence)}`,
    `      fix: ${voice.text(one.fix)}`,
  ]);
  return ["Refused", ...lines];
}

function levels(page: Page): readonly string[] {
  const told = page.view.levels;
  return told.length === 0 ? [] : [levelsTitle, ...told.map((note) => `  ${page.voice.text(note.sentence)}`)];
}

function notes(page: Page): readonly string[] {
  const { remarks } = page.view;
  if (remarks.length === 0) return [];
  return ["Notes", ...remarks.map((note) => `  ${note.kind}: ${page.voice.text(note.sentence)}`)];
}

function marked(page: Page, mark: Mark): string {
  return page.paint(tones[mark], mark);
}
