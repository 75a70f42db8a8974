import type { Budget, Condition } from "./condition";
import { digestOf, type Digest } from "./canonical";
import type { ConnectionId, PrincipalRef } from "./names";
import type { ResourceClass } from "./resource";
import type { Window } from "./window";

/** Who may approve a step. */
export type Approvers =
  { readonly kind: "groups"; readonly groups: readonly string[] } | { readonly kind: "managerOfBeneficiary" };

/** n distinct people out of some approvers; asked only when `when` holds (always, without it). */
export interface ApprovalStep {
  readonly approvals: number;
  readonly from: Approvers;
  readonly when?: Condition;
}

/** Approval without people, under stated conditions and never for the classes listed. */
export interface AutomaticApproval {
  readonly when: Condition;
  readonly budget?: Budget;
  readonly never: readonly ResourceClass[];
}

/**
 * What has to be there before access starts: automatic approval if it holds, else every step. With
 * `automatic` and no steps, access is refused when a condition fails.
 */
export interface ApprovalRule {
  readonly automatic?: AutomaticApproval;
  readonly steps: readonly ApprovalStep[];
}

/** Who may ask for which Connections, for how long at most, when, and with which approval. */
export interface AccessRule {
  readonly name: string;
  /** The construct path that declared it. */
  readonly path: string;
  readonly who: readonly PrincipalRef[];
  /** Resolved Connections, sorted; a selector by label is expanded at synth. */
  readonly may: readonly ConnectionId[];
  readonly defaultDurationSeconds: number;
  readonly maxDurationSeconds: number;
  /** Empty means at any time. */
  readonly windows: readonly Window[];
  readonly approval: ApprovalRule;
  /** Groups that may end any grant under this rule. */
  readonly mayRevoke: readonly string[];
  /** A request must name a ticket. */
  readonly ticketRequired: boolean;
}

/** The digest that stands for a rule in a widening item: of everything it says. */
export function ruleDigest(rule: AccessRule): Digest {
  return digestOf(rule);
}
