import type { ProviderHolds } from "../model/gateway";
import { plusSeconds, secondsBetween, type Instant } from "../model/instant";

/** The end that never comes: what stands for "unbounded" where an instant is asked for. */
const never: Instant = "9999-12-31T23:59:59.999Z";

/** The latest that somebody can possibly be in without us, by what a provider holds by itself. */
export function worstCaseEnd(lease: {
  readonly activatedAt: Instant;
  readonly end: Instant;
  readonly holds: ProviderHolds | undefined;
}): Instant {
  const { activatedAt, end, holds } = lease;
  switch (holds?.overrun) {
    case "none":
      return end;
    case "one duration":
      return plusSeconds(end, Math.max(0, secondsBetween(activatedAt, end)));
    case "unbounded":
    case undefined:
      return never;
  }
}
