import { digestOf } from "../../model/canonical";
import type { MergeFacts } from "../../model/merge";
import type { Snapshot } from "../../model/snapshot";
import { exclusionsOf } from "./exclusions";
import { identitiesOf } from "./identities";
import type { PullDecision } from "./pull-decision";

/**
 * What the Log keeps of a decided merge, so that later passes decide its requests as it was decided. A
 * request of which nothing may go on is left out: without the facts of a merge nothing of it is approved.
 */
export function mergeFacts(snapshot: Snapshot, decision: PullDecision): MergeFacts {
  const { subject, pull, policy } = snapshot;
  const identities = identitiesOf(snapshot, policy?.manifest);
  const { makers } = exclusionsOf({ pull, identities, gainers: new Set(), manifest: policy?.manifest });
  const rosters = policy === undefined ? [] : [...identities.rosters(policy.manifest)];
  return {
    commit: subject.sha,
    ...(pull === undefined ? {} : { pull: pull.number }),
    authors: makers,
    unverified: decision.unverified && !snapshot.lastPushApproved,
    ...(decision.unverified && snapshot.lastPushApproved ? { noAutomatic: true } : {}),
    widening: decision.wideningDigest,
    policy: policy?.digest ?? digestOf(null),
    rosters: rosters.map(([group, people]) => ({ group, people })),
    requests: [...new Set(decision.grants.filter(isApproved).map(({ desired }) => desired.request))].toSorted(),
  };
}

/** Whether a Grant has all that it needs: by the policy in force, and by the rules of the commit where it edits them. */
export function isApproved({ decision, underNewRules }: PullDecision["grants"][number]): boolean {
  return decision.verdict === "approved" && (underNewRules === undefined || underNewRules.verdict === "approved");
}
