/**
 * The leases that a gateway holds: `GET /reviews` is the only complete list, but says neither user nor
 * connection; those come from the sessions. Section 10 of gateway/hoop-api.md, "Observe".
 */
import { failure } from "../../lib/errors";
import { instantOf } from "../../lib/model/instant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { ObservedLease } from "../../lib/model/observed";
import { isOpenReview, listReviews, type ReviewFields, type ReviewItem } from "./client/reviews";
import { listSessions, tryFindSession, walkSessions, type SessionItem } from "./client/sessions";
import { mapWithWidth } from "../concurrent";
import type { HoopContext, SessionOwner } from "./context";

/** One open review and whose it is. */
export interface OwnedReview {
  readonly review: ReviewFields;
  readonly owner: SessionOwner;
}

/** All leases that let somebody in or could, oldest first; `connections` are the names that exist. */
export async function observeLeases(
  context: HoopContext,
  connections: ReadonlySet<string>,
): Promise<readonly ObservedLease[]> {
  const open = (await listReviews(context.observer)).filter((one) => one.type === "jit" && isOpenReview(one));
  await learnOwners(context, open);
  const nowMicros = gatewayNowMs(context) * 1000;
  const owned = open.flatMap((review): OwnedReview[] => {
    const owner = context.owners.get(review.session);
    if (owner !== undefined) return [{ review, owner }];
    // Sessions may be cleaned away long after their end; then nobody gets in by them.
    if (isOver(review, nowMicros)) return [];
    throw failure("E502", {
      detail: `gateway ${context.gateway}: a review is in force whose session cannot be found`,
      fix: "run it again; if it stays, revoke that review at the gateway",
    });
  });
  prune(context, open);
  const present = owned.filter((one) => connections.has(one.owner.connection));
  const orphaned = owned.filter((one) => !connections.has(one.owner.connection));
  return [...leasesOf(present, context, nowMicros), ...(await stillRunning(context, orphaned))];
}

/** What a review is as a lease; `counting` is the review of the pair that decides. */
export function leaseOf(
  one: OwnedReview,
  options: { readonly isDeciding: boolean; readonly nowMicros: number },
): ObservedLease {
  const { review, owner } = one;
  const correlation = owner.correlation === undefined ? undefined : tryParseCorrelation(owner.correlation);
  return {
    ref: review.id,
    ...(correlation === undefined ? {} : { correlation }),
    person: owner.user,
    connection: owner.connection,
    status: statusOf(review, options),
    createdAt: instantOf(review.createdAt / 1000),
    ...(review.revokeAt === undefined ? {} : { endsAt: instantOf(review.revokeAt / 1000) }),
    ...(isAltered(review) ? { altered: true } : {}),
  };
}

/** Whether somebody moved the end: lists cut times to milliseconds, so one is allowed for. */
export function isAltered(review: ReviewFields): boolean {
  if (review.revokeAt === undefined) return false;
  return Math.abs(review.revokeAt - review.createdAt - review.duration) > 2_000;
}

/** The gateway's clock now, in milliseconds since 1970. */
export function gatewayNowMs(context: HoopContext): number {
  return Date.parse(context.clock.now()) + context.observer.skewMs();
}

/** From how many unknown sessions on they are looked for among all, however old they are. */
const walkFrom = 64;

/** A session is asked for once in its life: whose it is stays what it was when it was made. */
async function learnOwners(context: HoopContext, open: readonly ReviewItem[]): Promise<void> {
  const nowMicros = gatewayNowMs(context) * 1000;
  const isAsked = (one: ReviewItem): boolean =>
    !context.owners.has(one.session) && !(context.gone.has(one.session) && isOver(one, nowMicros));
  const unknown = new Set(open.filter(isAsked).map((one) => one.session));
  for (const reviewStatus of ["APPROVED", "PENDING"] as const) {
    const ofStatus = open.filter((one) => one.status === reviewStatus && unknown.has(one.session));
    if (ofStatus.length > 1) await learnByPages(context, { unknown, reviewStatus });
  }
  await mapWithWidth([...unknown], context.dialect.widths.read, async (id) => {
    const item = await tryFindSession(context.observer, id);
    if (item?.id === id) context.owners.set(id, ownerOf(item));
    else context.gone.add(id);
  });
}

