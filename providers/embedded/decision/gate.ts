/** Who must ask before a connect: access request rules and reviewers, section 5 of gateway/hoop-api.md. Pure. */
import type { AccessRuleRow, ConnectionRow, UserRow } from "../store/rows";
import type { StoreView } from "../store/tables";

/** What stands before a connect without a grant. */
export type Gate =
  | { readonly kind: "open" }
  | {
      readonly kind: "closed";
      readonly reviewers: readonly string[];
      readonly rule: AccessRuleRow | undefined;
      /** How many groups must approve. */
      readonly needed: number;
    };

/** The gate that a person meets at a connection. */
export function gateOf(view: StoreView, connection: ConnectionRow, user: UserRow): Gate {
  const rule = tryFindRule(view, connection);
  if (rule !== undefined && isAskedBy(rule, user)) {
    const groups = rule.reviewersGroups;
    const needed = rule.allGroupsMustApprove ? groups.length : Math.min(rule.minApprovals ?? 1, groups.length);
    return { kind: "closed", reviewers: groups, rule, needed };
  }
  const reviewers = connection.reviewers;
  if (rule === undefined && reviewers.length > 0) {
    const needed = Math.min(connection.minReviewApprovals ?? reviewers.length, reviewers.length);
    return { kind: "closed", reviewers, rule: undefined, needed };
  }
  return { kind: "open" };
}

/** The rule that gates `connect` at a connection: by name or attribute; `command` rules do not gate it. */
export function tryFindRule(view: StoreView, connection: ConnectionRow): AccessRuleRow | undefined {
  for (const rule of view.table("accessRules").all()) {
    if (rule.accessType !== "command" && covers(rule, connection)) return rule;
  }
  return undefined;
}

/** Whether a rule names a connection, by name or by one of its attributes. */
export function covers(rule: AccessRuleRow, connection: ConnectionRow): boolean {
  return (
    rule.connectionNames.includes(connection.name) ||
    rule.attributes.some((attribute) => connection.attributes.includes(attribute))
  );
}

function isAskedBy(rule: AccessRuleRow, user: UserRow): boolean {
  const asked = rule.approvalRequiredGroups;
  if (asked.length > 0) return asked.some((group) => user.groups.includes(group));
  return !(rule.skipReviewGroups ?? []).some((group) => user.groups.includes(group));
}
