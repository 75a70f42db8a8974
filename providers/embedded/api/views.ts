/** Sessions and reviews as hoop shows them; each route shows a little more or less than the next. */
import type { Behaviour } from "../behaviour";
import type { ReviewGroup, ReviewRow, SessionRow } from "../store/rows";
import type { StoreView } from "../store/tables";
import { type Precision, writtenAs, writtenOrNull } from "../time";

/** A review in the answers of `/reviews`; `fresh` are the parts that this very call has written. */
export function showReview(
  behaviour: Behaviour,
  row: ReviewRow,
  fresh: { readonly revokeAt?: boolean; readonly groups?: ReadonlySet<string>; readonly forced?: boolean } = {},
): Record<string, unknown> {
  return {
    id: row.id,
    session: row.sessionId,
    ...reviewCore(behaviour, row, "microseconds", fresh.revokeAt === true ? "nanoseconds" : "microseconds"),
    review_groups_data: row.groups.map((group) => {
      const isFresh = fresh.groups?.has(group.group) === true;
      return showGroup(behaviour, group, isFresh, isFresh && fresh.forced === true);
    }),
    ...reviewRule(row),
  };
}

/** A session as `GET /sessions/:id` gives it. */
export function showSession(behaviour: Behaviour, view: StoreView, row: SessionRow): Record<string, unknown> {
  return sessionFields(behaviour, view, row, { data: "" }, (review) => reviewRule(review));
}

/** A session as lists give it: without script, and with less about its review. */
export function listSession(behaviour: Behaviour, view: StoreView, row: SessionRow): Record<string, unknown> {
  const hidden = {
    time_window: null,
    access_request_rule_name: null,
    min_approvals: null,
    force_approval_groups: null,
  };
  return sessionFields(behaviour, view, row, null, (review) =>
    behaviour.listsHideFields ? hidden : reviewRule(review),
  );
}

function sessionFields(
  behaviour: Behaviour,
  view: StoreView,
  row: SessionRow,
  script: unknown,
  rule: (review: ReviewRow) => Record<string, unknown>,
): Record<string, unknown> {
  const review = row.reviewId === null ? undefined : view.table("reviews").get(row.reviewId);
  const exists = view.connectionById(row.connectionId) !== undefined;
  return {
    id: row.id,
    org_id: view.table("settings").get("organisation")?.value ?? "",
    script,
    script_size: 0,
    labels: null,
    integrations_metadata: null,
    metadata: row.metadata,
    metrics: row.metrics,
    user: row.userEmail,
    user_id: row.userEmail,
    user_name: row.userName,
    type: row.type,
    connection_subtype: row.subtype,
    connection: row.connection,
    // Hoop joins the resource's name, which goes with the connection.
    resource_name: exists || !behaviour.grantsOutliveTheirConnection ? row.resourceName : "",
    role_name: row.connection,
    connection_tags: row.connectionTags,
    review: review === undefined ? null : { ...showNested(behaviour, review), ...rule(review) },
    verb: row.verb,
    status: row.status,
    exit_code: row.exitCode,
    event_size: row.eventSize,
    ...(row.correlationId === null ? {} : { correlation_id: row.correlationId }),
    start_date: writtenAs(behaviour, row.startDate, "microseconds"),
    end_date: writtenOrNull(behaviour, row.endDate, "microseconds"),
    ai_analysis: null,
    guardrails_info: null,
    identity_type: "user",
  };
}

function showNested(behaviour: Behaviour, row: ReviewRow): Record<string, unknown> {
  return {
    id: row.id,
    ...reviewCore(behaviour, row, "milliseconds", "milliseconds"),
    review_groups_data: row.groups.map((group) => showGroup(behaviour, group, false, false)),
  };
}

function reviewCore(
  behaviour: Behaviour,
  row: ReviewRow,
  created: Precision,
  revoke: Precision,
): Record<string, unknown> {
  return {
    type: row.type,
    access_duration: row.duration * 1_000_000_000,
    status: row.status,
    revoke_at: writtenOrNull(behaviour, row.revokeAt, revoke),
    created_at: writtenAs(behaviour, row.createdAt, created),
  };
}

function reviewRule(row: ReviewRow): Record<string, unknown> {
  return {
    time_window: row.timeWindow,
    access_request_rule_name: row.ruleName,
    min_approvals: row.minApprovals,
    force_approval_groups: row.forceApprovalGroups,
    ...(row.rejectionReason === null ? {} : { rejection_reason: row.rejectionReason }),
  };
}

function showGroup(
  behaviour: Behaviour,
  group: ReviewGroup,
  isFresh: boolean,
  isForced: boolean,
): Record<string, unknown> {
  return {
    id: group.id,
    group: group.group,
    status: group.status,
    reviewed_by: group.reviewedBy === null ? null : { ...group.reviewedBy, slack_id: "" },
    review_date: writtenOrNull(behaviour, group.reviewDate, isFresh ? "nanoseconds" : "milliseconds"),
    forced_review: isForced,
  };
}
