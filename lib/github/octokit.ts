import type { Octokit } from "@octokit/rest" with { "resolution-mode": "import" };
import { limits } from "../model/limits";
import type { Clock } from "../ports";
import type { Fetch } from "./http-fetch";

/** What the two octokits are made of. */
export interface OctokitParts {
  readonly apiUrl: string;
  readonly token: string;
  readonly userAgent: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** How long a second of waiting takes. */
  readonly waitUnitMs: number;
}

/** One octokit for reading and one for writing. */
export interface Octokits {
  readonly reading: Octokit;
  readonly writing: Octokit;
}

/**
 * Makes both with the plugins for throttling and retries. Reading repeats an answer with 5xx twice and waits for a
 * short rate limit. GraphQL is always a POST, which the plugin would let through once a second only; ours only
 * read. Writing keeps GitHub's pace (a second between writes, three where people are notified), and
 * is never repeated, but after a rate limit, which says that nothing was done.
 */
export async function makeOctokits(parts: OctokitParts): Promise<Octokits> {
  const [{ Octokit: Plain }, { throttling }, { retry }] = await Promise.all([
    import("@octokit/rest"),
    import("@octokit/plugin-throttling"),
    import("@octokit/plugin-retry"),
  ]);
  const Plugged = Plain.plugin(retry, throttling);
  const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const common = {
    auth: parts.token,
    baseUrl: parts.apiUrl,
    userAgent: parts.userAgent,
    log: silent,
    request: { fetch: parts.fetch, log: silent },
  };
  const throttle = {
    onRateLimit: isWorthWaiting,
    onSecondaryRateLimit: isWorthWaiting,
    retryAfterBaseValue: parts.waitUnitMs,
    notifications: everyMs(parts.clock, 3_000),
  };
  const repeat = { retryAfterBaseValue: parts.waitUnitMs, doNotRetry: neverRepeated };
  const reading = new Plugged({
    ...common,
    throttle: unchecked({ ...throttle, write: everyMs(parts.clock, 0) }),
    retry: { ...repeat, retries: 2 },
  });
  const writing = new Plugged({
    ...common,
    throttle: unchecked({ ...throttle, write: everyMs(parts.clock, 1_000) }),
    retry: { ...repeat, retries: 0 },
  });
  return { reading, writing };
}

/** Answers that asking again does not change, and 429, which the throttling sees to. */
const neverRepeated = [304, 400, 401, 403, 404, 405, 409, 410, 415, 422, 429, 451];

const mostRateLimitWaits = 2;

function isWorthWaiting(seconds: number, _options: unknown, _octokit: unknown, waitedBefore: number): boolean {
  return seconds <= limits.githubRateLimitSeconds && waitedBefore < mostRateLimitWaits;
}

/** Stands in for a group of Bottleneck: the one method that the plugin calls, on our clock. */
function everyMs(clock: Clock, ms: number): object {
  let free: Promise<void> = Promise.resolve();
  let last = Number.NEGATIVE_INFINITY;
  const turn = async (): Promise<void> => {
    const left = last + ms - clock.monotonicMs();
    if (left > 0) await clock.sleep(left);
    last = clock.monotonicMs();
  };
  return {
    key: () => ({
      schedule: async (_job: unknown, run: () => Promise<unknown>) => {
        if (ms > 0) await (free = free.then(turn));
        return await run();
      },
    }),
  };
}

/** The plugin's types name the class Bottleneck.Group, of which it uses one method. */
function unchecked<T extends object>(options: T): T & { readonly write: never; readonly notifications: never } {
  return options as T & { readonly write: never; readonly notifications: never };
}

function quiet(): void {
  // octokit would write to the console.
}
