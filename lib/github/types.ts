import type { Activation } from "../model/approval";
import type { Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";
import type { AcceptedPolicy, GitHubAccount, Snapshot } from "../model/snapshot";

/** A repository on GitHub. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** What the caller knows from the Log, and from leasehold.yaml of the base branch. */
export interface LogView {
  readonly installation: string;
  /** Path of the rules program and glob of the request files. */
  readonly app: string;
  readonly requestsGlob: string;
  readonly asOf: Instant;
  readonly state: LogState;
  /** The policy in force; its commit, governed files and pinned accounts are taken from `state.policy`. */
  readonly policy?: { readonly digest: Digest; readonly manifest: Manifest };
  /** All requests last merged. */
  readonly merged: RequestSet;
  /** A policy that was accepted with these governed files, in force or earlier. */
  readonly readPolicy: (governed: Digest) => Promise<AcceptedPolicy | undefined>;
  /** Activations that budgets count. */
  readonly usage: readonly Activation[];
}

/** Our comment as it stands on GitHub. */
export interface PublishedComment {
  readonly id: number;
  readonly body: string;
}

/** Our check run as it stands on the head. */
export interface PublishedCheck {
  /** Absent where GitHub does not give it as a number; a new check run is then made instead of an update. */
  readonly id?: number;
  readonly isCompleted: boolean;
  /** As GitHub says it: `SUCCESS`, `FAILURE`, ... */
  readonly conclusion?: string;
  /** The digests of what it was published with: what it says, and its annotations. */
  readonly externalId: string;
}

/** What we published on a pull request, as it stands. Nothing is ever decided by it: it only saves writes. */
export interface PublishedState {
  /** What GraphQL calls the pull request: the id of its node. */
  readonly pullId: string;
  /** All our comments with the marker, oldest first. */
  readonly comments: readonly PublishedComment[];
  readonly check?: PublishedCheck;
}

/** An open pull request read whole, and what we published on it. */
export interface HeadReading {
  readonly snapshot: Snapshot;
  readonly published: PublishedState;
}

/** A merge read whole. */
export interface MergeReading {
  readonly snapshot: Snapshot;
  /** Pull requests that GitHub names for the commit, where none of them could be told to be the one: it is then decided as a direct push. */
  readonly ambiguous: readonly number[];
}

/** A remark on lines of a file that the check run shows. Lines count from 1. */
export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

/** A check run to be published. Never `neutral` or `skipped`: GitHub counts those as passing. */
export interface CheckToPublish {
  readonly conclusion: "success" | "failure" | "action_required";
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** What `publish` puts on a pull request. The check run is bound to `headSha`: a later push has to be decided anew. */
export interface Publication {
  readonly installation: string;
  readonly number: number;
  readonly headSha: string;
  /** The text without the marker, which is added. */
  readonly comment: { readonly text: string };
  readonly check: CheckToPublish;
  readonly published: PublishedState;
}

/** A file of a commit. */
export interface CommitFile {
  readonly path: string;
  readonly mode: string;
  readonly bytes: Uint8Array;
}

/** A file to be written by a pull request; `null` deletes it. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string | null;
}

/** A pull request to be opened through the API, without a local Git. */
export interface PullToOpen {
  /** Name of the new branch. */
  readonly branch: string;
  /** The branch it is meant for; the default branch where left out. */
  readonly base?: string;
  readonly files: readonly FileToWrite[];
  /** Of the commit. */
  readonly message: string;
  readonly title: string;
  readonly body: string;
  readonly isDraft?: boolean;
  /** Logins. */
  readonly reviewers?: readonly string[];
  /** Slugs of teams of the repository's organization. */
  readonly teams?: readonly string[];
}

/** A pull request that was opened. */
export interface OpenedPull {
  readonly number: number;
  readonly url: string;
  readonly headSha: string;
  /** Reviewers that GitHub would not ask, each with its reason; the pull request is open all the same. */
  readonly notAsked: readonly { readonly reviewer: string; readonly why: string }[];
}

/** An issue of ours: one per `key`, found by marker and author. */
export interface IssueToWrite {
  readonly installation: string;
  /** What it is about, e.g. a commit; part of the marker. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
}

/** A comment on an issue or a pull request. */
export interface PullComment {
  readonly id: number;
  /** The issue or pull request that it stands on. */
  readonly number: number;
  readonly isOnPull: boolean;
  readonly by?: GitHubAccount;
  readonly body: string;
  readonly at: Instant;
  readonly isEdited: boolean;
}

/** Our check run `leasehold log` on a commit. */
export interface LogCheck {
  readonly id: number;
  readonly commit: string;
  readonly externalId: string;
  readonly text: string;
}

/** What there is of them on the default branch. */
export interface LogChecks {
  /** The newest commit. */
  readonly tip: string;
  /** Whose the token is. */
  readonly login: string;
  /** Of the newest commits first. */
  readonly checks: readonly LogCheck[];
}

/** What such a check run says. */
export interface LogCheckToWrite {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}
