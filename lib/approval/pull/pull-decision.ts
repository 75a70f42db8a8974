import type { Diagnostic } from "../../errors";
import type { ApprovalGiven } from "../../model/approval";
import type { Digest } from "../../model/canonical";
import type { Decision, DecisionNode } from "../../model/decision";
import type { DesiredGrant, Refusal } from "../../model/desired";
import type { PullVerdict } from "../../model/merge";
import type { PersonId } from "../../model/names";
import type { AccessRequest } from "../../model/request";
import type { FileChange, GitHubAccount } from "../../model/snapshot";
import type { GrantItem, WideningItem } from "../../model/widening";

/** Why a whole commit is refused, whatever is approved; closed. */
export type PullRefusal =
  | "no policy in force"
  | "base is not the accepted policy"
  | "recovering"
  | "fork"
  | "not the default branch"
  | "direct push"
  | "nothing planned"
  | "manifest missing"
  | "manifest invalid"
  | "rules moved"
  | "requests moved"
  | "team unreadable"
  | "draft";

/** Why one review does not count, or that it does; closed. */
export type ReviewVerdict =
  | { readonly kind: "counts" }
  | { readonly kind: "excluded"; readonly why: string }
  /** Given on a commit whose widening does not include the subject's: what the subject has more. */
  | { readonly kind: "void"; readonly adds: readonly WideningItem[]; readonly why: string }
  | { readonly kind: "withdrawn"; readonly why: string }
  | { readonly kind: "no approval" };

/** One review and what became of it. */
export interface JudgedReview {
  readonly by?: GitHubAccount;
  /** As the rules know them. */
  readonly person?: PersonId;
  readonly commit?: string;
  readonly at: string;
  readonly verdict: ReviewVerdict;
}

/** A step that is asked and not filled: how many it lacks, and who could fill it. */
export interface OpenStep {
  /** E.g. `1 of leads`. */
  readonly words: string;
  readonly missing: number;
  /** Everybody who could still approve, sorted. */
  readonly people: readonly PersonId[];
  /** Groups whose members could not be read from GitHub. */
  readonly unreadable: readonly string[];
}

/** What became of one changed request file. Every changed file has its row. */
export interface JudgedFile {
  readonly path: string;
  /** The name of its request, where it can be read. */
  readonly request?: string;
  /** `nothing`: it should ask for something, and nothing comes of it. */
  readonly outcome: "new" | "narrowed" | "removed" | "moved" | "unchanged" | "invalid" | "nothing";
  readonly sentence: string;
}

/** One Grant that a commit asks for. */
export interface JudgedGrant {
  readonly desired: DesiredGrant;
  readonly item: GrantItem;
  /** Under the policy in force. */
  readonly decision: Decision;
  /** Under the rules that the commit brings, where it edits them: both have to be satisfied. */
  readonly underNewRules?: Decision;
  /** Whom it waits for, under both. */
  readonly openSteps: readonly OpenStep[];
}

/** The edit of rules or other governed files, and what it needs: of the old and of the new rules. */
export interface JudgedPolicyEdit {
  readonly verdict: Decision["verdict"];
  readonly files: readonly FileChange[];
  /** Digest of the Manifest that the commit claims. */
  readonly manifest?: Digest;
  readonly approvers: readonly PersonId[];
  readonly openSteps: readonly OpenStep[];
  readonly tree: DecisionNode;
}

/** What takes access away: needs no approval. */
export interface Narrowing {
  readonly request: string;
  readonly kind: "removed" | "narrowed";
  /** How many Grants that are active or pending end or shrink. */
  readonly grants: number;
  readonly sentence: string;
}

/**
 * What becomes of a commit. `approved`: everything that it widens is. `nothing to approve`: it widens
 * nothing. `waiting` names whom it waits for; `refused` and `invalid` can't be approved as it stands.
 */
export interface PullDecision {
  readonly verdict: PullVerdict;
  /** Why the whole commit is refused, each with a sentence and what to do. */
  readonly refused: readonly { readonly why: PullRefusal; readonly sentence: string; readonly fix: string }[];
  /** Every request file that it changes. */
  readonly files: readonly JudgedFile[];
  /** Everything that is wrong with its files, located. */
  readonly diagnostics: readonly Diagnostic[];
  /** Pairs that rules do not let be. */
  readonly refusals: readonly Refusal[];
  readonly grants: readonly JudgedGrant[];
  readonly policyEdit?: JudgedPolicyEdit;
  readonly narrowing: readonly Narrowing[];
  /** What the commit widens, sorted, and its digest. */
  readonly widening: readonly WideningItem[];
  readonly wideningDigest: Digest;
  /** The merged requests as they will stand with this commit. */
  readonly requests: readonly AccessRequest[];
  readonly reviews: readonly JudgedReview[];
  /** Who could never approve this, and why: author, committers, co-authors, who gains. */
  readonly cannotApprove: readonly { readonly login?: string; readonly person?: PersonId; readonly why: string }[];
  /** The approvals that count, as the Log records them after the merge. */
  readonly approvals: readonly ApprovalGiven[];
  /** A commit is not verified: one more approval is asked, and nothing is approved automatically. */
  readonly unverified: boolean;
  readonly tree: DecisionNode;
}
