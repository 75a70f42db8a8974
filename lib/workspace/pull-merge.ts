import { isApproved } from "../approval";
import type { JudgedGrant, PullDecision } from "../approval/pull/pull-decision";
import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import type { Snapshot } from "../model/snapshot";
import type { RecordMergeInput } from "../reconcile/record-merge";

/** What of a decided merge goes on, and what is refused for ever. */
export type MergeOutcome = Pick<RecordMergeInput, "approvals" | "automatic" | "unapproved" | "refused">;

/**
 * What a merge's Decision means for each Grant that it brings. What was approved goes on, though others of
 * the same merge were not; a merge that is refused or invalid as a whole brings nothing, nor does one
 * about which the caller knows `whyNothing` of it may go on.
 */
export function mergeOutcome(snapshot: Snapshot, decision: PullDecision, whyNothing?: string): MergeOutcome {
  const why = whyWholeRefused(decision) ?? whyNothing;
  const approved = why === undefined ? decision.grants.filter(isApproved) : [];
  const kept = new Set(approved.map(({ desired }) => desired.request));
  const unapproved = decision.grants.filter((one) => !approved.includes(one));
  return {
    approvals: decision.approvals.filter(({ request }) => kept.has(request)),
    automatic: approved.flatMap((one) => automaticOf(snapshot, one)),
    unapproved: unapproved.map(({ desired, decision: decided }) => ({ desired, detail: why ?? detailOf(decided) })),
    refused: refusedRequests(snapshot, { decision, kept, why }),
  };
}

/** Why nothing of a merge may widen, in one sentence. */
function whyWholeRefused({ refused, verdict, diagnostics }: PullDecision): string | undefined {
  const [first] = refused;
  if (first !== undefined) return first.sentence;
  if (verdict !== "invalid") return undefined;
  const [wrong] = diagnostics;
  return wrong === undefined ? "the merge is not valid" : `${wrong.summary}: ${wrong.detail ?? ""}`;
}

function detailOf(decided: Decision): string {
  return `merged without the approval it needs: ${decided.tree.sentence}`;
}

function automaticOf(
  { policy }: Snapshot,
  { decision }: JudgedGrant,
): readonly { readonly decision: Decision; readonly policy: string }[] {
  return decision.by === "automatic" && policy !== undefined ? [{ decision, policy: policy.digest }] : [];
}

/** New requests of which nothing goes on: their names are spent. */
function refusedRequests(
  { log }: Snapshot,
  of: { readonly decision: PullDecision; readonly kept: ReadonlySet<string>; readonly why: string | undefined },
): MergeOutcome["refused"] {
  const { decision, kept, why } = of;
  const known = new Set(log.merged.map(({ name }) => name));
  const added = decision.requests.map(({ name }) => name).filter((name) => !known.has(name) && !kept.has(name));
  return added
    .filter((name) => !Object.hasOwn(log.names, name))
    .map((request) => ({ request, why: why ?? whyOf(decision, request) }));
}

function whyOf({ grants, refusals }: PullDecision, request: string): string {
  const refusal = refusals.find((one) => one.request === request);
  const grant = grants.find(({ desired }: { readonly desired: DesiredGrant }) => desired.request === request);
  if (refusal !== undefined) return refusal.sentence;
  return grant === undefined ? "nobody gains anything by it" : detailOf(grant.decision);
}
