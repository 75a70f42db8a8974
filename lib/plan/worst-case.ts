import type { ProviderHolds } from "../model/gateway";
import { assertNever } from "../model/exhaustive";
import { plusSeconds, type Instant } from "../model/instant";

/**
 * The latest that a session can last by what the provider holds without us; undefined when nothing
 * bounds it. `leaseSeconds` is the length of the Lease, `end` its end or the latest that it can have.
 */
export function worstCaseEnd(lease: {
  readonly end: Instant;
  readonly leaseSeconds: number;
  readonly holds: ProviderHolds | undefined;
}): Instant | undefined {
  const { end, leaseSeconds, holds } = lease;
  if (holds === undefined) return undefined;
  if (holds.sessions) return end;
  switch (holds.overrun) {
    case "none":
      return end;
    case "one duration":
      return plusSeconds(end, leaseSeconds);
    case "unbounded":
      return undefined;
    default:
      return assertNever(holds.overrun);
  }
}
