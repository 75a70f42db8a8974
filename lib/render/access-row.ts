import { assertNever } from "../model/exhaustive";
import { isActive } from "../model/grant";
import { secondsBetween, type Instant } from "../model/instant";
import type { AccessRow } from "../model/report";
import { endReasonWords, rejectReasonWords } from "./reasons";
import { relativeWords, whenWords } from "./times";
import type { Voice } from "./voice";

/** What a row is at this moment: its phase, and what the phase alone does not say. */
export type RowState = "active" | "ending soon" | "overdue" | "starting" | "waiting" | "ended" | "rejected";

/** Access that ends within this time ends soon. */
export const soonSeconds = 900;

/** What a row is now. `overdue` is access whose end has passed, or whose ending the gateway refused. */
export function rowState(row: Pick<AccessRow, "phase" | "end" | "endingSince">, now: Instant): RowState {
  switch (row.phase) {
    case "active":
      if (row.endingSince !== undefined || !isActive(row, now)) return "overdue";
      return row.end !== undefined && secondsBetween(now, row.end) <= soonSeconds ? "ending soon" : "active";
    case "activating":
      return "starting";
    case "pending":
      return "waiting";
    case "ended":
    case "rejected":
      return row.phase;
    default:
      return assertNever(row.phase);
  }
}

/** When it ends or ended, or what it waits for; `when` says a time. */
export function endWords(row: AccessRow, voice: Voice, now: Instant, when = whenWords): string {
  switch (rowState(row, now)) {
    case "active":
    case "ending soon":
    case "starting":
      return row.end === undefined ? "not fixed yet" : when(row.end, now);
    case "overdue":
      return `should have ended ${relativeWords(row.endingSince ?? row.end ?? now, now)}`;
    case "waiting":
      return row.waitsFor === undefined ? "waits" : `waits for ${voice.text(row.waitsFor)}`;
    case "ended":
      return [row.endedAt === undefined ? "ended" : when(row.endedAt, now), endedWhy(row)].join(": ");
    case "rejected":
      return row.rejectReason === undefined ? "never started" : rejectReasonWords[row.rejectReason];
  }
}

/** Why it ended, in words. */
function endedWhy(row: AccessRow): string {
  return row.endReason === undefined ? "no reason recorded" : endReasonWords[row.endReason];
}

/** Who approved: names, `automatic`, or `nobody yet`. */
export function approvedByWords(row: AccessRow, voice: Voice): string {
  if (row.approvedBy === "automatic") return "automatic";
  if (row.approvers.length > 0) return row.approvers.map(voice.text).join(", ");
  return row.approvedBy === "people" ? "people" : "nobody yet";
}

/** Why somebody asked, with the ticket where the reason does not say it. */
export function whyWords(row: AccessRow, voice: Voice): string {
  if (row.ticket === undefined || row.reason.includes(row.ticket)) return voice.text(row.reason);
  return `${voice.text(row.reason)} (${voice.text(row.ticket)})`;
}
