/** `/reviews`: whether a grant is in force. Sections 6 and 7 of gateway/hoop-api.md. */
import type { Api, ApiAnswer } from "./api";
import { choiceField, fieldsOf, listOf, microsField, optionalMicros, optionalNumber, textField } from "./shape";

/** What a session's row and `/reviews` both say of a review. Times are microseconds. */
export interface ReviewFields {
  readonly id: string;
  /** `jit` lets somebody connect until its end; `onetime` is for one command. */
  readonly type: "jit" | "onetime";
  /** PENDING and APPROVED are open; everything else is over. */
  readonly status: string;
  readonly createdAt: number;
  /** Null until it is approved, and on one-time reviews. */
  readonly revokeAt: number | undefined;
  readonly duration: number;
}

/** A review with the session that it belongs to. */
export interface ReviewItem extends ReviewFields {
  readonly session: string;
}

/** Every review of all time, in one answer: the only complete list. */
export async function listReviews(api: Api): Promise<readonly ReviewItem[]> {
  const json = await api.read({ method: "GET", path: ["reviews"] });
  return listOf(json, "reviews").map((item) => reviewOf(item));
}

/** A review by its id or its session's; undefined when there is none. */
export async function tryFindReview(api: Api, id: string): Promise<ReviewItem | undefined> {
  const json = await api.tryRead({ method: "GET", path: ["reviews", id] });
  return json === undefined ? undefined : reviewOf(json);
}

/** Ends a review; a 200 proves nothing (an approve can overtake it): look again. */
export function putReviewStatus(api: Api, id: string, status: "REVOKED" | "REJECTED"): Promise<ApiAnswer> {
  return api.write({ method: "PUT", path: ["reviews", id], body: { status } });
}

/** Whether a review lets somebody in, or could. */
export function isOpenReview(review: ReviewFields): boolean {
  return review.status === "APPROVED" || review.status === "PENDING";
}

/** The fields of a review within a session's row. */
export function reviewFieldsOf(json: unknown, where: string): ReviewFields {
  const fields = fieldsOf(json, where);
  return {
    id: textField(fields, "id", where),
    type: choiceField(fields, "type", ["jit", "onetime"], where),
    status: textField(fields, "status", where),
    createdAt: microsField(fields, "created_at", where),
    revokeAt: optionalMicros(fields, "revoke_at", where),
    // Nanoseconds there.
    duration: Math.round((optionalNumber(fields, "access_duration", where) ?? 0) / 1000),
  };
}

function reviewOf(json: unknown): ReviewItem {
  return { ...reviewFieldsOf(json, "review"), session: textField(fieldsOf(json, "review"), "session", "review") };
}
