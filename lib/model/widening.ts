import type { Digest } from "./canonical";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";

/** What one person gains on one Connection by one request: included in another by the rules of DESIGN.md. */
export interface GrantItem {
  readonly kind: "grant";
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly level: string;
  readonly durationSeconds: number;
  readonly startAfter?: Instant;
  readonly startBefore: Instant;
  readonly reason: string;
  readonly ticket?: string;
  /** Digest of the deciding rule. */
  readonly rule: Digest;
  /** Digest of that rule's ApprovalRule. */
  readonly approval: Digest;
  /** Safeguards on the Connection, sorted: `guardrail:<name>`, `masking:<name>`. */
  readonly safeguards: readonly string[];
  /** Digest of what the level carries, where the rules say it: an approval is of that. */
  readonly privileges?: Digest;
}

/** A person in a group that makes somebody eligible, or that a request names. */
export interface MembershipItem {
  readonly kind: "membership";
  readonly group: string;
  readonly person: PersonId;
}

/** An edit of something governed; included only by equal digest. */
export interface GovernedItem {
  readonly kind: "rule" | "approvers" | "safeguard" | "connection" | "resource" | "user" | "config" | "file";
  readonly name: string;
  /** Of what it says; for a file of a commit the Git id of its contents, `gone` where it was deleted. */
  readonly digest: string;
}

/** One thing that somebody gains; see "Widening" in DESIGN.md. */
export type WideningItem = GrantItem | MembershipItem | GovernedItem;
