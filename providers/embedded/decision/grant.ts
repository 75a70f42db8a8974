/** Which grant of a pair counts: section 6 of gateway/hoop-api.md, "Which grant counts". Pure. */
import type { Behaviour } from "../behaviour";
import type { ReviewRow } from "../store/rows";
import type { StoreView } from "../store/tables";

/** What a pair's grants say. */
export type GrantStanding =
  | { readonly kind: "in force"; readonly review: ReviewRow }
  | { readonly kind: "expired"; readonly review: ReviewRow }
  | { readonly kind: "none" };

/** The standing of a person's grants for a connection at a time in milliseconds since 1970. */
export function standingOf(
  view: StoreView,
  pair: { readonly userEmail: string; readonly connectionId: string },
  nowMs: number,
  behaviour: Behaviour,
): GrantStanding {
  let counts: ReviewRow | undefined;
  for (const review of view.reviewsOfPair(pair.userEmail, pair.connectionId)) {
    if (review.type !== "jit" || review.status !== "APPROVED" || review.revokeAt === null) continue;
    if (counts === undefined || isBefore(counts, review, behaviour)) counts = review;
  }
  if (counts === undefined) return { kind: "none" };
  return isInForce(counts, nowMs, behaviour)
    ? { kind: "in force", review: counts }
    : { kind: "expired", review: counts };
}

/** Whether an APPROVED review's end is still to come; where ends are remembered, an end once seen stays. */
export function isInForce(review: ReviewRow, nowMs: number, behaviour: Behaviour): boolean {
  if (review.over && !behaviour.clockBackRevives) return false;
  return review.revokeAt !== null && review.revokeAt > nowMs * 1000;
}

/** Hoop asks the newest created only; otherwise the one that lasts longest counts, one that is over last. */
function isBefore(one: ReviewRow, other: ReviewRow, behaviour: Behaviour): boolean {
  if (behaviour.newestGrantShadows) return other.createdAt >= one.createdAt;
  if (one.over !== other.over) return one.over;
  return (other.revokeAt ?? 0) >= (one.revokeAt ?? 0);
}
