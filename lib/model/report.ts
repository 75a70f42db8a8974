import type { OptOut } from "./approval";
import type { Decision } from "./decision";
import type { EndReason, GrantId, GrantPhase, RejectReason } from "./grant";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";
import type { Head } from "./record";

/** One Grant as `status` shows it. */
export interface AccessRow {
  readonly grant: GrantId;
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly resource: string;
  readonly level: string;
  readonly class: string;
  readonly gateway: string;
  readonly phase: GrantPhase;
  /** For `pending`: what it waits for, in words. */
  readonly waitsFor?: string;
  readonly activatedAt?: Instant;
  /** Its end, fixed at activation. */
  readonly end?: Instant;
  /** The latest that a session could last by what the gateway holds without us. */
  readonly worstCaseEnd?: Instant;
  readonly startBefore?: Instant;
  readonly endedAt?: Instant;
  readonly endReason?: EndReason;
  readonly rejectReason?: RejectReason;
  /** An ending that the gateway has refused so far. */
  readonly endingSince?: Instant;
  readonly reason: string;
  readonly ticket?: string;
  readonly rule: string;
  readonly approvers: readonly string[];
  /** `automatic`, `people`, or nothing yet. */
  readonly approvedBy?: "automatic" | "people";
  /** Sequence of its last record in the Log. */
  readonly sequence?: number;
}

/** Who has what, at one instant. */
export interface AccessReport {
  readonly reportVersion: 1;
  readonly at: Instant;
  readonly installation: string;
  readonly head?: Head;
  /** Whether the chain was verified to its head. */
  readonly verified: boolean;
  /** Active first, then pending, then ended; each by end. */
  readonly rows: readonly AccessRow[];
  readonly optOuts: readonly OptOut[];
  readonly frozen?: { readonly by: string; readonly at: Instant; readonly note: string };
  readonly recovering?: { readonly since: Instant; readonly why: string };
}

/** One line of what happened to a Grant. */
export interface HistoryLine {
  readonly sequence: number;
  readonly time: Instant;
  readonly sentence: string;
}

/** The answer of `explain`: which rule, which approvals, what is missing, when it ends. */
export interface Explanation {
  readonly explanationVersion: 1;
  /** What was asked about, as typed. */
  readonly subject: string;
  /** The answer in a few sentences, the most important first. */
  readonly answer: readonly string[];
  readonly grants: readonly AccessRow[];
  readonly decisions: readonly Decision[];
  readonly history: readonly HistoryLine[];
  /** Commands or edits that lead on. */
  readonly next: readonly string[];
}

/** One thing that `doctor` looked at. */
export interface Finding {
  readonly name: string;
  readonly verdict: "good" | "weak" | "bad" | "unknown";
  readonly sentence: string;
  /** How to mend it; absent when it is good. */
  readonly fix?: string;
}
