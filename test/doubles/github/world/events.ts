/** Events: placeholders that note what happened; payloads are built in event-payloads.ts. */
import type { Account, Comment, Issue, Pull, QueueEntry, Review } from "./model";
import type { RefMove } from "./refs";
import type { Repository } from "./model";
import type { World } from "./world";

export async function emitPush(_world: World, _move: RefMove): Promise<void> {}
export async function emitPull(
  _world: World,
  _pull: Pull,
  _action: string,
  _by: Account,
  _more: Readonly<Record<string, unknown>> = {},
): Promise<void> {}
export function emitReview(_world: World, _pull: Pull, _review: Review, _action: string, _by: Account): void {}
export function emitIssueComment(
  _world: World,
  _repository: Repository,
  _what: { readonly issue: Issue; readonly comment: Comment },
  _action: string,
  _by: Account,
): void {}
export async function emitMergeGroup(_world: World, _entry: QueueEntry, _action: string): Promise<void> {}
