import type { JudgedGrant } from "../approval/pull/pull-decision";
import type { Snapshot } from "../model/snapshot";
import { count, groupBy, listOf, someOf } from "./counts";
import { diagnosticsLines } from "./diagnostics-markdown";
import { mostNames } from "./lease-table";
import { fitSections } from "./markdown-fit";
import { mostCommentCharacters } from "./plan-markdown";
import { refusalSection, titled } from "./plan-sections";
import type { PullInput } from "./pull-input";
import { short } from "./pull-names";
import { wholeRefusals } from "./pull-refusals";
import { fileLine } from "./pull-rules";
import { decisionSection } from "./pull-trees";
import { markdownVoice } from "./voice";

/** An issue as it is opened on GitHub; the title holds only our words and a commit. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/**
 * The issue about a commit of the base branch that widens access and was not approved: what is refused for
 * ever, what was done all the same, and how to ask properly. The same facts give the same text, at any time.
 */
export function unapprovedMergeIssue({ snapshot, decision, marker }: PullInput): IssueText {
  const grants = decision.grants.filter(isUnapproved);
  const names = new Set(grants.map(({ desired }) => desired.request));
  const isEdit = decision.policyEdit !== undefined && decision.policyEdit.verdict !== "approved";
  const refused = [
    ...(grants.length > 0 ? [count(grants.length, "grant")] : []),
    ...(isEdit ? ["the edit of the rules"] : []),
  ];
  const { text: body } = fitSections({
    seen: [
      marker,
      `### ${sourceWords(snapshot)}: ${refused.length === 0 ? "refused" : `${listOf(refused)} refused for ever`}`,
      namesLine([...names]),
      wholeRefusals(decision),
      grantTable(grants),
      governedLines(snapshot),
      refusalSection(decision.refusals),
      titled("To know and to mend", diagnosticsLines(decision.diagnostics)),
    ],
    folded: [decisionSection(decision)],
    last: `Next: revert the commit or remove the files · ask again under a new name with ${code("leasehold request --pull-request")} · ${code("leasehold doctor")} says how a merge can get past the required check`,
    most: mostCommentCharacters,
    command: "leasehold log show",
  });
  return { title: `Merged without approval: ${short(snapshot.subject.sha)}`, body };
}

const { text, strong, code } = markdownVoice;

function sourceWords({ subject, pull, base }: Snapshot): string {
  const commit = code(short(subject.sha));
  if (pull === undefined) return `${commit} was pushed to ${text(base.branch)} without a pull request`;
  const by = pull.mergedBy === undefined ? "" : ` by ${strong(pull.mergedBy.login)}`;
  return `${commit} was merged${by} from pull request ${pull.number} without approval`;
}

function namesLine(names: readonly string[]): string {
  if (names.length === 0) return "";
  const under = `${names.length === 1 ? "the name" : "the names"} ${someOf(names.map(strong), mostNames)}`;
  return `Nobody gets access by it, now or later, under ${under}. What it takes away is taken away.`;
}

function isUnapproved({ decision, underNewRules }: JudgedGrant): boolean {
  return decision.verdict !== "approved" || (underNewRules !== undefined && underNewRules.verdict !== "approved");
}

/** A row for all that are the same but for the person. */
function grantTable(grants: readonly JudgedGrant[]): string {
  if (grants.length === 0) return "";
  const rows = grants.map(({ desired, decision }) => {
    const { connection, request, reason } = desired;
    const cells = [text(connection), desired.class, text(request), text(reason), text(decision.tree.sentence)];
    return { person: strong(desired.person), cells: cells.join(" | ") };
  });
  const lines = [...groupBy(rows, ({ cells }) => cells)].map(
    ([cells, same]) =>
      `| ${someOf(
        same.map(({ person }) => person),
        mostNames,
      )} | ${cells} |`,
  );
  return ["| Who | What | Class | Request | Why asked | Why refused |", "|---|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}

function governedLines({ subject, base }: Snapshot): string {
  if (subject.governedChanges.length === 0) return "";
  const lines = [
    ...subject.governedChanges.map(fileLine),
    "",
    `While ${text(base.branch)} differs from the policy in force, nothing that widens is approved.`,
  ];
  return titled(`Governed files (${subject.governedChanges.length})`, lines);
}
