import type { Digest } from "./canonical";
import type { GatewayObject, ObjectSubject } from "./gateway-object";
import type { GrantId } from "./grant";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";
import type { ResourceClass } from "./resource";
import type { ApprovalRule } from "./rule";

/** One person x one Connection x one request, as policy and request want it. */
export interface DesiredGrant {
  readonly id: GrantId;
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly resource: string;
  readonly level: string;
  readonly class: ResourceClass;
  readonly labels: Readonly<Record<string, string>>;
  readonly gateway: string;
  readonly gatewayName: string;
  /** The group through which the request names this person, if it does. */
  readonly via?: string;
  readonly durationSeconds: number;
  readonly startAfter?: Instant;
  readonly startBefore: Instant;
  readonly reason: string;
  readonly ticket?: string;
  readonly rule: string;
  readonly ruleDigest: Digest;
  readonly approval: ApprovalRule;
  readonly guardrails: readonly string[];
  readonly maskingRules: readonly string[];
  /** Digest of what the level carries, where the rules say it. */
  readonly privilegesDigest?: Digest;
}

/** Why a rule says no to one pair of a request, closed. */
export type RefusalReason =
  | "unknown person"
  | "unknown connection"
  | "unknown group"
  | "unknown rule"
  | "no rule"
  | "longer than the rule allows"
  | "longer than the organisation allows"
  | "start too far ahead"
  | "ticket required"
  | "group may only approve"
  | "too many pairs"
  | "opted out"
  | "name is spent"
  | "edited after merge"
  | "depends on the edit"
  | "cannot be held"
  | "user unknown at the gateway"
  | "foreign object"
  | "another installation"
  | "protected principal";

/** One pair of a request, or one object of a configuration, that policy or gateway does not let be, with what to do about it. */
export interface Refusal {
  /** Empty where it is about a gateway's configuration. */
  readonly request: string;
  readonly person?: PersonId;
  readonly connection?: ConnectionId;
  readonly reason: RefusalReason;
  /** The whole sentence for people. */
  readonly sentence: string;
  /** The edit or command that mends it. */
  readonly fix: string;
  readonly rule?: string;
  /** The gateway that is in the way. */
  readonly gateway?: string;
  /** The object of the configuration that it is about. */
  readonly subject?: ObjectSubject;
}

/** A merged request that can no longer be asked as it stands, and so only lies there. */
export interface LapsedRequest {
  readonly request: string;
  /** The whole sentence for people. */
  readonly sentence: string;
}

/** What should be, once approved: configuration and Grants. */
export interface DesiredState {
  /** Digest of the Manifest that decided. */
  readonly policy: Digest;
  readonly grants: readonly DesiredGrant[];
  readonly refusals: readonly Refusal[];
  /** Objects wanted, by name of their gateway. */
  readonly objects: Readonly<Record<string, readonly GatewayObject[]>>;
  /** Objects that may be taken over from somebody else: `<gateway>:<kind>:<name>`. */
  readonly adoptions: readonly string[];
  /** Old requests that started nothing and no longer can. */
  readonly lapsed?: readonly LapsedRequest[];
}
