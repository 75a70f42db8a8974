import type { Digest } from "../model/canonical";
import type { Decision } from "../model/decision";
import type { DesiredState } from "../model/desired";
import type { ProviderDescription } from "../model/gateway";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { ObservedState } from "../model/observed";
import type { SpoolEntry } from "../model/record";
import type { RequestSet } from "../model/request";

/** What the gateways hold, by gateway; `log`: what the fold says we last did. */
export type Observed = ReadonlyMap<string, ObservedState> | "log";

/** Everything that a Plan depends on. */
export interface PlanInput {
  readonly asOf: Instant;
  readonly state: LogState;
  readonly installation: string;
  /** The Manifest that `desired` was made by. */
  readonly manifest: Manifest;
  readonly manifestDigest: Digest;
  /** The accepted one; while it is another, what widens waits for it. */
  readonly policyInForce?: Digest;
  readonly requests: RequestSet;
  readonly desired: DesiredState;
  /** A gateway that is missing here could not be asked: nothing new is planned on it, endings are. */
  readonly observed: Observed;
  /** Needed for each gateway observed. */
  readonly descriptions: ReadonlyMap<string, ProviderDescription>;
  readonly spool: readonly SpoolEntry[];
  /** Given: only approved Grants are activated. Absent: approvals are assumed, and listed. */
  readonly decisions?: ReadonlyMap<GrantId, Decision>;
  /** How many removals through removed files somebody confirmed; counts only when exact. */
  readonly confirmRemovals?: number;
  /** Whether what others changed at a gateway is put back where that does not narrow. */
  readonly repairs: "narrowing" | "all";
  /** Principals that no configuration Action takes anything from; endings are never limited by it. */
  readonly protectedPrincipals: readonly string[];
}
