import type { Diagnostic } from "../errors";
import type { Actor } from "../model/actor";
import type { ApprovalGiven } from "../model/approval";
import { canonicalJson, type Digest } from "../model/canonical";
import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { MergeFacts, PullVerdict } from "../model/merge";
import type { RecordBody } from "../model/record";
import type { RequestSet } from "../model/request";
import type { PinnedAccount } from "../model/snapshot";
import { acceptance } from "./accept-policy";
import { factsOf } from "./facts";
import type { Journal } from "./journal";
import { mergedRecord } from "./record-requests";
import { refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** What a decided merge brings, and what becomes of it. */
export interface RecordMergeInput extends LogWorld {
  readonly merge: MergeFacts;
  readonly verdict: PullVerdict;
  /** The requests as they stand with it. */
  readonly requests: RequestSet;
  /** The approvals that count. */
  readonly approvals: readonly ApprovalGiven[];
  /** What was approved by rule, so that it is not asked again at another time. */
  readonly automatic: readonly { readonly decision: Decision; readonly policy: Digest }[];
  /** Grants that were not approved: refused for ever. */
  readonly unapproved: readonly { readonly desired: DesiredGrant; readonly detail: string }[];
  /** Requests of which nothing is left. */
  readonly refused: readonly { readonly request: string; readonly why: string }[];
  /** The policy that it makes, where it edits governed files and the edit was approved. */
  readonly policy?: {
    readonly manifest: Manifest;
    /** The governed files as canonical JSON. */
    readonly governed: string;
    readonly pinned: readonly PinnedAccount[];
  };
  readonly by: Actor;
  /** Where the Log stood when it was decided: elsewhere now, nothing is recorded. */
  readonly basis: MergeBasis;
}

/** What a Decision about a merge was made from in the Log: each of it can be moved by another writer. */
export interface MergeBasis {
  readonly decidedCommit?: string;
  readonly policy?: number;
  readonly requests?: Digest;
}

/** What recording a merge came to. */
export type RecordedMerge =
  | { readonly kind: "recorded"; readonly refused: readonly Diagnostic[] }
  /** Another writer was faster: decide again. */
  | { readonly kind: "moved" };

/** What of the Log a Decision about a merge is made from. */
export function mergeBasis(state: LogState): MergeBasis {
  return {
    ...(state.decidedCommit === undefined ? {} : { decidedCommit: state.decidedCommit }),
    ...(state.policy === undefined ? {} : { policy: state.policy.sequence }),
    ...(state.requests === undefined ? {} : { requests: state.requests.set }),
  };
}

/** Whether a merge was begun to be recorded and not finished: its process ended between two records of one merge. */
export function isHalfRecorded(state: LogState, commit: string): boolean {
  if (state.decidedCommit === commit) return false;
  return state.requests?.commit === commit || state.policy?.commit === commit;
}

/**
 * Records a merge whole: its approvals, the policy and the requests that it brings, what of them is refused
 * for ever, and last of all that it was decided. A store that loses the end of a batch in a crash leaves a
 * merge that is not yet decided: recorded again, what is there already is left out. Throws E603, E605.
 */
export async function recordMerge(input: RecordMergeInput): Promise<RecordedMerge> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    if (canonicalJson(mergeBasis(journal.state)) !== canonicalJson(input.basis)) return { kind: "moved" };
    const { bodies, refused } = await bodiesOf(journal, input);
    await journal.mustRecord(bodies);
    return { kind: "recorded", refused };
  });
}

async function bodiesOf(
  journal: Journal,
  input: RecordMergeInput,
): Promise<{ readonly bodies: readonly RecordBody[]; readonly refused: readonly Diagnostic[] }> {
  const { state } = journal;
  const { commit } = input.merge;
  const { merged, body } = await mergedRecord(journal, { ...input, commit });
  const bodies: RecordBody[] = [
    ...newApprovals(state, input.approvals).map((approval) => ({ type: "approval.given", approval }) as const),
    ...(await policyBody(state, input)),
    ...(merged.changed ? [body] : []),
    ...rejections(state, input),
    ...input.refused
      .filter(({ request }) => state.names.get(request)?.spent !== true)
      .map(({ request, why }) => ({ type: "request.refused", request, why, final: true }) as const),
    ...input.automatic
      .filter(({ decision }) => isOpen(state, decision.grant))
      .map(({ decision, policy }) => ({ type: "decision.made", decision, policy }) as const),
    { type: "merge.decided", merge: withNewNames(state, input.merge), verdict: input.verdict },
  ];
  return { bodies, refused: merged.refused };
}

/** The merge that a name came with stays the one that its Grants are decided by. */
function withNewNames(state: LogState, merge: MergeFacts): MergeFacts {
  return { ...merge, requests: merge.requests.filter((name) => state.merges?.has(name) !== true) };
}

function newApprovals(state: LogState, approvals: readonly ApprovalGiven[]): readonly ApprovalGiven[] {
  return approvals.filter((approval) => {
    const before = state.approvals.get(approval.request) ?? [];
    return !before.some(
      (one) => one.person === approval.person && one.commit === approval.commit && one.at === approval.at,
    );
  });
}

async function policyBody(state: LogState, input: RecordMergeInput): Promise<readonly RecordBody[]> {
  if (input.policy === undefined) return [];
  const { store, by, merge, policy } = input;
  const { accepted, body } = await acceptance(state, { store, by, commit: merge.commit, ...policy });
  return accepted.changed ? [body] : [];
}

function rejections(state: LogState, input: RecordMergeInput): readonly RecordBody[] {
  return input.unapproved
    .filter(({ desired }) => isOpen(state, desired.id))
    .map(({ desired, detail }) => ({
      type: "grant.rejected",
      facts: factsOf(desired),
      reason: "unapproved merge",
      detail,
    }));
}

function isOpen(state: LogState, grant: string): boolean {
  const known = state.grants.get(grant);
  return known === undefined || known.phase === "pending";
}
