import type { Actor } from "./actor";
import type { ApprovalGiven, OptOut } from "./approval";
import type { Digest } from "./canonical";
import type { GatewayObject, ObjectSubject } from "./gateway-object";
import type { EndReason, GrantId, GrantPhase, RejectReason } from "./grant";
import type { Instant } from "./instant";
import type { MergeFacts } from "./merge";
import type { GrantFacts, Head } from "./record";
import type { PinnedAccount } from "./pinned-account";

/** A Grant as the fold of the Log knows it. A Grant the Log never met is `pending` and has no entry. */
export interface GrantState {
  readonly facts: GrantFacts;
  readonly phase: GrantPhase;
  /** The generation of the Lease that this Grant carries now; the next is one more, unless `nextGeneration` says otherwise. */
  readonly generation: number;
  /** Beyond every generation that was asked for in vain: its gateway may have had one that is over, and makes none a second time. */
  readonly nextGeneration?: number;
  /** Fixed by the intent. */
  readonly end?: Instant;
  /** The Lease's end last asked for under this Grant's name. */
  readonly leaseEnd?: Instant;
  /** A change of its Lease was asked for and is not known to be done: what stands there may be as it was before. */
  readonly isLeaseUnsure?: true;
  /** Sequence of the last record that asked for a Lease under this Grant's name; the pair's greatest one carries the Lease. */
  readonly heldSequence?: number;
  readonly intendedAt?: Instant;
  readonly activatedAt?: Instant;
  readonly worstCaseEnd?: Instant;
  /** An ending was intended or spooled and is not yet done. */
  readonly ending?: {
    readonly reason: EndReason;
    readonly by: Actor;
    readonly since: Instant;
    readonly refusedOn?: string;
  };
  readonly endedAt?: Instant;
  readonly endReason?: EndReason;
  readonly endedBy?: Actor;
  readonly rejectReason?: RejectReason;
  readonly approvers?: readonly string[];
  /** Whether rules or people approved it; absent while nothing was decided. */
  readonly approvedBy?: "automatic" | "people";
  /** Sequences of its records, first and last. */
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** A request name as the Log knows it. */
export interface RequestState {
  readonly digest: Digest;
  readonly mergedAt: Instant;
  readonly removedAt?: Instant;
  /** Refused for ever, or spent by a bootstrap or a recovery. */
  readonly spent: boolean;
}

/** An object of a gateway's configuration as we last wrote it. */
export interface ObjectState {
  readonly gateway: string;
  readonly subject: ObjectSubject;
  readonly value: GatewayObject;
  readonly ref?: string;
  readonly secretsUpdatedAt?: string;
}

/** An intent without an outcome: what a crash may have left half done. */
export interface PendingIntent {
  readonly sequence: number;
  readonly kind: "activation" | "change" | "ending" | "configuration";
  readonly grant?: GrantId;
  readonly generation?: number;
  readonly gateway?: string;
  readonly subject?: ObjectSubject;
  readonly value?: GatewayObject | null;
}

/** The fold of the Log: all state there is. */
export interface LogState {
  readonly installation?: string;
  readonly head?: Head;
  readonly epoch: number;
  readonly lastTime?: Instant;
  readonly policy?: {
    readonly manifest: Digest;
    readonly at: Instant;
    readonly by: Actor;
    readonly commit?: string;
    readonly sequence: number;
    readonly governed?: Digest;
    readonly pinned?: readonly PinnedAccount[];
  };
  /** Every policy that was accepted from a commit, by the digest of the commit's governed files. */
  readonly policies?: ReadonlyMap<Digest, { readonly manifest: Digest; readonly commit: string }>;
  /** The merge that each request came with, by the request's name. */
  readonly merges?: ReadonlyMap<string, MergeFacts>;
  /** Merges that were decided and are still to be told on GitHub, by commit, oldest first. */
  readonly untold?: ReadonlyMap<string, MergeFacts>;
  /** The last first-parent commit of the base branch that was decided. */
  readonly decidedCommit?: string;
  readonly requests?: { readonly set: Digest; readonly at: Instant; readonly commit?: string };
  readonly names: ReadonlyMap<string, RequestState>;
  readonly grants: ReadonlyMap<GrantId, GrantState>;
  /** Approvals by request name, in the order given. */
  readonly approvals: ReadonlyMap<string, readonly ApprovalGiven[]>;
  /** Approvals of Grants that are still pending, and under which policy: decided, not yet intended. */
  readonly decisions?: ReadonlyMap<
    GrantId,
    { readonly approvers: readonly string[]; readonly approvedBy: "automatic" | "people"; readonly policy: Digest }
  >;
  readonly objects: ReadonlyMap<string, ObjectState>;
  readonly intents: ReadonlyMap<string, PendingIntent>;
  readonly optOuts: ReadonlyMap<string, OptOut>;
  /** Spool entries that are in the chain already. */
  readonly folded: ReadonlySet<string>;
  readonly frozen?: { readonly by: Actor; readonly at: Instant; readonly note: string };
  readonly recovering?: { readonly since: Instant; readonly why: string };
  /** The sentences of drift last recorded, by gateway. */
  readonly drift: ReadonlyMap<string, readonly string[]>;
}
