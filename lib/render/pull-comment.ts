import type { PullDecision } from "../approval/pull/pull-decision";
import { planDigest, type PlanNote } from "../model/plan";
import { count, partition } from "./counts";
import { diagnosticsLines } from "./diagnostics-markdown";
import { leaseTable } from "./lease-table";
import { fitSections, type FoldedSection } from "./markdown-fit";
import { mostCommentCharacters } from "./plan-markdown";
import {
  cautionBox,
  configurationSection,
  driftLines,
  levelLines,
  levelsTitle,
  noteLines,
  rawPlanSection,
  refusalSection,
  titled,
  waitingLines,
  warningLines,
} from "./plan-sections";
import { peopleSentences, type Occasion } from "./plan-sentences";
import { leaseLists, losesSafeguard, planView, type PlanView } from "./plan-view";
import { approvalSections } from "./pull-approvals";
import { plannedAtLine } from "./pull-unchanged";
import type { PullComment, PullInput } from "./pull-input";
import { wholeRefusals } from "./pull-refusals";
import { pullLeases, type PullLeases } from "./pull-leases";
import { policyName, short } from "./pull-names";
import { receiptComment } from "./pull-receipt";
import { rulesCaution, rulesSections } from "./pull-rules";
import { isSettled, pullVerdict } from "./pull-verdict";
import { decisionSection } from "./pull-trees";
import { wholeSeconds, utcWords } from "./times";
import { markdownProse, markdownVoice } from "./voice";

/**
 * What is said about a pull request in one comment (UX.md, "The pull request"): the verdict first, what
 * widens and what is refused never folded, what narrows and raw parts folded and cut first. Once merged
 * and applied it is the receipt.
 */
export function pullComment(given: PullInput): PullComment {
  const input = { ...given, now: wholeSeconds(given.now) };
  if (input.receipt !== undefined) return receiptComment({ ...input, receipt: input.receipt });
  const page = pageOf(input);
  const head = [input.marker, plannedAtLine(input.now), ""].join("\n");
  const { text, fits } = fitSections({
    seen: [`### ${pullVerdict(input, markdownVoice)}\n${headline(input)}`, ...seenSections(page)],
    folded: foldedSections(page),
    last: nextLine(input),
    most: mostCommentCharacters - head.length - 1,
    command: `leasehold pr show${numberOption(input)}`,
  });
  return { text: `${head}\n${text}`, fits };
}

interface Page {
  readonly input: PullInput;
  readonly occasion: Occasion;
  readonly leases: PullLeases;
  readonly view?: PlanView;
}

const { code } = markdownVoice;

function pageOf(input: PullInput): Page {
  const { plan, now } = input;
  return {
    input,
    occasion: { now, begins: isRefused(input) ? "never" : "on merge" },
    leases: pullLeases(input.decision, plan),
    ...(plan === undefined ? {} : { view: planView(plan, now) }),
  };
}

/** It cannot be approved as it stands, so that nobody is asked and nothing of what it widens begins. */
function isRefused({ decision }: PullInput): boolean {
  return decision.verdict === "refused" || decision.verdict === "invalid";
}

function headline({ snapshot, plan, now }: PullInput): string {
  const parts = [
    `${snapshot.kind} ${code(short(snapshot.subject.sha))}`,
    ...(plan === undefined ? ["not planned"] : [`plan ${code(short(planDigest(plan)))}`]),
    `policy ${code(policyName(snapshot))}`,
    ...(plan?.base.observed === "log" ? ["as the Log says, the gateway was not asked"] : []),
    `planned ${utcWords(now)}`,
  ];
  return parts.join(" · ");
}

/** What must be seen, the most important first. */
function seenSections(page: Page): readonly string[] {
  const { input, leases, occasion, view } = page;
  const { decision } = input;
  const [errors, remarks] = partition(decision.diagnostics, ({ severity }) => severity === "error");
  const told = leaseLists([...leases.widening, ...leases.narrowing]);
  const configuration = (view?.configuration ?? []).filter(isSeen);
  const ids = new Set<string>(decision.grants.map(({ desired }) => desired.id));
  const waiting = (input.plan?.waiting ?? []).filter(({ grant }) => ids.has(grant));
  return [
    titled("Trouble", diagnosticsLines(input.trouble ?? [])),
    frozenLine(input),
    warningLines(view?.warnings ?? []).join("\n"),
    titled("Ways in that nobody approved", driftLines(view?.openWays ?? [])),
    peopleSentences(told, markdownVoice, occasion).join("\n\n"),
    narrowingLines(page, { isFew: true }).join("\n"),
    cautionBox(leases.widening, configuration, rulesCaution(input)),
    leaseTable(leases.widening, occasion),
    titled(levelsTitle, levelLines(levelsOf(page))),
    titled("Not at once", waitingLines(waiting, input.now)),
    ...rulesSections(input),
    configurationSection(configuration),
    wholeRefusals(decision),
    refusalSection(decision.refusals),
    titled("To mend", diagnosticsLines(errors)),
    titled("To know", diagnosticsLines(remarks)),
    titled("Request files of which nothing comes", fileLines(decision, { isIdle: true })),
    ...(isRefused(input) ? [] : approvalSections(input)),
  ];
}