/** What is unknown is mostly new, and the newest come first: pages go on while more than one is unknown and the last page had some. */
async function learnByPages(
  context: HoopContext,
  wanted: { readonly unknown: Set<string>; readonly reviewStatus: "APPROVED" | "PENDING" },
): Promise<void> {
  const { unknown, reviewStatus } = wanted;
  for await (const page of walkSessions(context.observer, { reviewStatus })) {
    const before = unknown.size;
    for (const item of page) if (unknown.delete(item.id)) context.owners.set(item.id, ownerOf(item));
    if (unknown.size <= 1 || (unknown.size === before && unknown.size < walkFrom)) return;
  }
}

function isOver(review: ReviewFields, nowMicros: number): boolean {
  return review.revokeAt !== undefined && review.revokeAt <= nowMicros;
}

function ownerOf(item: SessionItem): SessionOwner {
  return { user: item.user, connection: item.connection, correlation: item.correlation };
}

function prune(context: HoopContext, open: readonly ReviewItem[]): void {
  const needed = new Set(open.map((one) => one.session));
  for (const id of context.owners.keys()) if (!needed.has(id)) context.owners.delete(id);
  for (const id of context.gone) if (!needed.has(id)) context.gone.delete(id);
}

function leasesOf(owned: readonly OwnedReview[], context: HoopContext, nowMicros: number): readonly ObservedLease[] {
  const deciding = context.dialect.newestCounts ? newestApproved(owned) : undefined;
  return owned
    .toSorted((a, b) => a.review.createdAt - b.review.createdAt)
    .map((one) => {
      const isDeciding = deciding === undefined || deciding.get(pairKey(one.owner)) === one;
      return leaseOf(one, { isDeciding, nowMicros });
    });
}

function newestApproved(owned: readonly OwnedReview[]): ReadonlyMap<string, OwnedReview> {
  const newest = new Map<string, OwnedReview>();
  for (const one of owned) {
    if (one.review.status !== "APPROVED") continue;
    const other = newest.get(pairKey(one.owner));
    if (other === undefined || other.review.createdAt < one.review.createdAt) newest.set(pairKey(one.owner), one);
  }
  return newest;
}

function pairKey(owner: Pick<SessionOwner, "user" | "connection">): string {
  return JSON.stringify([owner.user, owner.connection]);
}

function statusOf(
  review: ReviewFields,
  options: { readonly isDeciding: boolean; readonly nowMicros: number },
): ObservedLease["status"] {
  if (review.status === "PENDING") return "waiting";
  if (review.revokeAt === undefined || review.revokeAt <= options.nowMicros) return "lapsed";
  return options.isDeciding ? "live" : "shadowed";
}

/**
 * Leases on Connections that were deleted: they let nobody in again and cannot be revoked, but the
 * gateway leaves their live sessions running. Ours stay listed, as lapsed, while one is.
 */
async function stillRunning(context: HoopContext, owned: readonly OwnedReview[]): Promise<readonly ObservedLease[]> {
  const ours = owned.filter(
    ({ owner }) => tryParseCorrelation(owner.correlation ?? "")?.installation === context.installation,
  );
  const names = [...new Set(ours.map((one) => one.owner.connection))];
  const running = new Set<string>();
  await mapWithWidth(names, context.dialect.widths.read, async (connection) => {
    for (const row of await listSessions(context.observer, { connection })) {
      const isLine = row.review === undefined && row.correlation === undefined && row.status !== "done";
      if (isLine && row.connection === connection) running.add(pairKey(row));
    }
  });
  return ours
    .filter(({ owner }) => running.has(pairKey(owner)))
    .map((one) => ({ ...leaseOf(one, { isDeciding: false, nowMicros: 0 }), status: "lapsed" as const }));
}
