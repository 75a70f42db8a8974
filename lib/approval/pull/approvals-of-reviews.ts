import type { ApprovalGiven } from "../../model/approval";
import type { CountedReview } from "./judge-reviews";

/** What the reviews that count approve, as the Log records it. */
export class ApprovalsOfReviews {
  private readonly byRequest = new Map<string, readonly ApprovalGiven[]>();

  constructor(private readonly counted: readonly CountedReview[]) {}

  /** The approvals of one request: each covers what its reviewer saw of it. Each of its Grants asks for them, and so does the Log. */
  of(request: string): readonly ApprovalGiven[] {
    const known = this.byRequest.get(request) ?? this.made(request);
    this.byRequest.set(request, known);
    return known;
  }

  private made(request: string): readonly ApprovalGiven[] {
    const approvals: ApprovalGiven[] = [];
    for (const { review, by, person, covers } of this.counted) {
      const items = covers.byRequest.get(request);
      if (items === undefined || covers.policy === undefined) continue;
      const approval: { -readonly [K in keyof ApprovalGiven]: ApprovalGiven[K] } = {
        request,
        person,
        by: { id: by.login, githubId: by.id, authenticatedBy: "github" },
        at: review.at,
        source: "github",
        items,
        policy: covers.policy.digest,
      };
      if (review.commit !== undefined) approval.commit = review.commit;
      approvals.push(approval);
    }
    return approvals;
  }
}
