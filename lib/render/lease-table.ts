import type { LeaseAction } from "../model/action";
import { count, someOf } from "./counts";
import { sameButPerson } from "./plan-view";
import { effectiveWords, endMoment, leaseWords, worstCaseWords, type Occasion } from "./plan-sentences";
import { actionReasonWords } from "./reasons";
import { whenWords } from "./times";
import { markdownVoice } from "./voice";

/** Lease Actions as a table in GitHub's Markdown, a row for all that are the same but for the person; empty for none. */
export function leaseTable(actions: readonly LeaseAction[], occasion: Occasion): string {
  if (actions.length === 0) return "";
  return [
    "|   | Who | What | Level | Until | Class | Why | Effective change |",
    "|---|---|---|---|---|---|---|---|",
    ...sameButPerson(actions).map((group) => leaseRow(group, occasion)),
  ].join("\n");
}

/** So many people are named in one row. */
export const mostNames = 10;

const { text, strong } = markdownVoice;

/** A sign and a word: colour and icon alone say nothing. */
const marks: Readonly<Record<LeaseAction["kind"], string>> = {
  activate: "+ grant",
  end: "\\- end",
  change: "\\~ change",
  reject: "! never",
};

function leaseRow(group: readonly LeaseAction[], occasion: Occasion): string {
  const [first] = group;
  if (first === undefined) return "";
  const people = group.map((action) => strong(action.subject.person));
  const crowd = group.length > 1 ? `${count(group.length, "person", "people")}: ` : "";
  const cells = [
    marks[first.kind],
    `${crowd}${someOf(people, mostNames)}`,
    text(first.subject.resource),
    text(first.subject.level),
    untilCell(first, occasion),
    first.class,
    whyCell(first),
    effectiveWords(first, markdownVoice).replace(" -> ", " → "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function untilCell(action: LeaseAction, occasion: Occasion): string {
  const { now } = occasion;
  if (action.kind === "end") {
    return `${endMoment(occasion)}, instead of ${leaseWords(action.before, now).replace(/^until /, "")}`;
  }
  if (action.kind === "reject") return "never starts";
  const by = action.startBefore === undefined ? "" : `, start by ${whenWords(action.startBefore, now)}`;
  const worst = worstCaseWords(action, now);
  return `${leaseWords(action.after, now)}${by}${worst === undefined ? "" : `; worst case ${worst}`}`;
}

function whyCell(action: LeaseAction): string {
  if (action.kind === "end" || action.kind === "reject") return actionReasonWords[action.reason];
  const isSaid = action.ticket === undefined || action.why?.includes(action.ticket) === true;
  const ticket = isSaid ? [] : [text(action.ticket ?? "")];
  const why = action.why === undefined ? [] : [text(action.why)];
  return [...ticket, ...why].join(" ") || actionReasonWords[action.reason];
}
