import type { Activation, OptOut } from "./approval";
import type { Digest } from "./canonical";
import type { Instant } from "./instant";
import type { GrantState, RequestState } from "./log-state";
import type { Manifest } from "./manifest";
import type { PinnedAccount } from "./pinned-account";
import type { AccessRequest } from "./request";

export type { PinnedAccount } from "./pinned-account";

/** Somebody on GitHub. `id` is the numeric user id and the identity; a login can change its owner. */
export interface GitHubAccount {
  readonly id: number;
  readonly login: string;
  readonly kind: "user" | "bot" | "organization" | "mannequin";
}

/** A commit of a pull request. An author or committer is absent where GitHub knows no account for it. */
export interface PullCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author?: GitHubAccount;
  readonly committer?: GitHubAccount;
  readonly coAuthors: readonly GitHubAccount[];
  /** Names of authors, co-authors and committers that belong to no account. */
  readonly unknownPeople: number;
  /** GitHub says that the signature is good. Without it, who made the commit is only what they typed. */
  readonly verified: boolean;
}

/** A review as it stands now: a dismissed one is `dismissed`. `by` is absent for a deleted account. */
export interface PullReview {
  readonly id: number;
  readonly by?: GitHubAccount;
  readonly state: "approved" | "changes requested" | "commented" | "dismissed";
  /** The commit it was given on; absent where GitHub no longer says. */
  readonly commit?: string;
  readonly at: Instant;
  /** GitHub counts reviews only of those who may push; a suspended or removed account may not. */
  readonly mayPush: boolean;
}

/** A request file that a commit changes. `null` means that the file is not there. */
export interface RequestChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Why what is there at the commit cannot be read as a request; `after` is then null. */
  readonly unreadable?: "link" | "submodule" | "not UTF-8" | "too large";
}

/** A governed file that a commit changes: the Git ids of its contents. `null` means that the file is not there. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What one commit says and changes, read as Git objects by their ids. */
export interface CommitContent {
  readonly sha: string;
  /** The commit that changes are counted from: the merge base with the base branch, or the first parent of a merge. */
  readonly base: string;
  /** Digest of all governed files of the commit's tree; see `governedDigest`. */
  readonly governed: Digest;
  /** The same of the base's tree. */
  readonly baseGoverned: Digest;
  /** Digest of all request files of the base's tree; see `requestFilesDigest`. Absent in Snapshots of before it was read. */
  readonly baseRequests?: Digest;
  readonly governedChanges: readonly FileChange[];
  readonly requestChanges: readonly RequestChange[];
  /** The committed Manifest, where governed files changed and the commit has one: claimed by whoever made the commit. */
  readonly manifest?: string;
  /** How many files changed in all. */
  readonly changedFiles: number;
}

/** A pull request as GitHub tells it. Nothing is read from title, body, labels or branch names. */
export interface PullFacts {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  /** From another repository; `unknown` for a deleted fork. */
  readonly isFork: boolean;
  readonly author?: GitHubAccount;
  /** When it was opened; only told, never decides anything. */
  readonly openedAt?: Instant;
  readonly head: string;
  /** Whether it is meant for the default branch. */
  readonly targetsDefault: boolean;
  /** The merge on the base branch, once merged. */
  readonly mergedAs?: string;
  readonly mergedBy?: GitHubAccount;
  readonly commits: readonly PullCommit[];
  /** In the order given. */
  readonly reviews: readonly PullReview[];
}

/** The members of a team on GitHub, `org/slug`; `null` where the token may not read them or the team is gone. */
export interface TeamMembers {
  readonly team: string;
  readonly members: readonly GitHubAccount[] | null;
}

/** A policy that was accepted, and the tree of governed files that it was accepted with. */
export interface AcceptedPolicy {
  readonly digest: Digest;
  readonly manifest: Manifest;
  /** Absent for one accepted without Git. */
  readonly governed?: Digest;
  readonly commit?: string;
}

/**
 * Everything that a Decision about a commit needs, as a plain value: a Decision can be made again
 * from it years later, without GitHub and without the Log.
 */
export interface Snapshot {
  readonly snapshotVersion: 1;
  readonly asOf: Instant;
  readonly installation: string;
  /** `host/owner/name`. */
  readonly repository: string;
  /** Path of the rules program and glob of the request files, as the base branch has them. */
  readonly app: string;
  readonly requestsGlob: string;
  /** `head`: of an open pull request. `merge`: a first-parent commit of the base branch. `queue`: a commit of a merge queue. */
  readonly kind: "head" | "merge" | "queue";
  /** The commit that is decided. */
  readonly subject: CommitContent;
  /** The pull request it belongs to; absent for a direct push. */
  readonly pull?: PullFacts;
  /** The commits that approving reviews were given on, the subject not repeated. One that is gone from GitHub is not here. */
  readonly reviewed: readonly CommitContent[];
  readonly teams: readonly TeamMembers[];
  /** The tip of the base branch before the subject, and the digests of its governed files and of its request files. */
  readonly base: {
    readonly branch: string;
    readonly sha: string;
    readonly governed: Digest;
    /** Absent in Snapshots of before it was read. */
    readonly requests?: Digest;
  };
  /** GitHub lets nobody merge without approval of the most recent push by somebody else. */
  readonly lastPushApproved: boolean;
  /** Absent before the first acceptance. */
  readonly policy?: AcceptedPolicy & { readonly pinned: readonly PinnedAccount[] };
  /** Earlier policies that commits above were made under, by their governed files. */
  readonly earlierPolicies: readonly AcceptedPolicy[];
  readonly log: SnapshotLog;
}

/** The part of the Log that the Decision depends on. */
export interface SnapshotLog {
  readonly isRecovering: boolean;
  readonly isFrozen: boolean;
  /** The merged requests: all of them where governed files change, else those that the subject touches. */
  readonly merged: readonly AccessRequest[];
  /** What the Log knows of the names that the subject touches. */
  readonly names: Readonly<Record<string, RequestState>>;
  /** Grants of the merged requests above. */
  readonly grants: readonly GrantState[];
  /** Activations that budgets count. */
  readonly usage: readonly Activation[];
  readonly optOuts: readonly OptOut[];
  /** How many Grants are active in all: what the breaker on bulk removal counts against. */
  readonly activeGrants: number;
}
