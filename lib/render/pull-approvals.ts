import type { JudgedReview, PullDecision } from "../approval/pull/pull-decision";
import { assertNever } from "../model/exhaustive";
import { secondsBetween } from "../model/instant";
import { durationWords } from "../model/duration";
import { listOf, someOf } from "./counts";
import type { PullInput } from "./pull-input";
import { cannotApproveClauses, loginOf, policyName, reviewerName, short } from "./pull-names";
import { nodesOf, stepGroups, type StepGroup, type StepView } from "./pull-steps";
import { nodeMarks } from "./pull-trees";
import { markdownVoice } from "./voice";

/** Who has to approve, who did, who cannot and why: the table and the lines below it; empty when nobody is asked. */
export function approvalSections(input: PullInput): readonly string[] {
  const table = approvalTable(input, stepGroups(input.decision));
  return [
    table,
    table === "" ? "" : cannotApproveLine(input),
    automaticLines(input.decision).join("\n\n"),
    ignoredReviews(input.decision).join("\n"),
  ];
}

const { text, strong, code } = markdownVoice;

function approvalTable(input: PullInput, groups: readonly StepGroup[]): string {
  const asked = groups.filter(({ steps }) => steps.some(({ verdict }) => verdict !== "not needed"));
  if (asked.length === 0) return "";
  const isOne = asked.length === 1;
  const rows = asked.flatMap((group) => group.steps.map((step) => stepRow(input, group, step, { isOne })));
  return ["| Step | Who can approve | State | Why this step |", "|---|---|---|---|", ...rows].join("\n");
}

function stepRow(input: PullInput, group: StepGroup, step: StepView, options: { readonly isOne: boolean }): string {
  const because = step.because === undefined ? ` on ${code(policyName(input.snapshot))}` : `: ${text(step.because)}`;
  const why = `${text(group.source)}${because}`;
  const cells = [
    String(step.number),
    askedCell(input, step),
    stateCell(input, step),
    options.isOne ? why : `${why}${grantsOf(group)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

const mostPossible = 5;

/** Whom a step asks, and who of them could still approve. */
function askedCell({ snapshot }: PullInput, step: StepView): string {
  const { asked, possible, unreadable } = step;
  const people = possible.map((person) => text(loginOf(snapshot, person)));
  const lacking = unreadable.length > 0 ? 0 : step.missing - possible.length;
  const names = [
    ...(people.length === 0 ? [] : [someOf(people, mostPossible)]),
    ...unreadable.map((group) => `the team of ${text(group)} cannot be read`),
    ...(lacking > 0 ? [`${people.length === 0 ? "nobody" : `${lacking} too few`} who may`] : []),
  ];
  return names.length === 0 ? text(asked) : `${text(asked)} (${names.join("; ")})`;
}

function grantsOf(group: StepGroup): string {
  const people = [...new Set(group.grants.map(({ desired }) => text(desired.person)))];
  return people.length === 0 ? "" : `, for ${someOf(people, 3)}`;
}

/** A sign and a word. */
function stateCell(input: PullInput, step: StepView): string {
  switch (step.verdict) {
    case "met":
      return `${nodeMarks.met} approved by ${listOf(step.people.map((person) => approvedBy(input.decision, person)))}`;
    case "open": {
      const so = step.people.map((person) => approvedBy(input.decision, person));
      const far = so.length === 0 ? "" : `, so far ${listOf(so)}`;
      return `${nodeMarks.open} waiting${waitedFor(input)}${step.missing > 1 ? ` for ${step.missing}` : ""}${far}`;
    }
    case "failed":
      return `${nodeMarks.failed} ${text(step.state)}`;
    case "not needed":
      return `${nodeMarks["not needed"]} ${text(step.state)}`;
    default:
      return assertNever(step.verdict);
  }
}

/** `carol at 3f2a91c`: the review by which somebody fills a place. */
function approvedBy(decision: PullDecision, person: string): string {
  const review = decision.reviews.findLast((one) => one.person === person && one.verdict.kind === "counts");
  if (review === undefined) return text(person);
  return `${text(reviewerName(review))}${at(review)}`;
}

function at(review: JudgedReview): string {
  return review.commit === undefined ? "" : ` at ${code(short(review.commit))}`;
}

/** How long it has been open. */
function waitedFor({ snapshot, now }: PullInput): string {
  const since = snapshot.pull?.openedAt;
  if (since === undefined || since >= now) return "";
  return ` ${durationWords(secondsBetween(since, now))}`;
}

function cannotApproveLine(input: PullInput): string {
  const clauses = cannotApproveClauses(input, markdownVoice);
  return clauses.length === 0 ? "" : `Cannot approve: ${clauses.join(", ")}.`;
}

/** Why automatic approval did or did not fire, each sentence once. */
function automaticLines(decision: PullDecision): readonly string[] {
  const trees = decision.grants.flatMap(({ decision: old, underNewRules }) =>
    underNewRules === undefined ? [old] : [old, underNewRules],
  );
  const sentences = trees.flatMap(({ tree }) => nodesOf(tree, "automatic").map(({ sentence }) => sentence));
  return [...new Set(sentences)].map((sentence) => `${text(sentence)}.`);
}

/** Reviews that do not count, and why. */
function ignoredReviews({ reviews }: PullDecision): readonly string[] {
  return reviews.flatMap((review) => {
    const who = `${strong(reviewerName(review))}${at(review)}`;
    switch (review.verdict.kind) {
      case "counts":
      case "no approval":
        return [];
      case "excluded":
        return [`- ! The approval of ${who} does not count: ${text(review.verdict.why)}`];
      case "withdrawn":
        return [`- ! The approval of ${who} was withdrawn: ${text(review.verdict.why)}`];
      case "void":
        return [`- ! The approval of ${who} is void: ${text(review.verdict.why)}`];
      default:
        return assertNever(review.verdict);
    }
  });
}
