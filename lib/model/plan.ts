import type { Action } from "./action";
import { digestOf, type Digest } from "./canonical";
import type { Refusal } from "./desired";
import type { GrantId } from "./grant";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";

/** What a Plan was made against; a plan whose base moved is stale. */
export interface PlanBase {
  /** The policy in force; null before the first acceptance. */
  readonly policy: Digest | null;
  /** The Manifest of the working tree. */
  readonly manifest: Digest;
  /** The request set. */
  readonly requests: Digest;
  /** Phases and ends of all Grants in the Log. */
  readonly grants: Digest;
  /** Whether the world was seen at the gateway or only as the Log says. */
  readonly observed: "gateway" | "log";
}

/** A Grant that is not for now: its start is later, or its rule's window is closed. */
export interface WaitingGrant {
  readonly grant: GrantId;
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
  readonly why: "starts later" | "window is closed" | "frozen" | "opted out";
  /** When it could start, where that is known without a clock. */
  readonly from?: Instant;
  readonly startBefore: Instant;
}

/** What has to be approved before Grants of one request start. */
export interface AskedApproval {
  readonly request: string;
  readonly grants: readonly GrantId[];
  readonly rule: string;
  /** One sentence per step, in order. */
  readonly steps: readonly string[];
  /** Why automatic approval does or does not apply; absent when the rule has none. */
  readonly automatic?: string;
}

/** Something at a gateway that was not done by us, in words; the most dangerous kinds come first. */
export interface DriftItem {
  readonly kind:
    | "open way"
    | "foreign lease"
    | "altered lease"
    | "held without a record"
    | "gate weakness"
    | "foreign object"
    | "changed object"
    | "missing object"
    | "ended outside";
  readonly gateway: string;
  readonly subject: string;
  readonly sentence: string;
}

/** A remark that decides nothing, e.g. a request that has lapsed. */
export interface PlanNote {
  readonly kind: "lapsed" | "lint" | "limit" | "breaker" | "drain" | "bound" | "unreachable" | "recovering" | "level";
  readonly subject: string;
  readonly sentence: string;
}

/** An immutable, canonical list of Actions over a stated base; it holds no clock reading. */
export interface Plan {
  readonly planVersion: 1;
  readonly installation: string;
  readonly base: PlanBase;
  /** Endings before grants; configuration before leases that need it. */
  readonly actions: readonly Action[];
  readonly waiting: readonly WaitingGrant[];
  readonly refusals: readonly Refusal[];
  readonly approvals: readonly AskedApproval[];
  readonly drift: readonly DriftItem[];
  readonly notes: readonly PlanNote[];
  /** Whether the breaker holds removals back, and how many it counts. */
  readonly heldRemovals: number;
}

/** The digest that names a Plan and tells whether a file still is what was planned. */
export function planDigest(plan: Plan): Digest {
  return digestOf(plan);
}

/** A Plan as it is written to a file or to a program: with the digest of all the rest. */
export interface PlanDocument extends Plan {
  readonly digest: Digest;
}

/** The document of a Plan. */
export function planDocument(plan: Plan): PlanDocument {
  return { ...plan, digest: planDigest(plan) };
}
