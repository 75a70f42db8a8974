/** A setting, or why the token cannot see it. */
export type Readable<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "unreadable"; readonly why: string; readonly needs: string };

/** Whose token it is: of a GitHub App, the workflow's GITHUB_TOKEN, or a person's. */
export interface TokenOwner {
  readonly kind: "app" | "workflow" | "person";
  readonly login: string;
}

/** What a ruleset or the branch protection asks of the default branch. */
export interface BranchGuard {
  readonly source: "ruleset" | "branch protection";
  readonly name: string;
  readonly requiredChecks: readonly RequiredCheck[];
  /** A pull request has to be up to date with the base branch. */
  readonly isStrict: boolean;
  /** Absent where direct pushes are allowed. */
  readonly pullRequest?: PullRequestGuard;
  readonly forbidsForcePush: boolean;
  readonly forbidsDeletion: boolean;
  readonly requiresSignatures: boolean;
  readonly hasMergeQueue: boolean;
  /** Who may go round it. For branch protection, `admins` where it does not hold for them. */
  readonly bypass: Readable<readonly BypassActor[]>;
}

/** A check that has to succeed; without `appId` anybody's counts. */
export interface RequiredCheck {
  readonly context: string;
  readonly appId?: number;
}

/** What has to be there before a merge. */
export interface PullRequestGuard {
  readonly approvals: number;
  readonly dismissesStale: boolean;
  readonly lastPushApproved: boolean;
  readonly codeOwners: boolean;
}

/** Somebody who may go round a guard. */
export interface BypassActor {
  /** As GitHub calls it: `RepositoryRole`, `Team`, `Integration`, `OrganizationAdmin`, `DeployKey`, `User`, or `admins`. */
  readonly kind: string;
  readonly name: string;
  /** `pull_request`: only by a pull request. */
  readonly mode: "always" | "pull_request";
}

/** An environment and which branches may deploy to it. */
export interface EnvironmentSettings {
  readonly name: string;
  /** `all`: any branch. `protected`: those with branch protection. Otherwise the patterns named. */
  readonly branches: "all" | "protected" | readonly string[];
  readonly hasReviewers: boolean;
  readonly adminsMayBypass: boolean;
}

/** What doctor looks at, as plain values: nothing in it is judged. */
export interface RepositorySettings {
  readonly token: TokenOwner;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  readonly allowsForking: Readable<boolean>;
  /** Numeric id of the app github-actions, whose checks any workflow can forge; absent where no workflow has run on the default branch. */
  readonly actionsAppId?: number;
  /** Everything that guards the default branch: rulesets that are active, and branch protection. */
  readonly guards: Readable<readonly BranchGuard[]>;
  readonly environments: Readable<readonly EnvironmentSettings[]>;
  readonly workflows: Readable<{
    readonly defaultPermissions: "read" | "write";
    /** Workflows may approve pull requests. */
    readonly mayApprove: boolean;
  }>;
}
