/** Opens the PENDING review of a client that waits for approval, as a hoop gateway does. */
import { newId } from "../chance";
import type { ConnectDecision } from "../decision/connect";
import type { Gateway } from "../gateway";
import type { ReviewRow, SessionRow } from "../store/rows";

/** The review of a client that asked for so many seconds. */
export function openReview(
  gateway: Gateway,
  session: SessionRow,
  decision: ConnectDecision & { readonly kind: "wait" },
  seconds: number,
): ReviewRow {
  const { rule, reviewers, needed, user, connection } = decision;
  return {
    id: newId(gateway.random),
    sessionId: session.id,
    userEmail: user.email,
    connectionId: connection.id,
    type: "jit",
    duration: seconds,
    status: "PENDING",
    revokeAt: null,
    createdAt: gateway.time.stamp(),
    groups: reviewers.map((group) => ({
      id: newId(gateway.random),
      group,
      status: "PENDING",
      reviewedBy: null,
      reviewDate: null,
    })),
    timeWindow: null,
    ruleName: rule?.name ?? null,
    minApprovals: rule?.minApprovals ?? null,
    needed,
    forceApprovalGroups: rule?.forceApprovalGroups ?? null,
    rejectionReason: null,
    over: false,
  };
}
