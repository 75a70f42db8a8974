import type { ProviderDescription } from "../../lib/model/gateway";
import type { PostgresqlContext } from "./context";
import { readAnyListing } from "./listing";
import { holdsEntry } from "./login-rules";

/**
 * Describes a database with direct leases. By itself the server keeps everybody out after the end (VALID UNTIL) where it
 * checks passwords; it never cuts a session, so sessions end only while Leasehold runs.
 */
export async function describe(context: PostgresqlContext): Promise<ProviderDescription> {
  const listing = await readAnyListing(context);
  return {
    gateway: context.gateway,
    provider: "postgresql",
    version: listing.server,
    holds: { entry: holdsEntry(listing), sessions: false, overrun: "unbounded" },
    maxSliceSeconds: listing.maxSeconds,
    kinds: ["postgresql"],
    principals: ["user", "service"],
    guardrailKinds: [],
    maxGuardrails: 0,
    maxMaskingRules: 0,
    installation: listing.installation,
    everHeld: listing.everHeld,
    skewMs: Math.round(listing.nowMs - listing.askedAtMs),
    storesSecrets: false,
    endingsPerSecond: 10,
    sealsSecrets: true,
  };
}
