/**
 * Making one lease the one of its pair: section 10 of gateway/hoop-api.md, "Grant". A repeat of the
 * call would make a second grant, so each asking is framed by looks at the exact correlation.
 */
import { failure, isFailure } from "../../lib/errors";
import { epochMsOf } from "../../lib/model/instant";
import { correlationText } from "../../lib/model/lease";
import { tooLateToHold } from "../../lib/model/effect";
import type { ObservedLease } from "../../lib/model/observed";
import type { EffectOutcome, HoldEffect } from "../../lib/ports";
import { tryFindConnection } from "./client/connections";
import type { ReviewFields } from "./client/reviews";
import { provision, sessionsByCorrelation, type SessionItem } from "./client/sessions";
import { tryFindUser } from "./client/users";
import { closeReview } from "./close-reviews";
import { longestGrantSeconds } from "./describe";
import { gatewayNowMs, isAltered, leaseOf } from "./leases";
import { isChangedInHiding } from "./read-whole";
import {
  isConnectionListed,
  isOpenGrant,
  isOurs,
  isUserListed,
  outcomeOfFailure,
  pairRows,
  whyOf,
  type HoopRun,
} from "./run";

/** Holds one lease; exactly one outcome, whatever happens. */
export async function hold(run: HoopRun, effect: HoldEffect): Promise<EffectOutcome> {
  const progress: Progress = { asked: [] };
  try {
    // Where a repeat is refused, asking tells as much as looking first.
    const found: Found = run.context.dialect.refusesRepeats ? { kind: "absent" } : await look(run, effect);
    switch (found.kind) {
      case "standing":
        return await settle(run, effect, found.row);
      case "spent":
        return spent(effect, found.why);
      case "absent":
        return await ask(run, effect, progress);
    }
  } catch (thrown) {
    if (progress.asked.length === 0) return outcomeOfFailure(effect, thrown);
    return { kind: "unknown", effect, why: whyOf(thrown) };
  }
}

/** How many seconds were asked for so far, each time. */
interface Progress {
  readonly asked: number[];
}

/** A grant as a row: its review is there. */
type GrantRow = SessionItem & { readonly review: ReviewFields };

type Found =
  | { readonly kind: "absent" }
  | { readonly kind: "standing"; readonly row: GrantRow }
  | { readonly kind: "spent"; readonly why: string; readonly rows: readonly GrantRow[] };

/** How much later than asked a lease may end because the asking took long. */
const latenessMs = 120_000;
/** How long an unanswered call is given to land before it is looked for. */
const landingMs = 2_000;

async function look(run: HoopRun, effect: HoldEffect): Promise<Found> {
  const rows = await sessionsByCorrelation(run.context.writer, correlationText(effect.correlation));
  // A row without a review is a failed attempt: nobody gets in by it.
  const grants = rows.filter((row): row is GrantRow => row.review !== undefined);
  if (grants.length === 0) return { kind: "absent" };
  const standing = grants.find((row) => isAsAsked(run, effect, row));
  if (standing !== undefined) return { kind: "standing", row: standing };
  const states = [...new Set(grants.map((row) => stateOf(row)))].join(", ");
  return { kind: "spent", why: `this generation of the lease was there before (${states})`, rows: grants };
}

function isAsAsked(run: HoopRun, effect: HoldEffect, row: GrantRow): boolean {
  const { review } = row;
  if (review.type !== "jit" || review.status !== "APPROVED" || review.revokeAt === undefined) return false;
  const skewMs = run.context.writer.skewMs();
  const latestMs = epochMsOf(effect.end) + skewMs + latenessMs;
  const isInForce = review.revokeAt / 1000 > Date.parse(run.context.clock.now()) + skewMs;
  const isTheirs = row.user === effect.person && row.connection === effect.connection;
  return isTheirs && isInForce && !isAltered(review) && review.revokeAt / 1000 <= latestMs;
}

function stateOf(row: GrantRow): string {
  if (row.review.status !== "APPROVED") return /^[A-Z]{1,20}$/.test(row.review.status) ? row.review.status : "unknown";
  return isAltered(row.review) ? "its end was moved" : "over";
}

