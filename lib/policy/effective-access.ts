import type { GrantId } from "../model/grant";
import { isActive } from "../model/grant";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { ConnectionId, PersonId } from "../model/names";

/** One way into a Resource that a person has at an instant. */
export interface HeldLevel {
  readonly level: string;
  readonly connection: ConnectionId;
  readonly grant: GrantId;
  readonly request: string;
  readonly end: Instant;
}

/** What a person can do on one Resource at an instant. */
export interface EffectiveAccess {
  /** Sorted by level, then by end, the latest first. */
  readonly held: readonly HeldLevel[];
  /** `none`, or the levels and how they are held: `read (orders-4711), write (orders-4712)`. */
  readonly words: string;
}

/** What a person can do on a Resource at an instant, by the fold of the Log; unknown Resources give none. */
export function effectiveAccess(
  manifest: Manifest,
  state: LogState,
  person: PersonId,
  resource: string,
  at: Instant,
): EffectiveAccess {
  const here = new Set(manifest.connections.filter((one) => one.resource === resource).map((one) => one.id));
  const held: HeldLevel[] = [];
  for (const grant of state.grants.values()) {
    const { facts, end } = grant;
    if (facts.person !== person || end === undefined || !isActive(grant, at)) continue;
    if (facts.resource !== resource && !here.has(facts.connection)) continue;
    held.push({
      level: facts.level,
      connection: facts.connection,
      grant: facts.grant,
      request: facts.request,
      end,
    });
  }
  held.sort((a, b) => compare(a.level, b.level) || compare(b.end, a.end) || compare(a.grant, b.grant));
  return { held, words: accessWords(held.map(({ level, request }) => ({ level, how: request }))) };
}

/** `none`, or each level once with how it is held: `read (orders-4711), write (orders-4712, orders-4713)`, the first ten. */
export function accessWords(held: readonly { readonly level: string; readonly how: string }[]): string {
  const byLevel = new Map<string, Set<string>>();
  for (const { level, how } of held) byLevel.set(level, (byLevel.get(level) ?? new Set()).add(how));
  if (byLevel.size === 0) return "none";
  return [...byLevel]
    .sort(([a], [b]) => compare(a, b))
    .map(([level, ways]) => `${level} (${waysWords([...ways].sort())})`)
    .join(", ");
}

/** The first of them: every Action of a pair says them, and thousands of requests for one pair must not make that millions. */
function waysWords(ways: readonly string[]): string {
  const more = ways.length - mostWays;
  return more <= 0 ? ways.join(", ") : `${ways.slice(0, mostWays).join(", ")} and ${more} more`;
}

const mostWays = 10;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
