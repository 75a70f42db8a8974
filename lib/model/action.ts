import type { Digest } from "./canonical";
import type { GatewayObject, ObjectSubject } from "./gateway-object";
import type { EndReason, GrantId, RejectReason } from "./grant";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";
import type { ResourceClass } from "./resource";

/** Whether somebody can do more afterwards, less, or the same. */
export type Direction = "widens" | "narrows" | "neutral";

/** Why a configuration Action is there. */
export type ConfigurationReason =
  "declared" | "differs" | "secret changed" | "deleted outside" | "no longer declared" | "gate incomplete" | "adopted";

/** Why a lease Action is there. */
export type LeaseReason =
  "requested" | "extended" | "shortened" | "renewed" | "held without a record" | EndReason | RejectReason;

/** One change and why; closed. */
export type ActionReason = ConfigurationReason | LeaseReason;

/** A change to a gateway's configuration. */
export interface ConfigurationAction {
  readonly family: "configuration";
  readonly kind: "create" | "update" | "delete";
  readonly gateway: string;
  readonly subject: ObjectSubject;
  readonly before: GatewayObject | null;
  readonly after: GatewayObject | null;
  readonly reason: ConfigurationReason;
  readonly direction: Direction;
  /** Digest of what was observed of the subject; null when nothing was there. */
  readonly observed: Digest | null;
  /** Whether it waits for the policy to be accepted. */
  readonly waitsForPolicy: boolean;
}

/** Whose access, and to what. */
export interface LeaseSubject {
  /** Absent only on something held at the gateway without a record. */
  readonly grant?: GrantId;
  readonly request?: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly gatewayName: string;
  readonly resource: string;
  readonly level: string;
}

/** The lease of a pair as it stands or will stand. */
export interface LeaseView {
  /** Absolute end, once it is fixed. */
  readonly endsAt?: Instant;
  /** Length from activation, while the end is not fixed. */
  readonly durationSeconds?: number;
  /** The latest that access can possibly be there by what the provider holds, when fixed or bounded. */
  readonly worstCaseEnd?: Instant;
}

/** A change to somebody's access. */
export interface LeaseAction {
  readonly family: "lease";
  readonly kind: "activate" | "change" | "end" | "reject";
  readonly gateway: string;
  readonly subject: LeaseSubject;
  readonly before: LeaseView | null;
  readonly after: LeaseView | null;
  readonly reason: LeaseReason;
  /** The new end of the Grant itself, where a narrowed request shortens it. */
  readonly grantEnd?: Instant;
  readonly rule?: string;
  readonly class: ResourceClass;
  readonly direction: Direction;
  readonly observed: Digest | null;
  readonly waitsForPolicy: boolean;
  /** Why somebody asked, for `activate`. */
  readonly why?: string;
  readonly ticket?: string;
  readonly startAfter?: Instant;
  readonly startBefore?: Instant;
  readonly guardrails: readonly string[];
  readonly maskingRules: readonly string[];
  /** The effective level on this Resource before and after: `none`, or levels and how they are held. */
  readonly effective: { readonly before: string; readonly after: string };
  /** What is asked before it starts, in words; `automatic` when nobody is. */
  readonly approval?: string;
}

/** One change and why. */
export type Action = ConfigurationAction | LeaseAction;
