import type { Actor } from "./actor";
import type { ApprovalGiven, OptOut } from "./approval";
import type { Digest } from "./canonical";
import type { Decision } from "./decision";
import type { GatewayObject, ObjectSubject } from "./gateway-object";
import type { EndReason, GrantId, RejectReason } from "./grant";
import type { Instant } from "./instant";
import type { MergeFacts, PullVerdict } from "./merge";
import type { ConnectionId, PersonId } from "./names";
import type { PinnedAccount } from "./pinned-account";

/** Everything about a Grant that its later life needs, fixed when its activation is intended. */
export interface GrantFacts {
  readonly grant: GrantId;
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly gateway: string;
  readonly gatewayName: string;
  readonly level: string;
  readonly resource: string;
  readonly class: string;
  readonly rule: string;
  readonly ruleDigest: Digest;
  readonly reason: string;
  readonly ticket?: string;
}

/** What an ending came to that was carried out while another held the Log. */
export interface SpooledOutcome {
  readonly grant: GrantId;
  readonly at: Instant;
  readonly sessionsCut: number;
  /** `heldSequence` of the Grant as whoever ended it knew it: where the chain has another, a Lease was asked for since. */
  readonly heldSequence?: number;
}

/** The spool's entries: what takes access away, or keeps it away, and so waits for nobody. */
export type SpoolBody =
  | {
      readonly kind: "end";
      readonly grants: readonly GrantId[];
      readonly reason: EndReason;
      readonly by: Actor;
      readonly note?: string;
      /** Those of the Grants that are out at their gateway already, read back: it only has to be recorded. */
      readonly done?: readonly SpooledOutcome[];
    }
  | { readonly kind: "opt-out"; readonly optOut: OptOut }
  | { readonly kind: "freeze"; readonly by: Actor; readonly note: string };

/** One entry of the spool; `id` is random and makes folding it twice harmless. */
export interface SpoolEntry {
  readonly id: string;
  readonly at: Instant;
  readonly body: SpoolBody;
}

