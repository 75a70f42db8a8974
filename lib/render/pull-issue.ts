import { count } from "./counts";
import { diagnosticsLines } from "./diagnostics-markdown";
import { leaseTable } from "./lease-table";
import { fitSections } from "./markdown-fit";
import { mostCommentCharacters } from "./plan-markdown";
import { refusalSection, titled } from "./plan-sections";
import type { PullInput } from "./pull-input";
import { pullLeases } from "./pull-leases";
import { itemsWords, reviewerName, short } from "./pull-names";
import { wholeRefusals } from "./pull-refusals";
import { utcWords } from "./times";
import { markdownVoice } from "./voice";

/** An issue as it is opened on GitHub; the title holds only our words and a commit. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/**
 * The issue about a commit of the base branch that widens access and was not approved: what is refused for
 * ever, what was done all the same, and how to ask properly.
 */
export function unapprovedMergeIssue(input: PullInput): IssueText {
  const { decision, snapshot, plan } = input;
  const { widening } = pullLeases(decision, plan);
  const names = [
    ...new Set(widening.flatMap(({ subject }) => (subject.request === undefined ? [] : [subject.request]))),
  ];
  const { text: body } = fitSections({
    seen: [
      input.marker,
      `### ${sourceWords(input)}: ${wideningText(input)} refused for ever`,
      `Found ${utcWords(input.now)}. Nobody got access by it, and nobody will under ${names.length === 1 ? "this name" : "these names"}. What it takes away is taken away.`,
      wholeRefusals(decision),
      leaseTable(widening, { now: input.now, begins: "on merge" }),
      governedText(input),
      refusalSection(decision.refusals),
      titled("To mend", diagnosticsLines(decision.diagnostics)),
      reviewLines(input).join("\n"),
    ],
    folded: [],
    last: `Next: revert the commit or remove the files · ask again under a new name with ${code("leasehold request --pull-request")} · let nobody push past the required check: ${code("leasehold doctor")} says what is open`,
    most: mostCommentCharacters,
    command: "leasehold log show",
  });
  return { title: `Merged without approval: ${short(snapshot.subject.sha)}`, body };
}

const { text, strong, code } = markdownVoice;

function sourceWords({ snapshot }: PullInput): string {
  const commit = code(short(snapshot.subject.sha));
  const { pull } = snapshot;
  if (pull === undefined) return `${commit} was pushed to ${text(snapshot.base.branch)} without a pull request`;
  const by = pull.mergedBy === undefined ? "" : ` by ${strong(pull.mergedBy.login)}`;
  return `${commit} was merged${by} from pull request ${pull.number} without approval`;
}

function wideningText({ decision }: PullInput): string {
  return decision.widening.length === 0
    ? "what it widens is"
    : `${itemsWords(decision.widening, markdownVoice)} ${decision.widening.length === 1 ? "is" : "are"}`;
}

/** Rules that it edits do not come into force. */
function governedText({ snapshot }: PullInput): string {
  const { governedChanges } = snapshot.subject;
  if (governedChanges.length === 0) return "";
  const lines = governedChanges.map(({ path }) => `- ${code(path)}`);
  return [
    `**Rules that do not come into force** (${count(governedChanges.length, "file")})`,
    "",
    ...lines,
    "",
    "While the base branch differs from the policy in force, nothing that widens is approved.",
  ].join("\n");
}

function reviewLines({ decision }: PullInput): readonly string[] {
  return decision.reviews.flatMap((review) =>
    review.verdict.kind === "excluded" || review.verdict.kind === "void" || review.verdict.kind === "withdrawn"
      ? [`- The approval of ${strong(reviewerName(review))} did not count: ${text(review.verdict.why)}`]
      : [],
  );
}
