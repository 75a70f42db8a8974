import type { Actor } from "./actor";
import type { Digest } from "./canonical";
import type { Instant } from "./instant";
import type { PersonId } from "./names";
import type { WideningItem } from "./widening";

/** An approval that somebody gave: it covers the widening items of the commit or state it was given on. */
export interface ApprovalGiven {
  readonly request: string;
  /** The approver as the rules know them. */
  readonly person: PersonId;
  readonly by: Actor;
  readonly at: Instant;
  readonly source: "local" | "github";
  /** What was on the table when it was given. */
  readonly items: readonly WideningItem[];
  /** The Manifest under which it was given. */
  readonly policy: Digest;
  readonly commit?: string;
}

/** A standing waiver: no Grant for this person under this rule or class until it is lifted. */
export interface OptOut {
  readonly id: string;
  readonly person: PersonId;
  readonly from: { readonly kind: "rule"; readonly rule: string } | { readonly kind: "class"; readonly class: string };
  readonly by: Actor;
  readonly at: Instant;
}

/** One activation that counts against a budget. */
export interface Activation {
  readonly rule: string;
  readonly person: PersonId;
  readonly at: Instant;
}