/** What is recorded; closed. An `…intended` is durable before its effect, except for endings. */
export type RecordBody =
  | { readonly type: "log.opened"; readonly installation: string; readonly format: 1 }
  | { readonly type: "epoch.taken"; readonly epoch: number; readonly holder: string }
  | {
      readonly type: "policy.accepted";
      readonly manifest: Digest;
      readonly by: Actor;
      /** The first acceptance of this Log. */
      readonly bootstrap: boolean;
      readonly commit?: string;
      /** Names of requests that were already in that commit: spent. */
      readonly spent: readonly string[];
      /** Digest of that commit's governed files; the list itself is stored beside the Log. */
      readonly governed?: Digest;
      /** The numeric user ids of the declared logins. */
      readonly pinned?: readonly PinnedAccount[];
    }
  | { readonly type: "merge.decided"; readonly merge: MergeFacts; readonly verdict: PullVerdict }
  /** What became of a merge stands on GitHub: in its issue where something was refused, in its pull request's comment. */
  | { readonly type: "merge.told"; readonly commit: string }
  | {
      readonly type: "requests.merged";
      /** Digest of the RequestSet stored beside the Log. */
      readonly set: Digest;
      readonly by: Actor;
      readonly commit?: string;
      /** Names new with this set and their digests, sorted. */
      readonly added: readonly { readonly name: string; readonly digest: Digest }[];
      /** Names with a narrowed spec. */
      readonly narrowed: readonly { readonly name: string; readonly digest: Digest }[];
      readonly removed: readonly string[];
    }
  | { readonly type: "request.refused"; readonly request: string; readonly why: string; readonly final: boolean }
  | { readonly type: "approval.given"; readonly approval: ApprovalGiven }
  | { readonly type: "decision.made"; readonly decision: Decision; readonly policy: Digest }
  | {
      readonly type: "grant.rejected";
      readonly facts: GrantFacts;
      readonly reason: RejectReason;
      readonly detail: string;
      /** The spool entry that ended it before it began. */
      readonly spool?: string;
    }
  | {
      readonly type: "activation.intended";
      readonly facts: GrantFacts;
      /** The Grant's own end, absolute, never later than its caps. */
      readonly end: Instant;
      /** The Lease's end: the latest of the pair. */
      readonly leaseEnd: Instant;
    }
  | {
      readonly type: "activation.done";
      readonly grant: GrantId;
      readonly activatedAt: Instant;
      /** The end that the gateway holds, and the worst case by what it holds by itself. */
      readonly observedEnd: Instant;
      readonly worstCaseEnd: Instant;
      /** What its holder logs in with, sealed to the holder's keys; see `ObservedLease.sealed`. */
      readonly sealed?: string;
    }
  | { readonly type: "activation.failed"; readonly grant: GrantId; readonly detail: string; readonly retry: boolean }
  | {
      readonly type: "change.intended";
      readonly grant: GrantId;
      readonly generation: number;
      readonly leaseEnd: Instant;
      /** A new end of the Grant itself, when a narrowed request shortens it. */
      readonly end?: Instant;
    }
  | {
      readonly type: "change.done";
      readonly grant: GrantId;
      readonly generation: number;
      readonly observedEnd: Instant;
    }
  | { readonly type: "change.failed"; readonly grant: GrantId; readonly generation: number; readonly detail: string }
  | {
      readonly type: "ending.intended";
      readonly grant: GrantId;
      readonly reason: EndReason;
      readonly by: Actor;
      readonly spool?: string;
    }
  | {
      readonly type: "ending.done";
      readonly grant: GrantId;
      readonly reason: EndReason;
      readonly at: Instant;
      readonly by: Actor;
      readonly sessionsCut: number;
      /** Another Grant of the pair goes on: the Lease stays. */
      readonly leaseStays: boolean;
    }
  | {
      /** Refusals of one ending, coalesced to one record a day. */
      readonly type: "ending.refused";
      readonly grant: GrantId;
      readonly day: string;
      readonly detail: string;
    }
  | {
      /** Something of ours at the gateway that the fold does not hold active was ended. */
      readonly type: "stray.ended";
      readonly gateway: string;
      readonly person: string;
      readonly gatewayName: string;
      readonly grant?: GrantId;
    }
  | {
      readonly type: "configuration.intended";
      readonly gateway: string;
      readonly subject: ObjectSubject;
      readonly value: GatewayObject | null;
    }
  | {
      readonly type: "configuration.done";
      readonly gateway: string;
      readonly subject: ObjectSubject;
      readonly value: GatewayObject | null;
      readonly ref?: string;
      readonly secretsUpdatedAt?: string;
    }
  | {
      readonly type: "configuration.failed";
      readonly gateway: string;
      readonly subject: ObjectSubject;
      readonly detail: string;
    }
  | { readonly type: "optout.set"; readonly optOut: OptOut; readonly spool?: string }
  | { readonly type: "optout.lifted"; readonly id: string; readonly by: Actor }
  | { readonly type: "freeze.set"; readonly by: Actor; readonly note: string; readonly spool?: string }
  | { readonly type: "freeze.lifted"; readonly by: Actor }
  | { readonly type: "removals.confirmed"; readonly count: number; readonly by: Actor }
  | { readonly type: "drift.seen"; readonly gateway: string; readonly sentences: readonly string[] }
  | { readonly type: "recovery.started"; readonly why: string }
  | {
      readonly type: "recovery.adopted";
      readonly facts: GrantFacts;
      readonly end: Instant;
      readonly activatedAt: Instant;
      readonly generation: number;
    }
  | { readonly type: "recovery.completed"; readonly by: Actor; readonly spent: readonly string[] };

/** What kind of thing a record says. */
export type RecordType = RecordBody["type"];

/** One record of the Log; its line is the canonical JSON of it, its hash the SHA-256 of that line. */
export interface LogRecord {
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  readonly epoch: number;
  readonly time: Instant;
  readonly body: RecordBody;
  /** The hash of the record before; 64 zeros before the first. */
  readonly previous: Digest;
}

/** A position in the Log: the last record's sequence, hash and epoch. */
export interface Head {
  readonly sequence: number;
  readonly hash: Digest;
  readonly epoch: number;
}
