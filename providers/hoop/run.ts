/** One call of `apply`: what its effects share, and how a failure becomes an outcome. */
import { isFailure } from "../../lib/errors";
import type { GrantId } from "../../lib/model/grant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { Effect, EffectOutcome, Secrets } from "../../lib/ports";
import { listConnections } from "./client/connections";
import { listSessions, type SessionItem } from "./client/sessions";
import { isOpenReview } from "./client/reviews";
import { listUsers, type UserItem } from "./client/users";
import type { HoopContext } from "./context";

/** One call of `apply`. */
export interface HoopRun {
  readonly context: HoopContext;
  readonly secrets: Secrets;
  readonly signal: AbortSignal | undefined;
  /** Users by exact e-mail, read once; undefined when they could not be read. */
  readonly users: () => Promise<ReadonlyMap<string, UserItem> | undefined>;
}

/** A person and a Connection's gateway name. */
export interface PairName {
  readonly person: string;
  readonly connection: string;
}

/** Starts a run. */
export function makeRun(
  context: HoopContext,
  options: { readonly secrets: Secrets; readonly signal?: AbortSignal },
): HoopRun {
  let users: Promise<ReadonlyMap<string, UserItem> | undefined> | undefined;
  return {
    context,
    secrets: options.secrets,
    signal: options.signal,
    users: () => (users ??= readUsers(context)),
  };
}

/**
 * The rows of exactly one pair, newest first. The gateway's filters are patterns and want a subject,
 * so without a known one only the Connection is asked for; either way all is compared again here.
 */
export async function pairRows(
  run: HoopRun,
  pair: PairName,
  filter: { readonly reviewStatus?: "APPROVED" } = {},
): Promise<readonly SessionItem[]> {
  const user = await tryFindSubject(run, pair.person);
  const rows = await listSessions(run.context.writer, {
    connection: pair.connection,
    ...(user === undefined ? {} : { user }),
    ...filter,
  });
  return rows.filter((row) => row.user === pair.person && row.connection === pair.connection);
}

/** Whether a row carries our installation in the one place that nobody can rewrite. */
export function isOurs(context: HoopContext, row: Pick<SessionItem, "correlation">): boolean {
  if (row.correlation === undefined) return false;
  return tryParseCorrelation(row.correlation)?.installation === context.installation;
}

/** The grant that a row was made for, by its correlation, of whatever installation; undefined for what carries none. */
export function grantOfRow(row: Pick<SessionItem, "correlation">): GrantId | undefined {
  return row.correlation === undefined ? undefined : tryParseCorrelation(row.correlation)?.grant;
}

/** Whether a row is a grant that lets somebody in or could. */
export function isOpenGrant(row: SessionItem): boolean {
  return row.review !== undefined && isOpenReview(row.review);
}

/** Whether the list of all has a Connection: a 404 for one may come from what stands between us and the gateway. */
export async function isConnectionListed({ context: { writer } }: HoopRun, name: string): Promise<boolean> {
  return (await listConnections(writer)).some((one) => one.name === name);
}

/** The same of a user, by exact e-mail. */
export async function isUserListed({ context: { writer } }: HoopRun, email: string): Promise<boolean> {
  return (await listUsers(writer)).some((one) => one.email === email);
}

/** A failure in the middle of an effect: without rights nothing was done, otherwise nobody knows. */
export function outcomeOfFailure(effect: Effect, thrown: unknown): EffectOutcome {
  if (!isFailure(thrown)) throw thrown;
  const why = whyOf(thrown);
  return isFailure(thrown, "credential")
    ? { kind: "refused", effect, because: "credential", why }
    : { kind: "unknown", effect, why };
}

/** The sentence of a failure: texts of our own, never the gateway's. */
export function whyOf(thrown: unknown): string {
  if (!isFailure(thrown)) throw thrown;
  const [first] = thrown.diagnostics;
  return first?.detail ?? thrown.message;
}

async function tryFindSubject(run: HoopRun, person: string): Promise<string | undefined> {
  if (run.context.dialect.checksUsers) return person;
  return (await run.users())?.get(person)?.subject;
}

async function readUsers(context: HoopContext): Promise<ReadonlyMap<string, UserItem> | undefined> {
  try {
    return new Map((await listUsers(context.writer)).map((user) => [user.email, user]));
  } catch (thrown) {
    if (isFailure(thrown, "unreachable")) return undefined;
    throw thrown;
  }
}
