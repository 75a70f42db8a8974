/**
 * What a person can do with no more than their own token: say who they are, and give back what they
 * hold. The beneficiary may revoke and kill what is theirs (sections 7 and 8 of gateway/hoop-api.md).
 */
import { failure } from "../../lib/errors";
import type { Clock, Http } from "../../lib/ports";
import { makeApi, type Api } from "./client/api";
import { readCallerFacts, type CallerFacts } from "./client/server";
import { isOpenReview, putReviewStatus, tryFindReview } from "./client/reviews";
import { kill, listSessions, type SessionItem } from "./client/sessions";
import { hoopDialect, type Dialect } from "./dialect";

/** A person at a gateway, by their token. */
export interface Holder {
  readonly gateway: string;
  readonly url: string;
  readonly token: string;
  readonly http: Http;
  readonly clock: Clock;
  /** @default hoopDialect */
  readonly dialect?: Dialect;
}

/** What was given back. */
export interface GivenBack {
  readonly person: string;
  /** Leases that were in force or waiting, and are not any more. */
  readonly leases: number;
  readonly sessionsCut: number;
}

/** Who a token belongs to, by the gateway. Throws E501 when it belongs to nobody. */
export async function whoIs(holder: Holder): Promise<CallerFacts> {
  return await readCallerFacts(apiOf(holder));
}

/**
 * Ends everything that the token's holder has on one Connection, by its gateway name, and cuts their
 * sessions there. Throws E507 when they hold nothing, E502 when something of it stays.
 */
export async function giveBackAsHolder(holder: Holder, connection: string): Promise<GivenBack> {
  const api = apiOf(holder);
  const { email } = await readCallerFacts(api);
  const reviews = new Set<string>();
  const lines = new Set<string>();
  const dialect = holder.dialect ?? hoopDialect;
  await clearOwn(api, holder, { email, connection, reviews, lines });
  let waited = 0;
  for (const afterMs of dialect.sweepsMs) {
    await holder.clock.sleep(afterMs - waited);
    waited = afterMs;
    await clearOwn(api, holder, { email, connection, reviews, lines });
  }
  if (reviews.size === 0 && lines.size === 0) {
    throw failure("E507", {
      detail: `${email} holds nothing on ${connection} at gateway ${holder.gateway}`,
      fix: "see what is held with leasehold status",
    });
  }
  return { person: email, leases: reviews.size, sessionsCut: lines.size };
}

interface Own {
  readonly email: string;
  readonly connection: string;
  /** Reviews and sessions ended so far. */
  readonly reviews: Set<string>;
  readonly lines: Set<string>;
}

const maxRounds = 8;

async function clearOwn(api: Api, holder: Holder, own: Own): Promise<void> {
  for (let round = 0; round < maxRounds; round += 1) {
    const rows = (await listSessions(api, { connection: own.connection })).filter(
      (row) => row.user === own.email && row.connection === own.connection,
    );
    const open = rows.filter((row) => row.review !== undefined && isOpenReview(row.review));
    const lines = rows.filter((row) => row.review === undefined && row.status !== "done");
    if (open.length === 0 && lines.length === 0) return;
    for (const row of open) await closeOwn(api, row, own);
    for (const row of lines) {
      await kill(api, row.id);
      if (row.correlation === undefined) own.lines.add(row.id);
    }
    if (round > 0) await holder.clock.sleep(200 * round);
  }
  throw failure("E502", {
    detail: `gateway ${holder.gateway}: something stays open on connection ${own.connection}`,
    fix: "run it again; if it stays, ask somebody with a writer's key to run leasehold revoke",
  });
}

async function closeOwn(api: Api, row: SessionItem, own: Own): Promise<void> {
  const { review } = row;
  if (review === undefined) return;
  await putReviewStatus(api, review.id, review.status === "APPROVED" && review.type === "jit" ? "REVOKED" : "REJECTED");
  await kill(api, row.id);
  const after = await tryFindReview(api, review.id);
  if (after === undefined || !isOpenReview(after)) own.reviews.add(review.id);
}

function apiOf(holder: Holder): Api {
  const { gateway, url, http, clock, token } = holder;
  return makeApi({ gateway, url, http, clock, key: async () => token });
}
