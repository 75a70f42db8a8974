/** The nouns of the test GitHub: its whole state, in memory beside the bare repositories. */
import type { BareRepository } from "../git/bare-repository";

/** Anybody. The numeric id is the identity; a login can change its owner. */
export interface Account {
  readonly id: number;
  login: string;
  readonly type: "User" | "Bot" | "Organization" | "Mannequin";
  name: string | null;
  emails: string[];
  state: "active" | "suspended" | "deleted";
  readonly createdAt: string;
}

/** A GitHub App; `bot` acts for it. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly bot: Account;
  readonly owner: Account;
}

/** Permissions of an installation by name (`contents`, `pull_requests`, ...). */
export type AppPermissions = Readonly<Record<string, "read" | "write">>;

/** A credential and what it may do. */
export type Token =
  | { readonly kind: "user"; readonly token: string; readonly account: Account; readonly scopes: readonly string[] }
  | {
      /** An App's installation token; a workflow's GITHUB_TOKEN is one of the app github-actions for one repository. */
      readonly kind: "installation";
      readonly token: string;
      readonly app: App;
      readonly permissions: AppPermissions;
      /** `owner/name` in lower case; undefined means every repository. */
      readonly repositories?: ReadonlySet<string>;
    };

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly organization: Account;
  readonly slug: string;
  readonly name: string;
  readonly members: Set<Account>;
}

/** What somebody may do to a repository, weakest first. */
export const permissionLevels = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Permission = (typeof permissionLevels)[number];

/** A repository. */
export interface Repository {
  readonly id: number;
  name: string;
  readonly owner: Account;
  isPrivate: boolean;
  defaultBranch: string;
  readonly forkOf?: Repository;
  isDeleted: boolean;
  readonly git: BareRepository;
  readonly collaborators: Map<Account, Permission>;
  readonly teams: Map<Team, Permission>;
  readonly issues: Map<number, Issue>;
  readonly pulls: Map<number, Pull>;
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: CommitStatus[];
  readonly protections: Map<string, Protection>;
  readonly rulesets: Ruleset[];
  readonly environments: Map<string, Environment>;
  readonly workflowRuns: Map<number, WorkflowRun>;
  readonly secrets: Set<string>;
  workflowPermissions: "read" | "write";
  workflowsCanApprove: boolean;
  /** Commits with a signature, and what GitHub says of it. */
  readonly signatures: Map<string, SignatureState>;
  /** Pull requests of a commit where a test says so instead of what Git tells. */
  readonly associations: Map<string, readonly number[]>;
  readonly queue: QueueEntry[];
  nextNumber: number;
  readonly createdAt: string;
}

/** GitHub's word on a commit's signature; absent means unsigned. */
export type SignatureState = "VALID" | "INVALID" | "UNKNOWN_KEY" | "UNVERIFIED_EMAIL" | "BAD_EMAIL" | "NO_USER";

/** An issue; a pull request has one of the same number. `author` undefined: a deleted account. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  author: Account;
  readonly app?: App;
  state: "open" | "closed";
  stateReason: "completed" | "reopened" | "not_planned" | null;
  closedBy?: Account;
  labels: string[];
  assignees: Account[];
  readonly comments: Comment[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

/** A comment of an issue or of a pull request. */
export interface Comment {
  readonly id: number;
  readonly author: Account;
  readonly app?: App;
  body: string;
  previousBody?: string;
  editor?: Account;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: { readonly id: number; readonly by: Account; readonly content: string; readonly at: string }[];
}

/** A pull request: what its issue does not have. */
export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly issue: Issue;
  readonly repository: Repository;
  readonly headRepository: Repository;
  readonly headBranch: string;
  headSha: string;
  baseBranch: string;
  /** The base branch's tip when the head was last pushed: GitHub does not follow the base branch. */
  baseSha: string;
  isDraft: boolean;
  merged?: Merged;
  readonly reviews: Review[];
  readonly requestedReviewers: Set<Account>;
  readonly requestedTeams: Set<Team>;
  /** Pushed the head last. */
  lastPusher: Account;
}

/** How a pull request came into its base branch. */
export interface Merged {
  readonly at: string;
  readonly by: Account;
  /** What GitHub calls the merge commit. */
  readonly commit: string;
  /** All commits that the merge put on the base branch. */
  readonly commits: readonly string[];
}

/** A review; `commit` stays as it was when the head moves. */
export interface Review {
  readonly id: number;
  readonly author: Account;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  body: string;
  readonly commit: string;
  readonly submittedAt: string;
  updatedAt: string;
}

/** The check runs of one App on one commit. */
export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  readonly createdAt: string;
}

/** A check run. */
export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  externalId: string;
  detailsUrl: string;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
}

/** A line of a file with something to say about it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

/** A commit status (the older kind of check). */
export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: string;
}

/** A check that must be green, of a certain App (`null`: of anybody). */
export interface RequiredCheck {
  readonly context: string;
  readonly appId: number | null;
}

/** Classic branch protection. */
export interface Protection {
  readonly id: number;
  readonly requiredApprovals?: number;
  readonly dismissStaleReviews?: boolean;
  readonly requireCodeOwnerReviews?: boolean;
  readonly requireLastPushApproval?: boolean;
  /** Logins, and `org/slug` for teams. */
  readonly bypassPullRequest?: readonly string[];
  readonly requiredChecks?: readonly RequiredCheck[];
  readonly strictChecks?: boolean;
  readonly enforceAdmins?: boolean;
  readonly allowForcePushes?: boolean;
  readonly allowDeletions?: boolean;
  readonly requiredSignatures?: boolean;
  readonly linearHistory?: boolean;
  /** Logins that may push; undefined: everybody with write. */
  readonly restrictPushes?: readonly string[];
}

/** A ruleset; rules are as the REST API writes them. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly enforcement: "active" | "disabled" | "evaluate";
  /** Patterns of refs: `~DEFAULT_BRANCH`, `~ALL`, `refs/heads/...`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly Rule[];
  readonly bypassActors: readonly BypassActor[];
  readonly organization?: boolean;
  readonly createdAt: string;
}

/** One rule of a ruleset. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Who a ruleset does not bind. */
export interface BypassActor {
  readonly actor_id: number | null;
  readonly actor_type: "Integration" | "OrganizationAdmin" | "RepositoryRole" | "Team" | "DeployKey" | "User";
  readonly bypass_mode: "always" | "pull_request" | "exempt";
}

/** A deployment environment. */
export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly reviewers: readonly (Account | Team)[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  readonly branches: "all" | "protected" | readonly string[];
  readonly adminsMayBypass: boolean;
  readonly secrets: readonly string[];
  readonly createdAt: string;
}

/** A run of a workflow. */
export interface WorkflowRun {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly headRepository: Repository;
  readonly status: string;
  readonly conclusion: string | null;
  readonly actor: Account;
  readonly number: number;
  readonly createdAt: string;
}

/** A pull request in the merge queue. */
export interface QueueEntry {
  readonly pull: Pull;
  readonly by: Account;
  readonly method: MergeMethod;
  readonly baseSha: string;
  readonly headSha: string;
  readonly ref: string;
}

/** GitHub's three ways to merge. */
export type MergeMethod = "merge" | "squash" | "rebase";
