import type { PersonId } from "../../model/names";

/** `from -> to`, or `+ x, - y`. */
export type FieldChange = string;

/** One thing that an edit of rules changes, in plain words that are escaped where they are shown. */
export interface PolicyChange {
  /** What kind of thing it is. */
  readonly of: PolicyPart;
  /** Its name; empty where there is only one of its kind. */
  readonly name: string;
  readonly kind: "added" | "removed" | "changed";
  /** What changes, each a clause without a full stop. */
  readonly details: readonly FieldChange[];
  /** Who comes to a group. */
  readonly gained: readonly PersonId[];
}

/** The parts of a policy, as people call them. */
export type PolicyPart =
  | "gateway"
  | "source of approvals"
  | "protected principals"
  | "approvers of policy edits"
  | "approvers in group"
  | "guardrail"
  | "masking rule"
  | "resource"
  | "connection"
  | "rule"
  | "order of rules"
  | "group"
  | "limits"
  | "user"
  | "service account";
