import type { Instant } from "../model/instant";
import { count, groupBy, listOf, someOf } from "./counts";
import { mostNames } from "./lease-table";
import type { Receipt, ReceiptInput } from "./pull-input";
import { loginOf } from "./pull-names";
import { standingWords, type ReceiptStanding } from "./pull-receipt-state";
import { whenWords } from "./times";
import { markdownVoice } from "./voice";

/** A Receipt and where it stands. */
export type StandingReceipt = Receipt & { readonly standing: ReceiptStanding };

/** Receipts as a table, those that need somebody first; people with the same access and end share a row. */
export function receiptRows(receipts: readonly StandingReceipt[], about: ReceiptInput): string {
  if (receipts.length === 0) return "";
  const sorted = receipts.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  const groups = [
    ...groupBy(sorted, (one) => JSON.stringify([one.request, one.connection, ...cellsOf(one, about)])).values(),
  ];
  const shown = groups.slice(0, mostRows);
  return [
    "| Who | What | State | Ends | Worst case | Approved by | Log | How to connect |",
    "|---|---|---|---|---|---|---|---|",
    ...shown.map((group) => rowOf(group, about)),
    ...(groups.length > shown.length
      ? ["", `And ${count(groups.length - shown.length, "row")} more in ${code("leasehold status")}.`]
      : []),
  ].join("\n");
}

/** Each is at most some 1,500 characters. */
const mostRows = 40;
const order: readonly ReceiptStanding[] = ["overdue", "failed", "active", "starting", "waiting", "rejected", "ended"];
const marks: Readonly<Record<ReceiptStanding, string>> = {
  active: "✓",
  overdue: "!",
  failed: "✗",
  starting: "…",
  waiting: "…",
  ended: "–",
  rejected: "✗",
};

const { text, strong, code } = markdownVoice;

function rowOf(group: readonly StandingReceipt[], about: ReceiptInput): string {
  const [first] = group;
  if (first === undefined) return "";
  const people = group.map(({ person }) => strong(person));
  const crowd = group.length > 1 ? `${count(group.length, "person", "people")}: ` : "";
  const sequences = group.flatMap(({ state }) => (state === undefined ? [] : [state.lastSequence]));
  const log = sequences.length === 0 ? "" : String(Math.max(...sequences));
  const connect = first.standing === "active" ? code(`leasehold connect ${first.connection}`) : "";
  return `| ${[`${crowd}${someOf(people, mostNames)}`, text(first.connection), ...cellsOf(first, about), log, connect].join(" | ")} |`;
}

/** State, end, worst case and approval: what people in one row share. */
function cellsOf(row: StandingReceipt, { snapshot, now }: ReceiptInput): readonly string[] {
  const { state, standing } = row;
  const isOver = standing === "ended" || standing === "rejected";
  const when = (at: Instant | undefined) => (at === undefined || isOver ? "" : whenWords(at, now));
  const approvers = state?.approvers ?? [];
  const approved =
    state?.approvedBy === "automatic"
      ? "automatic"
      : approvers.length === 0
        ? ""
        : listOf(approvers.map((person) => text(loginOf(snapshot, person))));
  return [
    `${marks[standing]} ${standingWords(row, markdownVoice, now)}`,
    when(state?.end),
    when(state?.worstCaseEnd),
    approved,
  ];
}