async function ask(run: HoopRun, effect: HoldEffect, progress: Progress): Promise<EffectOutcome> {
  const inactive = await whyInactive(run, effect);
  if (inactive !== undefined) return { kind: "refused", effect, because: "permanent", why: inactive };
  if (await isChangedInHiding(run.context, effect.connection)) {
    return {
      kind: "refused",
      effect,
      because: "passing",
      why: "its connection was changed since it was last read whole",
    };
  }
  const first = await askOnce(run, effect, progress);
  if (first.kind === "outcome") return first.outcome;
  // The wait for a late call was cut short: asking again could make two.
  if (run.signal?.aborted === true) return { kind: "unknown", effect, why: first.why };
  const second = await askOnce(run, effect, progress);
  if (second.kind === "outcome") return second.outcome;
  // Whatever had no answer may still land; only a refusal both times is one.
  return first.kind === "refused" && second.kind === "refused"
    ? { kind: "refused", effect, because: "passing", why: second.why }
    : { kind: "unknown", effect, why: second.why };
}

/** On hoop somebody inactive is granted access all the same, and then cannot use it. */
async function whyInactive(run: HoopRun, effect: HoldEffect): Promise<string | undefined> {
  if (run.context.dialect.checksUsers) return undefined;
  const users = await run.users();
  if (users === undefined) throw failure("E500", { detail: "the users could not be read", fix: "run it again" });
  // Made in this very call, perhaps, after the users were read.
  const user = users.get(effect.person) ?? (await tryFindUser(run.context.writer, effect.person));
  if (user === undefined) return "the gateway does not know this user";
  return user.isActive ? undefined : "this user is not active at the gateway";
}

type Asked =
  | { readonly kind: "outcome"; readonly outcome: EffectOutcome }
  | { readonly kind: "refused" | "unanswered"; readonly why: string };

async function askOnce(run: HoopRun, effect: HoldEffect, progress: Progress): Promise<Asked> {
  const late = tooLateToHold(effect, run.context.clock.now());
  if (late !== undefined) {
    // An earlier call that had no answer may still land.
    const isSure = progress.asked.length === 0;
    return outcome({
      effect,
      why: late,
      ...(isSure ? { kind: "refused", because: "permanent" } : { kind: "unknown" }),
    });
  }
  const seconds = secondsLeft(run, effect);
  const sent = await send(run, effect, seconds);
  progress.asked.push(seconds);
  if (sent.kind === "unanswered" || sent.status >= 500) await run.context.clock.sleep(landingMs, run.signal);
  const rows = sent.kind === "answered" && sent.status === 202 ? await approvedRows(run, effect) : undefined;
  const found = (rows === undefined ? undefined : tryFindMade(run, effect, rows)) ?? (await look(run, effect));
  switch (found.kind) {
    case "standing":
      // With no answer it may be another writer's asking, after a later epoch: it ends no later, and is the same Lease.
      if (sent.kind === "unanswered") return outcome(await settle(run, effect, found.row));
      return outcome(await confirm(run, effect, { row: found.row, asked: progress.asked, rows }));
    case "spent":
      if (sent.kind === "answered" && sent.status === 409) return outcome(spent(effect, found.why));
      return outcome(await putAway(run, effect, found.rows));
    case "absent":
      if (sent.kind === "unanswered") return { kind: "unanswered", why: sent.why };
      if (sent.status >= 500)
        return { kind: "refused", why: `the gateway answered ${sent.status} and did not grant it` };
      return await refusal(run, effect, sent.status);
  }
}

/** The grant among the pair's approved ones: one listing reads it back and shows what else there is. */
function tryFindMade(run: HoopRun, effect: HoldEffect, rows: readonly SessionItem[]): Found | undefined {
  const text = correlationText(effect.correlation);
  const made = rows.filter((row): row is GrantRow => row.correlation === text && row.review !== undefined);
  const standing = made.find((row) => isAsAsked(run, effect, row));
  return standing === undefined ? undefined : { kind: "standing", row: standing };
}

function approvedRows(run: HoopRun, effect: HoldEffect): Promise<readonly SessionItem[]> {
  return pairRows(run, effect, { reviewStatus: "APPROVED" });
}

function spent(effect: HoldEffect, why: string): EffectOutcome {
  return { kind: "refused", effect, because: "spent", why };
}

function outcome(of: EffectOutcome): Asked {
  return { kind: "outcome", outcome: of };
}

/** By our clock: the gateway counts a length from when it hears of it, so skew does not matter. */
function secondsLeft(run: HoopRun, effect: HoldEffect): number {
  const left = Math.floor((epochMsOf(effect.end) - epochMsOf(run.context.clock.now())) / 1000);
  return Math.min(left, longestGrantSeconds);
}

type Sent =
  { readonly kind: "answered"; readonly status: number } | { readonly kind: "unanswered"; readonly why: string };

