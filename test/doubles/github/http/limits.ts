import type { World } from "../world/world";

/** The primary rate limit: so many calls an hour for each credential. */
export class RateLimits {
  private readonly windows = new Map<string, { used: number; resetAt: number }>();

  constructor(private readonly world: World) {}

  /** Counts a call (one answered 304 costs nothing); gives GitHub's headers and whether it is over the limit. */
  count(
    who: string,
    resource: string,
    cost: 0 | 1,
  ): { readonly headers: Readonly<Record<string, string>>; readonly isOver: boolean } {
    const seconds = Math.floor(this.world.milliseconds() / 1000);
    const key = `${who} ${resource}`;
    let window = this.windows.get(key);
    if (window === undefined || window.resetAt <= seconds) {
      window = { used: 0, resetAt: seconds + 3600 };
      this.windows.set(key, window);
    }
    const limit = this.world.limits.rateLimit;
    const isOver = window.used >= limit;
    if (!isOver) window.used += cost;
    return { isOver, headers: limitHeaders({ limit, used: window.used, resetAt: window.resetAt, resource }) };
  }
}

/** GitHub's headers of the primary limit. */
export function limitHeaders(state: {
  readonly limit: number;
  readonly used: number;
  /** Seconds since 1970. */
  readonly resetAt: number;
  readonly resource: string;
}): Readonly<Record<string, string>> {
  return {
    "x-ratelimit-limit": String(state.limit),
    "x-ratelimit-remaining": String(Math.max(0, state.limit - state.used)),
    "x-ratelimit-used": String(state.used),
    "x-ratelimit-reset": String(state.resetAt),
    "x-ratelimit-resource": state.resource,
  };
}
