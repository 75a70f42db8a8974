/** Ending reviews so that they stay ended: section 7 of gateway/hoop-api.md. */
import { failure, isFailure } from "../../lib/errors";
import { putReviewStatus, isOpenReview, tryFindReview, type ReviewFields } from "./client/reviews";
import type { HoopRun } from "./run";

/**
 * Ends a review and reads it back until it is not open: an approve at the same moment can answer 200
 * too and win. Throws E502 when it stays open.
 */
export async function closeReview(run: HoopRun, review: ReviewFields): Promise<void> {
  for (let round = 0; round < maxRounds; round += 1) {
    await askToClose(run, review);
    const after = await tryFindReview(run.context.writer, review.id);
    if (after === undefined || !isOpenReview(after)) return;
    await run.context.clock.sleep(100 * (round + 1), run.signal);
  }
  throw failure("E502", {
    detail: `gateway ${run.context.gateway}: a review stays open after ${maxRounds} revokes`,
    fix: "run it again; if it stays, revoke it at the gateway",
  });
}

/** Asks once. True: the gateway answered that it is over, which on hoop proves nothing. Throws only without rights. */
export async function askToClose(run: HoopRun, review: ReviewFields): Promise<boolean> {
  // A one-time or a waiting review can't be revoked, only rejected.
  const isRevocable = review.status === "APPROVED" && review.type === "jit";
  const status = isRevocable ? "REVOKED" : "REJECTED";
  try {
    const answer = await putReviewStatus(run.context.writer, review.id, status);
    return answer.status === 200 && isJsonOf(answer.json, { id: review.id, status });
  } catch (thrown) {
    if (!isFailure(thrown, "unreachable")) throw thrown;
    return false;
  }
}

function isJsonOf(json: unknown, wanted: Readonly<Record<string, string>>): boolean {
  if (typeof json !== "object" || json === null) return false;
  return Object.entries(wanted).every(([name, value]) => (json as Readonly<Record<string, unknown>>)[name] === value);
}

const maxRounds = 5;
