import type { PullDecision } from "../approval/pull/pull-decision";
import type { Diagnostic } from "../errors";
import type { PullVerdict } from "../model/merge";
import type { PassReportOf } from "../model/pass";
import type { Snapshot } from "../model/snapshot";
import { count } from "./counts";
import { canonicalJsonText } from "./json";
import { passDocument, type PassDocument } from "./pass";
import { short } from "./pull-names";
import { terminalVoice } from "./voice";

/** A merge that was decided, and what became of it. */
export interface MergeView {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly outcome: { readonly unapproved: readonly unknown[]; readonly refused: readonly unknown[] };
  readonly policy?: "accepted" | "not accepted";
}

/** A line for each merge. */
export function renderMerges(merges: readonly MergeView[]): string {
  return merges.map(lineOf).join("\n");
}

/** What became of one merge. */
export interface MergeDocument {
  /** The commit on the base branch. */
  readonly commit: string;
  /** Absent for a direct push. */
  readonly pull?: number;
  readonly verdict: PullVerdict;
  /** Approvals that counted. */
  readonly approvals: number;
  /** Grants that were not approved, refused for ever. */
  readonly refused: number;
  /** Requests of which nothing is left: their names are spent. */
  readonly spent: number;
  /** What became of its edit of governed files; absent where it has none. */
  readonly policy?: "accepted" | "not accepted";
}

/** The merges of one `pr apply`, oldest first, and what its pass did. */
export interface MergesDocument {
  readonly mergesVersion: 1;
  readonly merges: readonly MergeDocument[];
  readonly pass: PassDocument;
}

/** The merges of one `pr apply` and what its pass did, as a JSON document. */
export function renderMergesDocument(applied: {
  readonly merges: readonly MergeView[];
  readonly report: PassReportOf<Diagnostic>;
}): string {
  const document: MergesDocument = {
    mergesVersion: 1,
    merges: applied.merges.map(documentOf),
    pass: passDocument(applied.report),
  };
  return canonicalJsonText(document);
}

function documentOf({ snapshot, decision, outcome, policy }: MergeView): MergeDocument {
  return {
    commit: snapshot.subject.sha,
    ...(snapshot.pull === undefined ? {} : { pull: snapshot.pull.number }),
    verdict: decision.verdict,
    approvals: decision.approvals.length,
    refused: outcome.unapproved.length,
    spent: outcome.refused.length,
    ...(policy === undefined ? {} : { policy }),
  };
}

function lineOf({ snapshot, decision, outcome, policy }: MergeView): string {
  const { text } = terminalVoice({ colour: false });
  const where = snapshot.pull === undefined ? "without a pull request" : `#${snapshot.pull.number}`;
  const going = decision.grants.length - outcome.unapproved.length;
  const parts = [
    `${short(snapshot.subject.sha)} ${where}: ${text(decision.verdict)}`,
    ...(decision.grants.length === 0 ? [] : [`${count(going, "grant")} approved`]),
    ...(outcome.unapproved.length === 0 ? [] : [`${outcome.unapproved.length} refused for ever`]),
    ...(decision.narrowing.length === 0 ? [] : [`${count(decision.narrowing.length, "request")} narrowed or removed`]),
    ...(policy === undefined ? [] : [policy === "accepted" ? "its rules are in force" : "its rules are not in force"]),
  ];
  return parts.join(", ");
}
