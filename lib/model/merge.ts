import type { Digest } from "./canonical";
import type { PersonId } from "./names";

/** What becomes of a commit; see `PullDecision`. */
export type PullVerdict = "approved" | "nothing to approve" | "waiting" | "refused" | "invalid";

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
}