/** Of what this pull request gives: the plan has other people's levels too. */
function levelsOf({ leases, view }: Page): readonly PlanNote[] {
  const given = new Set(leases.widening.map(({ subject }) => subject.connection));
  return (view?.levels ?? []).filter(({ subject }) => given.has(subject));
}

function isSeen(action: PlanView["configuration"][number]): boolean {
  return action.direction === "widens" || losesSafeguard(action);
}

/** Every changed file has its line somewhere: one of which nothing comes is seen, the others are below a fold. */
function fileLines({ files }: PullDecision, options: { readonly isIdle: boolean }): readonly string[] {
  return files
    .filter(({ outcome }) => (outcome === "nothing" || outcome === "invalid") === options.isIdle)
    .map(({ path, outcome, sentence }) => `- ${code(path)} ${outcome}: ${markdownProse(sentence)}`);
}

function frozenLine({ snapshot }: PullInput): string {
  return snapshot.log.isFrozen ? `! Frozen: nothing new starts until ${code("leasehold thaw")}; endings go on.` : "";
}

/** Few of them are told above; all of them when they are many, below a fold. */
const mostNarrowing = 8;

function narrowingLines({ input, leases }: Page, options: { readonly isFew: boolean }): readonly string[] {
  const told = new Set(leases.narrowing.map(({ subject }) => subject.request));
  const untold = input.decision.narrowing.filter(({ request }) => !told.has(request));
  if (untold.length <= mostNarrowing !== options.isFew) return [];
  return untold.map(({ sentence }) => `- ${markdownProse(sentence)}`);
}

function foldedSections(page: Page): readonly FoldedSection[] {
  const { input, leases, occasion, view } = page;
  const narrows = [leaseTable(leases.narrowing, occasion), narrowingLines(page, { isFew: false }).join("\n")];
  const [, mayFold] = partition(view?.configuration ?? [], isSeen);
  const others = leases.elsewhere.length;
  return [
    { title: "What narrows", body: narrows.filter(isSaid).join("\n\n") },
    { title: `Asked for before (${leases.same.length})`, body: leaseTable(leases.same, occasion) },
    {
      title: "Who would have to approve",
      body: isRefused(input) ? approvalSections(input).filter(isSaid).join("\n\n") : "",
    },
    decisionSection(input.decision),
    { title: "Request files", body: fileLines(input.decision, { isIdle: false }).join("\n") },
    { title: `Other configuration (${mayFold.length})`, body: configurationSection(mayFold) },
    {
      title: `What else the next pass does (${count(others, "change")})`,
      body: leaseTable(leases.elsewhere, { ...occasion, begins: "now" }),
    },
    { title: "Other drift", body: driftLines(view?.otherDrift ?? []).join("\n") },
    { title: "Lint and notes", body: noteLines(view?.remarks ?? []).join("\n") },
    ...(input.plan === undefined ? [] : [rawPlanSection(input.plan)]),
  ];
}

function isSaid(part: string): boolean {
  return part !== "";
}

function nextLine(input: PullInput): string {
  const { decision } = input;
  const steps = [
    ...(decision.verdict === "waiting" ? ["approve in a review"] : []),
    ...(isSettled(decision) && (input.trouble ?? []).length === 0 ? ["merge it"] : []),
    ...(decision.verdict === "refused" || decision.verdict === "invalid" ? ["mend what is named above and push"] : []),
    `give back at any time with ${code("leasehold revoke")} or ${code("/revoke")}`,
    "pushes are planned again",
  ];
  return `Next: ${steps.join(" · ")}`;
}

function numberOption({ snapshot }: PullInput): string {
  return snapshot.pull === undefined ? "" : ` --number ${snapshot.pull.number}`;
}
