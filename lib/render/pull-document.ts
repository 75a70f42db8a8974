import type { PullDecision } from "../approval/pull/pull-decision";
import type { Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { Snapshot } from "../model/snapshot";
import { canonicalJsonText } from "./json";

/** What becomes of a commit, for programs. */
export interface PullDecisionDocument extends Omit<PullDecision, "requests"> {
  readonly pullDecisionVersion: 1;
  /** `host/owner/name`. */
  readonly repository: string;
  /** The number of the pull request; absent for a direct push. */
  readonly number?: number;
  /** Whether an open pull request, a merge or a commit of a merge queue was decided. */
  readonly kind: Snapshot["kind"];
  /** The commit that was decided. */
  readonly commit: string;
  /** The base branch and its tip. */
  readonly base: Snapshot["base"];
  /** Digest of the policy in force; absent before the first acceptance. */
  readonly policy?: Digest;
  readonly asOf: Instant;
}

/** The document of a decision: the whole of it but the requests of others. */
export function pullDecisionDocument(snapshot: Snapshot, decision: PullDecision): PullDecisionDocument {
  const { requests: _, ...rest } = decision;
  const { pull, policy, subject, repository, kind, base, asOf } = snapshot;
  return {
    pullDecisionVersion: 1,
    repository,
    ...(pull === undefined ? {} : { number: pull.number }),
    kind,
    commit: subject.sha,
    base,
    ...(policy === undefined ? {} : { policy: policy.digest }),
    asOf,
    ...rest,
  };
}

/** The same as canonical JSON on one line, schemas/pull-decision.v1.json. */
export function pullDecisionAsJson(snapshot: Snapshot, decision: PullDecision): string {
  return canonicalJsonText(pullDecisionDocument(snapshot, decision));
}
