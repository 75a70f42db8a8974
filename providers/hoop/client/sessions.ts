/** `/sessions`: grants and live lines alike are rows here. Sections 6 and 8 of gateway/hoop-api.md. */
import { failure } from "../../../lib/errors";
import { instantOf } from "../../../lib/model/instant";
import { limits } from "../../../lib/model/limits";
import type { Api, ApiAnswer } from "./api";
import { reviewFieldsOf, type ReviewFields } from "./reviews";
import { fieldsOf, listOf, microsField, optionalMicros, optionalText, textField } from "./shape";

/** One row. Times are microseconds since 1970. */
export interface SessionItem {
  readonly id: string;
  /** The e-mail of whose it is. */
  readonly user: string;
  readonly connection: string;
  /** `done` is over; all else may be live. */
  readonly status: string;
  /** Carries our identity: nobody can change it, unlike `metadata`, which is never read. */
  readonly correlation: string | undefined;
  readonly startedAt: number;
  /** Undefined while it is not over. */
  readonly endedAt: number | undefined;
  readonly review: ReviewFields | undefined;
}

/** What to list. `user` is the gateway's subject of a user. Both are patterns there: compare again. */
export interface SessionFilter {
  readonly user?: string;
  readonly connection?: string;
  readonly reviewStatus?: "APPROVED" | "PENDING";
}

/** The rows with exactly this correlation, newest first. */
export async function sessionsByCorrelation(api: Api, correlation: string): Promise<readonly SessionItem[]> {
  // An empty value would list everything.
  if (correlation === "") return [];
  const query = { correlation_id: correlation, limit: "100", count: "none" };
  const page = pageOf(await api.read({ method: "GET", path: ["sessions"], query }));
  return page.items.filter((item) => item.correlation === correlation);
}

/** One row by its id; undefined when there is none. */
export async function tryFindSession(api: Api, id: string): Promise<SessionItem | undefined> {
  const json = await api.tryRead({ method: "GET", path: ["sessions", id] });
  return json === undefined ? undefined : sessionOf(json);
}

/**
 * All rows of a filter, newest first, each once, in pages. The gateway gives no more than the newest
 * 10,100 of a query, so beyond them it is asked again up to the oldest second seen. Throws E502 when
 * it cannot give the whole.
 */
export async function* walkSessions(
  api: Api,
  filter: SessionFilter,
  maxPages: number = limits.httpPages,
): AsyncIterable<readonly SessionItem[]> {
  const seen = new Set<string>();
  let until = farFuture;
  let offset = 0;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const query = { ...queryOf(filter), start_date: farPast, end_date: until, offset: String(offset) };
    const page = pageOf(await api.read({ method: "GET", path: ["sessions"], query }));
    // Every page begins with a row of the one before, unless rows have left the list: then others moved up, past the offset.
    if (offset > 0 && !seen.has(page.items[0]?.id ?? "")) {
      offset = Math.max(0, offset - pageSize);
      continue;
    }
    const fresh = page.items.filter((item) => !seen.has(item.id));
    for (const item of fresh) seen.add(item.id);
    if (fresh.length > 0) yield fresh;
    if (!page.hasNext) return;
    offset += pageSize - 1;
    if (offset > largestOffset) {
      const oldest = page.items.at(-1);
      const next = oldest === undefined ? until : secondAfter(oldest);
      if (next >= until) throw incomplete(api);
      until = next;
      offset = 0;
    }
  }
  throw incomplete(api);
}

/** `end_date` is cut to its second and not the rows: what began later in the oldest one's second comes before the next. */
function secondAfter(row: SessionItem): string {
  return `${instantOf(row.startedAt / 1000 + 1000).slice(0, 19)}Z`;
}

/** `walkSessions` gathered. */
export async function listSessions(api: Api, filter: SessionFilter): Promise<readonly SessionItem[]> {
  const all: SessionItem[] = [];
  for await (const page of walkSessions(api, filter)) all.push(...page);
  return all;
}

/** Asks for a grant; any answer says little: read back. */
export function provision(
  api: Api,
  grant: {
    readonly user: string;
    readonly connection: string;
    readonly seconds: number;
    readonly correlation: string;
    readonly metadata: Readonly<Record<string, string>>;
  },
): Promise<ApiAnswer> {
  const body = {
    user_email: grant.user,
    connection: grant.connection,
    access_duration_sec: grant.seconds,
    correlation_id: grant.correlation,
    metadata: boundedMetadata(grant.metadata),
  };
  return api.write({ method: "POST", path: ["sessions", "provision"], body });
}

/** Cuts a session's stream; 204 proves nothing: look again. */
export function kill(api: Api, sessionId: string): Promise<ApiAnswer> {
  return api.write({ method: "POST", path: ["sessions", sessionId, "kill"] });
}

const pageSize = 100;
const largestOffset = 10_000;
const farPast = "1970-01-01T00:00:00Z";
/** `end_date` is "now" when left out and then hides the newest rows. */
const farFuture = "2999-01-01T00:00:00Z";

function queryOf(filter: SessionFilter): Record<string, string> {
  return {
    ...(filter.user === undefined ? {} : { user: filter.user }),
    ...(filter.connection === undefined ? {} : { connection: filter.connection }),
    ...(filter.reviewStatus === undefined ? {} : { "review.status": filter.reviewStatus }),
    limit: String(pageSize),
    count: "none",
  };
}

function pageOf(json: unknown): { readonly items: readonly SessionItem[]; readonly hasNext: boolean } {
  const page = fieldsOf(json, "sessions");
  const items = listOf(page["data"], "sessions.data").map((item) => sessionOf(item));
  // Left out or of another kind: a truncated page must not pass for the last one.
  const hasNext = page["has_next_page"];
  if (typeof hasNext !== "boolean")
    throw failure("E502", { detail: "a page of sessions without its end", fix: againFix });
  return { items, hasNext };
}

function sessionOf(json: unknown): SessionItem {
  const fields = fieldsOf(json, "session");
  const review = fields["review"];
  return {
    id: textField(fields, "id", "session"),
    user: textField(fields, "user", "session"),
    connection: textField(fields, "connection", "session"),
    status: textField(fields, "status", "session"),
    correlation: optionalText(fields, "correlation_id", "session"),
    startedAt: microsField(fields, "start_date", "session"),
    endedAt: optionalMicros(fields, "end_date", "session"),
    review: review === null || review === undefined ? undefined : reviewFieldsOf(review, "session.review"),
  };
}

/** At most 20 keys, key and value at most 2,500 characters, or hoop refuses the whole grant. */
function boundedMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(metadata).slice(0, 20);
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(0, 100), value.slice(0, 2000)]));
}

const againFix = "run it again; if it stays, the gateway holds more sessions than can be listed";

function incomplete(api: Api): Error {
  return failure("E502", { detail: `gateway ${api.gateway}: the sessions cannot be listed completely`, fix: againFix });
}
