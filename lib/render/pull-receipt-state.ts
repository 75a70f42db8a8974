import { assertNever } from "../model/exhaustive";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import { rowState } from "./access-row";
import { endReasonWords, rejectReasonWords } from "./reasons";
import { relativeWords, whenWords } from "./times";
import type { Voice } from "./voice";

/** Where a Grant of a merged pull request stands; closed. */
export type ReceiptStanding = "active" | "overdue" | "failed" | "starting" | "waiting" | "ended" | "rejected";

interface Told {
  readonly state?: GrantState;
  readonly waitsFor?: string;
  readonly failed?: string;
}

/** Where it stands now: what failed says so whatever the Log knew before. */
export function receiptStanding({ state, failed }: Told, now: Instant): ReceiptStanding {
  if (state === undefined) return failed === undefined ? "waiting" : "failed";
  const row = rowState(rowOf(state), now);
  switch (row) {
    case "active":
    case "ending soon":
      return "active";
    case "overdue":
    case "ended":
    case "rejected":
      return row;
    case "starting":
    case "waiting":
      return failed === undefined ? row : "failed";
    default:
      return assertNever(row);
  }
}

/** `active`, `ended 16:02 UTC today (now)`, `given back by alice@example.com 15:10 UTC today (52 min ago)`. */
export function standingWords(told: Told, voice: Voice, now: Instant): string {
  const { state } = told;
  const standing = receiptStanding(told, now);
  switch (standing) {
    case "active":
      return state?.ending === undefined ? "active" : `ending: ${endReasonWords[state.ending.reason]}`;
    case "overdue":
      return `should have ended ${relativeWords(state?.ending?.since ?? state?.end ?? now, now)}, may still be there`;
    case "failed":
      return `not there: ${voice.text(told.failed ?? "nobody knows why")}`;
    case "starting":
      return "starting";
    case "waiting":
      return told.waitsFor === undefined ? "waits" : `waits: ${voice.text(told.waitsFor)}`;
    case "ended":
      return state === undefined ? "ended" : endedWords(state, voice, now);
    case "rejected":
      return `never starts${state?.rejectReason === undefined ? "" : `: ${rejectReasonWords[state.rejectReason]}`}`;
    default:
      return assertNever(standing);
  }
}

/** An ending that the gateway has refused so far makes it overdue, like an end that has passed. */
function rowOf(state: GrantState): Parameters<typeof rowState>[0] {
  const { phase, end, ending } = state;
  return {
    phase,
    ...(end === undefined ? {} : { end }),
    ...(ending?.refusedOn === undefined ? {} : { endingSince: ending.since }),
  };
}

function endedWords(state: GrantState, voice: Voice, now: Instant): string {
  const at = state.endedAt === undefined ? "" : ` ${whenWords(state.endedAt, now)}`;
  const by = state.endedBy === undefined ? "" : ` by ${voice.text(state.endedBy.id)}`;
  switch (state.endReason) {
    case undefined:
    case "expired":
      return `ended${at}`;
    case "given back":
      return `given back${by}${at}`;
    case "revoked":
      return `revoked${by}${at}`;
    default:
      return `ended${at}: ${endReasonWords[state.endReason]}`;
  }
}
