import type { Digest } from "./canonical";
import type { PersonId } from "./names";

/** What becomes of a commit; see `PullDecision`. */
export type PullVerdict = "approved" | "nothing to approve" | "waiting" | "refused" | "invalid";

/** What of a merge was not approved: none of it can be used later. */
export interface MergeRefusal {
  /** Names of the requests of which something is refused for ever, sorted. */
  readonly requests: readonly string[];
  /** The edit of governed files that came with it was not accepted; absent where it was, or there is none. */
  readonly edit?: "not accepted";
  /** Digest of what else is wrong with the edit, as canonical JSON of Diagnostics; stored beside the Log. */
  readonly diagnostics?: Digest;
}

/** What the Log keeps of a merge, so that later passes decide as the merge was decided. */
export interface MergeFacts {
  readonly commit: string;
  readonly pull?: number;
  /** Everybody who made it: author, committers, co-authors; as the rules know them, or `github:<id>`. */
  readonly authors: readonly PersonId[];
  /** A commit of it was not verified, and the branch does not ask for approval of the last push. */
  readonly unverified: boolean;
  /** A commit of it was not verified, and the branch asks for approval of the last push: nothing is approved automatically. */
  readonly noAutomatic?: boolean;
  readonly widening: Digest;
  readonly policy: Digest;
  /** Members of team Groups as read for the Decision. */
  readonly rosters: readonly { readonly group: string; readonly people: readonly PersonId[] }[];
  /** Names of the requests that came with it. */
  readonly requests: readonly string[];
  /** Digest of the Snapshot stored beside the Log. */
  readonly snapshot?: Digest;
  /** Absent where nothing was refused, and in Logs of before it was recorded. */
  readonly refused?: MergeRefusal;
  /** What became of it shows in no Grant that began: it is to be told on GitHub until a `merge.told` says that it was. */
  readonly untold?: true;
}
