/** `/reviews` and `/sessions/:id/review`: reading, approving, rejecting and revoking. Section 7 of gateway/hoop-api.md. */
import { isUuid, newId } from "../chance";
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { Change, ReviewGroup, ReviewRow, ReviewStatus, SessionStatus } from "../store/rows";
import { decode } from "./decode";
import { ok, refuse, refuseMistake, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { readsAll } from "./values";
import { showReview } from "./views";

/** The routes of reviews. */
export const reviewRoutes: readonly Route[] = [
  { method: "GET", path: "/reviews", who: "caller", run: listReviews },
  { method: "GET", path: "/reviews/:id", who: "caller", run: getReview },
  { method: "PUT", path: "/reviews/:id", who: "caller", run: putReview, ...asWrite() },
  { method: "PUT", path: "/sessions/:id/review", who: "caller", run: putReview, ...asWrite() },
];

function asWrite(): Pick<Route, "audit" | "auditedByUsOnly" | "endsAccess"> {
  return {
    audit: { resource: "reviews", action: "update" },
    auditedByUsOnly: true,
    endsAccess: ({ body }) => (decode(shape, body).status ?? "").toUpperCase() !== "APPROVED",
  };
}

function listReviews({ gateway, caller }: Call): Reply {
  const shown: unknown[] = [];
  for (const row of gateway.store.view.table("reviews").all()) {
    if (canRead(gateway, caller, row)) shown.push(showReview(gateway.behaviour, row));
  }
  return ok(shown.reverse());
}

function getReview({ gateway, caller, param }: Call): Reply {
  const id = param("id");
  const { behaviour } = gateway;
  if (!isUuid(id)) refuseMistake(behaviour, 404, `failed fetching review: ${notUuid(id)}`);
  const row = tryFindReview(gateway, id);
  if (row === undefined || !canRead(gateway, caller, row)) refuse(404, "resource not found");
  return ok(showReview(behaviour, row));
}

function canRead(gateway: Gateway, caller: Caller, row: ReviewRow): boolean {
  if (gateway.behaviour.everybodyReadsReviews || readsAll(caller) || isOwner(caller, row)) return true;
  // A key reads back what it granted itself.
  return isOfGroup(caller, row) || row.groups.some((group) => group.reviewedBy?.id === caller.id);
}

const shape = {
  go: "ReviewRequest",
  fields: {
    status: { kind: "string", go: "Status", required: true },
    rejection_reason: { kind: "string", go: "RejectionReason" },
    force_review: { kind: "bool", go: "ForceReview" },
  },
} as const;

function putReview(call: Call): Reply {
  const { gateway, caller, param } = call;
  if (caller.role === "auditor") refuse(403, "access denied");
  const fields = decode(shape, call.body);
  const row = findReview(gateway, param("id"));
  const status = statusOf(gateway, fields.status ?? "");
  refuseDeletedConnection(gateway, row);
  refuseIneligible(caller, row, status, fields.force_review === true);
  const isRevokeOfOnetime = status === "REVOKED" && row.type === "onetime";
  if (isRevokeOfOnetime) refuseMistake(gateway.behaviour, 400, "failed updating review status: review not found");
  if (!allows(gateway, row, status)) refuse(400, "review is in wrong state");
  if (status === "APPROVED") return approve(gateway, caller, row, fields.force_review === true);
  return end(gateway, caller, row, status, fields.rejection_reason ?? null);
}

function findReview(gateway: Gateway, id: string): ReviewRow {
  const words = "failed updating review status:";
  const { behaviour } = gateway;
  if (!isUuid(id)) refuseMistake(behaviour, 404, `${words} failed obtaining review, err=${notUuid(id)}`);
  return tryFindReview(gateway, id) ?? refuseMistake(behaviour, 404, `${words} review not found`);
}

function tryFindReview(gateway: Gateway, id: string): ReviewRow | undefined {
  const { view } = gateway.store;
  return view.table("reviews").get(id.toLowerCase()) ?? view.reviewOfSession(id.toLowerCase());
}

function statusOf(gateway: Gateway, text: string): Exclude<ReviewStatus, "PENDING"> {
  const status = text.toUpperCase();
  if (status === "APPROVED" || status === "REJECTED" || status === "REVOKED") return status;
  return refuseMistake(gateway.behaviour, 422, "failed updating review status: unknown status");
}

/**
 * Hoop finds the connection of a review by its name: while none has it, the review cannot be changed.
 * Where grants end with their connection this is never reached: the review is REVOKED by then.
 */
function refuseDeletedConnection(gateway: Gateway, row: ReviewRow): void {
  if (!gateway.behaviour.grantsOutliveTheirConnection) return;
  const { view } = gateway.store;
  const name = view.table("sessions").get(row.sessionId)?.connection ?? "";
  if (view.table("connections").get(name) === undefined)
    refuse(500, "failed updating review status: failed fetching connection for review, err=<nil>");
}

function refuseIneligible(caller: Caller, row: ReviewRow, status: ReviewStatus, isForced: boolean): void {
  if (isForced && !(row.forceApprovalGroups ?? []).some((group) => caller.groups.includes(group)))
    refuse(400, "not eligible for review");
  if (isOwner(caller, row)) {
    if (status === "APPROVED") refuse(400, "unable to self approve review");
    return;
  }
  if (caller.role !== "admin" && !isOfGroup(caller, row) && !isForced) refuse(400, "not eligible for review");
}

function isOwner(caller: Caller, row: ReviewRow): boolean {
  return caller.kind === "person" && caller.email === row.userEmail;
}

function isOfGroup(caller: Caller, row: ReviewRow): boolean {
  return row.groups.some(({ group }) => caller.groups.includes(group));
}

function allows(gateway: Gateway, row: ReviewRow, next: ReviewStatus): boolean {
  if (row.status === "PENDING") return next !== "REVOKED";
  if (row.status !== "APPROVED") return false;
  if (next !== "APPROVED") return true;
  // A grant whose end was seen stays over, where that is remembered.
  const { behaviour } = gateway;
  return behaviour.approvedCanBeApprovedAgain && (behaviour.clockBackRevives || !row.over);
}

function approve(gateway: Gateway, caller: Caller, row: ReviewRow, isForced: boolean): Reply {
  const now = gateway.time.stamp();
  const mine = new Set(caller.groups.filter((group) => row.groups.some((one) => one.group === group)));
  const groups = markGroups(caller, row, mine, "APPROVED", now);
  const approvals = groups.filter((group) => group.status === "APPROVED").length;
  const isEnough = gateway.behaviour.approvalsCanOvershoot ? approvals === row.needed : approvals >= row.needed;
  const isApproved = mine.size > 0 && (isForced || isEnough);
  const next: ReviewRow = isApproved
    ? { ...row, groups, status: "APPROVED", revokeAt: now + row.duration * 1_000_000, over: false }
    : { ...row, groups };
  gateway.store.commit([
    { table: "reviews", put: next },
    ...statusOfSession(gateway, next, isApproved ? "ready" : undefined),
  ]);
  return ok(showReview(gateway.behaviour, next, { revokeAt: isApproved, groups: mine, forced: isForced }));
}

function end(
  gateway: Gateway,
  caller: Caller,
  row: ReviewRow,
  status: "REJECTED" | "REVOKED",
  rejectionReason: string | null,
): Reply {
  const now = gateway.time.stamp();
  const ofReview = caller.groups.filter((group) => row.groups.some((one) => one.group === group));
  const mine = new Set(ofReview.length > 0 ? ofReview : caller.groups.slice(0, 1));
  const groups = [...markGroups(caller, row, mine, status, now)];
  for (const group of mine) {
    if (groups.some((one) => one.group === group)) continue;
    groups.push({ id: newId(gateway.random), group, status, reviewedBy: reviewerOf(caller), reviewDate: now });
  }
  const next: ReviewRow = { ...row, groups, status, rejectionReason: status === "REJECTED" ? rejectionReason : null };
  gateway.store.commit([{ table: "reviews", put: next }, ...statusOfSession(gateway, next, "done")]);
  if (gateway.accidents.revokeIsOvertaken?.(row.id) === true) overtake(gateway, row, now);
  return { ...ok(showReview(gateway.behaviour, next, { groups: mine })), survivesDisk: true };
}

/** An approve that was on its way writes last: the revoke has answered 200 and the review is APPROVED. */
function overtake(gateway: Gateway, row: ReviewRow, now: number): void {
  const put: ReviewRow = { ...row, status: "APPROVED", revokeAt: now + row.duration * 1_000_000 };
  gateway.store.commit([{ table: "reviews", put }, ...statusOfSession(gateway, put, "ready")]);
}

function markGroups(
  caller: Caller,
  row: ReviewRow,
  mine: ReadonlySet<string>,
  status: ReviewStatus,
  reviewDate: number,
): readonly ReviewGroup[] {
  return row.groups.map((group) =>
    mine.has(group.group) ? { ...group, status, reviewedBy: reviewerOf(caller), reviewDate } : group,
  );
}

function reviewerOf(caller: Caller): { readonly id: string; readonly name: string; readonly email: string } {
  return { id: caller.id, name: caller.name, email: caller.email };
}

/** The review's own session follows it, also while a stream lives on in it. */
function statusOfSession(gateway: Gateway, row: ReviewRow, status: SessionStatus | undefined): readonly Change[] {
  const session = gateway.store.view.table("sessions").get(row.sessionId);
  if (session === undefined || status === undefined) return [];
  return [{ table: "sessions", put: { ...session, status } }];
}

/** What PostgreSQL says to a text where an id belongs. */
export function notUuid(text: string): string {
  return `ERROR: invalid input syntax for type uuid: "${text}" (SQLSTATE 22P02)`;
}

/** Changes that end all of these reviews for good: REVOKED, or REJECTED where still PENDING. */
export function endAll(gateway: Gateway, reviews: Iterable<ReviewRow>): readonly Change[] {
  const changes: Change[] = [];
  for (const row of reviews) {
    if (row.status !== "PENDING" && row.status !== "APPROVED") continue;
    const put: ReviewRow = { ...row, status: row.status === "PENDING" ? "REJECTED" : "REVOKED" };
    changes.push({ table: "reviews", put }, ...statusOfSession(gateway, put, "done"));
  }
  return changes;
}
