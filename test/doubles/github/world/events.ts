/** What happens on GitHub that workflows hear of. Payloads are built at once, since the state moves on. */
import type { Account, Comment, Issue, Pull, QueueEntry, Repository, Review, WorkflowRun } from "./model";
import type { RefMove } from "./refs";
import type { World } from "./world";

/** One thing that happened. */
export type Happening =
  | { readonly kind: "push"; readonly move: RefMove }
  | {
      readonly kind: "pull_request";
      readonly pull: Pull;
      readonly action: string;
      readonly by: Account;
      readonly more: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "pull_request_review";
      readonly pull: Pull;
      readonly review: Review;
      readonly action: string;
      readonly by: Account;
    }
  | {
      readonly kind: "issue_comment";
      readonly repository: Repository;
      readonly issue: Issue;
      readonly comment: Comment;
      readonly action: string;
      readonly by: Account;
    }
  | { readonly kind: "merge_group"; readonly entry: QueueEntry; readonly action: string }
  | {
      readonly kind: "workflow_run";
      readonly repository: Repository;
      readonly run: WorkflowRun;
      readonly action: string;
    };

export function emitPush(world: World, move: RefMove): Promise<void> {
  return world.announce({ kind: "push", move });
}

export function emitPull(
  world: World,
  pull: Pull,
  action: string,
  by: Account,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return world.announce({ kind: "pull_request", pull, action, by, more });
}

export function emitReview(world: World, pull: Pull, review: Review, action: string, by: Account): Promise<void> {
  return world.announce({ kind: "pull_request_review", pull, review, action, by });
}

export function emitIssueComment(
  world: World,
  repository: Repository,
  { issue, comment }: { readonly issue: Issue; readonly comment: Comment },
  action: string,
  by: Account,
): Promise<void> {
  return world.announce({ kind: "issue_comment", repository, issue, comment, action, by });
}

export function emitMergeGroup(world: World, entry: QueueEntry, action: string): Promise<void> {
  return world.announce({ kind: "merge_group", entry, action });
}

export function emitWorkflowRun(world: World, repository: Repository, run: WorkflowRun, action: string): Promise<void> {
  return world.announce({ kind: "workflow_run", repository, run, action });
}