async function send(run: HoopRun, effect: HoldEffect, seconds: number): Promise<Sent> {
  const { person: user, connection, metadata } = effect;
  const correlation = correlationText(effect.correlation);
  try {
    const grant = { user, connection, seconds, correlation, metadata };
    const answer = await provision(run.context.writer, grant);
    return { kind: "answered", status: answer.status };
  } catch (thrown) {
    if (isFailure(thrown, "credential")) throw thrown;
    return { kind: "unanswered", why: whyOf(thrown) };
  }
}

/** Of what was just made the length must be the one asked for. */
async function confirm(
  run: HoopRun,
  effect: HoldEffect,
  made: {
    readonly row: GrantRow;
    readonly asked: readonly number[];
    readonly rows: readonly SessionItem[] | undefined;
  },
): Promise<EffectOutcome> {
  const { row, asked, rows } = made;
  // Where a repeat is refused, what stands may be an earlier asking's.
  const isRight = asked.includes(row.review.duration / 1_000_000) || run.context.dialect.refusesRepeats;
  return isRight ? await settle(run, effect, row, rows) : await putAway(run, effect, [row]);
}

/** What the gateway made is not what was asked for: it must not stay. */
async function putAway(run: HoopRun, effect: HoldEffect, rows: readonly GrantRow[]): Promise<EffectOutcome> {
  for (const row of rows) if (isOpenGrant(row)) await closeReview(run, row.review);
  const states = [...new Set(rows.map((row) => stateOf(row)))].join(", ");
  const why = `the gateway made something else of it (${states}); it was put away`;
  return { kind: "refused", effect, because: "permanent", why };
}

/**
 * Why a grant was refused, found out by looking: the gateway's words can name the wrong thing. Where nothing is wrong and
 * the answer is none that the gateway gives (section 2: an unknown user or connection is a 400), it is not believed.
 */
async function refusal(run: HoopRun, effect: HoldEffect, status: number): Promise<Asked> {
  const { writer } = run.context;
  const user = await tryFindUser(writer, effect.person);
  if (user === undefined && !(await isUserListed(run, effect.person)))
    return refused(effect, "the gateway does not know this user");
  if (user?.isActive === false) return refused(effect, "this user is not active at the gateway");
  const connection = await tryFindConnection(writer, effect.connection);
  if (connection === undefined && !(await isConnectionListed(run, effect.connection)))
    return refused(effect, "the gateway does not have this connection, or hides it from the key");
  if (connection !== undefined && connection.mandatoryMetadata.length > 0)
    return refused(effect, "the connection asks for metadata that no lease has");
  if (status < 300) {
    const why = `the gateway answered ${status}, and there is no such grant`;
    return outcome({ kind: "unknown", effect, why });
  }
  if (passing.has(status)) return { kind: "refused", why: `the gateway answered ${status} and did not grant it` };
  return refused(effect, `the gateway refused it with ${status}`);
}

/** Not found though it is there, too early, too many: what stands between says so, and not for good. */
const passing: ReadonlySet<number> = new Set([404, 408, 425, 429]);

function refused(effect: HoldEffect, why: string): Asked {
  return outcome({ kind: "refused", effect, because: "permanent", why });
}

/** Takes away the pair's other leases of ours, without cutting sessions, and says what stands. */
async function settle(
  run: HoopRun,
  effect: HoldEffect,
  kept: GrantRow,
  listed?: readonly SessionItem[],
): Promise<EffectOutcome> {
  const rows = (listed ?? (await approvedRows(run, effect))).filter(isOpenGrant);
  for (const row of rows) {
    if (row.review !== undefined && row.review.id !== kept.review.id && isOurs(run.context, row)) {
      await closeReview(run, row.review);
    }
  }
  const foreign = rows.filter((row) => row.review?.type === "jit" && !isOurs(run.context, row));
  const isNewest = foreign.every((row) => (row.review?.createdAt ?? 0) <= kept.review.createdAt);
  run.context.owners.set(kept.id, { user: kept.user, connection: kept.connection, correlation: kept.correlation });
  return { kind: "held", effect, lease: leaseNow(run, kept, !run.context.dialect.newestCounts || isNewest) };
}

function leaseNow(run: HoopRun, row: GrantRow, isDeciding: boolean): ObservedLease {
  const owner = { user: row.user, connection: row.connection, correlation: row.correlation };
  return leaseOf({ review: row.review, owner }, { isDeciding, nowMicros: gatewayNowMs(run.context) * 1000 });
}
