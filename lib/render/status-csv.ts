import type { Instant } from "../model/instant";
import type { AccessReport, AccessRow } from "../model/report";
import { rowState } from "./access-row";
import { csvCell } from "./escape";

/** Who has what as CSV (RFC 4180): a line of titles and a line a row; no cell is taken for a formula. */
export function statusAsCsv(report: AccessReport, now: Instant): string {
  const titles = columns.map(([title]) => csvCell(title)).join(",");
  const lines = report.rows.map((row) => columns.map(([, valueOf]) => csvCell(valueOf(row, now))).join(","));
  return [titles, ...lines].join("\r\n");
}

type Value = (row: AccessRow, now: Instant) => string;

/** Titles are a contract: new columns come at the end. */
const columns: readonly (readonly [title: string, valueOf: Value])[] = [
  ["grant", (row) => row.grant],
  ["request", (row) => row.request],
  ["person", (row) => row.person],
  ["connection", (row) => row.connection],
  ["resource", (row) => row.resource],
  ["level", (row) => row.level],
  ["class", (row) => row.class],
  ["gateway", (row) => row.gateway],
  ["phase", (row) => row.phase],
  ["state", rowState],
  ["waits_for", (row) => row.waitsFor ?? ""],
  ["activated_at", (row) => row.activatedAt ?? ""],
  ["end", (row) => row.end ?? ""],
  ["worst_case_end", (row) => row.worstCaseEnd ?? ""],
  ["start_before", (row) => row.startBefore ?? ""],
  ["ended_at", (row) => row.endedAt ?? ""],
  ["end_reason", (row) => row.endReason ?? row.rejectReason ?? ""],
  ["reason", (row) => row.reason],
  ["ticket", (row) => row.ticket ?? ""],
  ["rule", (row) => row.rule],
  ["approved_by", (row) => row.approvedBy ?? ""],
  ["approvers", (row) => row.approvers.join(" ")],
  ["sequence", (row) => (row.sequence === undefined ? "" : String(row.sequence))],
];
