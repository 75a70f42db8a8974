import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import type { Snapshot } from "../../model/snapshot";
import { oldestApprovalMs } from "../eligibility";
import { ApprovalsOfReviews } from "./approvals-of-reviews";
import { exclusionsOf, type Exclusions } from "./exclusions";
import { identitiesOf, type Identities } from "./identities";
import {
  countedReviews,
  judgeReviews,
  type CountedReview,
  type ReviewedCommits,
  type ReviewJudged,
} from "./judge-reviews";

/**
 * The rules that a commit is judged by, and who is who under them: those in force, and those that it brings.
 * Each has to be satisfied by itself, so what a commit says of people can never make an approval count.
 */
export interface Side {
  /** Absent before the first acceptance. */
  readonly manifest: Manifest | undefined;
  readonly identities: Identities;
  readonly exclusions: Exclusions;
  readonly reviews: readonly ReviewJudged[];
  readonly counted: readonly CountedReview[];
  readonly approvals: ApprovalsOfReviews;
  /** Members of the Groups that are teams on GitHub. */
  readonly rosters: ReadonlyMap<string, readonly PersonId[]>;
}

/** Judges who is who and whose reviews count under some rules. */
export function sideOf(
  snapshot: Snapshot,
  manifest: Manifest | undefined,
  of: { readonly gainers: ReadonlySet<PersonId>; readonly commits: ReviewedCommits },
): Side {
  const identities = identitiesOf(snapshot, manifest);
  const exclusions = exclusionsOf({ pull: snapshot.pull, identities, gainers: of.gainers, manifest });
  const reviews = judgeReviews({
    snapshot,
    manifest,
    identities,
    exclusions,
    commits: of.commits,
    oldestMs: manifest === undefined ? Number.POSITIVE_INFINITY : oldestApprovalMs({ manifest, asOf: snapshot.asOf }),
  });
  const counted = countedReviews(reviews);
  return {
    manifest,
    identities,
    exclusions,
    reviews,
    counted,
    approvals: new ApprovalsOfReviews(counted),
    rosters: manifest === undefined ? new Map() : identities.rosters(manifest),
  };
}

/** A Side whose rules are there. */
export type RuleSide = Side & { readonly manifest: Manifest };
