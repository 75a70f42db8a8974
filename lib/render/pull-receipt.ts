import { count, listOf } from "./counts";
import { diagnosticsLines } from "./diagnostics-markdown";
import { fitSections } from "./markdown-fit";
import { mostCommentCharacters } from "./plan-markdown";
import { refusalSection, titled } from "./plan-sections";
import type { PullComment, ReceiptInput } from "./pull-input";
import { policyName, short } from "./pull-names";
import { wholeRefusals } from "./pull-refusals";
import { receiptRows, type StandingReceipt } from "./pull-receipt-rows";
import { receiptStanding, standingWords, type ReceiptStanding } from "./pull-receipt-state";
import { effectWords, troubleWords } from "./pull-verdict";
import { decisionSection } from "./pull-trees";
import { plannedAtLine } from "./pull-unchanged";
import { utcWords, wholeSeconds } from "./times";
import { markdownProse, markdownVoice } from "./voice";

/**
 * The comment of a pull request that was merged and applied: what is there and until when, the worst case,
 * where the Log says so and how to connect; later that it ended, and by whom.
 */
export function receiptComment(given: ReceiptInput): PullComment {
  const input = { ...given, now: wholeSeconds(given.now) };
  const standings = input.receipt.map((one) => ({ ...one, standing: receiptStanding(one, input.now) }));
  const head = [input.marker, plannedAtLine(input.now), ""].join("\n");
  const { text: body, fits } = fitSections({
    seen: [
      `### ${[...conditions(input), receiptVerdict(input, standings)].join(". ")}\n${headline(input)}`,
      titled("Trouble", diagnosticsLines(input.trouble ?? [])),
      policyLine(input),
      receiptRows(standings, input),
      wholeRefusals(input.decision),
      refusalSection(input.decision.refusals),
    ],
    folded: [decisionSection(input.decision)],
    last: nextLine(standings),
    most: mostCommentCharacters - head.length - 1,
    command: "leasehold status",
  });
  const standing = standings.map((one) => one.standing).join(" ");
  return { text: `${head}\n${body}`, fits, standing };
}

const { code } = markdownVoice;

/** What went wrong, and rules that are not in force, before everything else. */
function conditions({ trouble, policyReceipt }: ReceiptInput): readonly string[] {
  const notInForce = policyReceipt?.accepted === false ? ["The rules of this merge are not in force"] : [];
  return [...troubleWords(trouble ?? []), ...notInForce];
}

/** `Applied: 1 grant is active`, `Given back by alice 15:10 UTC today (4 min ago)`. */
function receiptVerdict(input: ReceiptInput, all: readonly StandingReceipt[]): string {
  const [first] = all;
  const number = (standing: ReceiptStanding) => all.filter((one) => one.standing === standing).length;
  const isAll = (standing: ReceiptStanding) => all.length > 0 && number(standing) === all.length;
  if (first === undefined) {
    return input.policyReceipt?.accepted === false ? "Nothing else was to do" : `Applied: ${effectWords(input)}`;
  }
  if (isAll("ended")) {
    const words = new Set(all.map((one) => standingWords(one, markdownVoice, input.now)));
    const [only] = words;
    if (words.size === 1 && only !== undefined) return capitalised(only);
    return `Ended: ${count(all.length, "grant")} ${all.length === 1 ? "is" : "are"} over`;
  }
  if (isAll("rejected")) return `Refused for ever: ${count(all.length, "grant")} will never start`;
  const counts = parts.flatMap(([standing, one, many]) => {
    const several = number(standing);
    return several === 0 ? [] : [`${count(several, "grant")} ${several === 1 ? one : many}`];
  });
  const isPart = number("failed") > 0 || number("overdue") > 0;
  return `${isPart ? "Applied in part" : number("waiting") === all.length ? "Merged" : "Applied"}: ${listOf(counts)}`;
}

const parts: readonly (readonly [ReceiptStanding, string, string])[] = [
  ["active", "is active", "are active"],
  ["overdue", "should have ended and may still be there", "should have ended and may still be there"],
  ["failed", "failed", "failed"],
  ["starting", "is starting", "are starting"],
  ["waiting", "waits", "wait"],
  ["ended", "ended", "ended"],
  ["rejected", "will never start", "will never start"],
];

function capitalised(markdown: string): string {
  return markdown.charAt(0).toUpperCase() + markdown.slice(1);
}

function headline({ snapshot, receipt, now }: ReceiptInput): string {
  const last = receipt.reduce((most, one) => Math.max(most, one.state?.lastSequence ?? 0), 0);
  const pull = snapshot.pull?.mergedAs ?? snapshot.subject.sha;
  return [
    `merged as ${code(short(pull))}`,
    `policy ${code(policyName(snapshot))}`,
    ...(last > 0 ? [`Log up to ${last}`] : []),
    `told ${utcWords(now)}`,
  ].join(" · ");
}

function policyLine({ policyReceipt }: ReceiptInput): string {
  return policyReceipt === undefined
    ? ""
    : `${policyReceipt.accepted ? "✓" : "✗"} ${markdownProse(policyReceipt.sentence)}`;
}

function nextLine(all: readonly StandingReceipt[]): string {
  const isOpen = all.some(({ standing }) => standing === "active" || standing === "starting" || standing === "waiting");
  const steps = [
    ...(all.some(({ standing }) => standing === "failed" || standing === "overdue")
      ? ["the next pass tries again"]
      : []),
    ...(isOpen ? [`give back at any time with ${code("leasehold revoke")} or ${code("/revoke")}`] : []),
    ...(isOpen || all.length === 0 ? [] : [`access again needs a new request: ${code("leasehold request")}`]),
  ];
  return `Next: ${steps.length === 0 ? "nothing to do" : steps.join(" · ")}`;
}
