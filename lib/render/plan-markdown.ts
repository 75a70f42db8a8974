import type { Instant } from "../model/instant";
import { planDigest, type Plan } from "../model/plan";
import { partition } from "./counts";
import { leaseTable } from "./lease-table";
import { fitSections } from "./markdown-fit";
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
import { losesSafeguard, mostDangerousFirst, planView, type PlanView } from "./plan-view";
import { peopleSentences, type Occasion } from "./plan-sentences";
import { planSummary, planVerdict } from "./plan-verdict";
import { utcWords } from "./times";
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
  const occasion: Occasion = { now: options.now, begins: "now" };
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
      warningLines(view.warnings).join("\n"),
      titled("Ways in that nobody approved", driftLines(view.openWays)),
      peopleSentences(view, markdownVoice, occasion).join("\n\n"),
      cautionBox(widening, view.configuration),
      leaseTable(widening, occasion),
      titled(levelsTitle, levelLines(view.levels)),
      configurationSection(mustShow),
      refusalSection(plan.refusals),
      approvals(page),
    ],
    folded: [
      { title: `What narrows or stays (${other.length})`, body: leaseTable(other, occasion) },
      { title: `Other configuration (${mayFold.length})`, body: configurationSection(mayFold) },
      { title: `Waiting (${plan.waiting.length})`, body: waitingLines(plan.waiting, options.now).join("\n") },
      { title: `Other drift (${view.otherDrift.length})`, body: driftLines(view.otherDrift).join("\n") },
      { title: `Notes (${view.remarks.length})`, body: noteLines(view.remarks).join("\n") },
      rawPlanSection(plan),
    ],
    last: [planSummary(plan, view), next(page)].join("\n\n"),
    most: mostCommentCharacters,
    command: "leasehold plan",
  });
}

interface Page {
  readonly plan: Plan;
  readonly view: PlanView;
  readonly now: Instant;
}

const { text, code } = markdownVoice;

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

function next(page: Page): string {
  const steps = [
    ...(page.view.waitsForPolicy ? [`accept the policy with ${code("leasehold policy accept")}`] : []),
    ...(page.plan.approvals.some((one) => one.steps.length > 0) ? ["approve in a review"] : []),
    `give back at any time with ${code("leasehold revoke")}`,
    "pushes are planned again",
  ];
  return `Next: ${steps.join(" · ")}`;
}
