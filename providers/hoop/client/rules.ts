/** `/access-requests/rules`: who must ask. Section 5 of gateway/hoop-api.md. */
import type { Api, ApiAnswer } from "./api";
import { fieldsOf, flagField, listOf, optionalNumber, optionalText, textField, textsField, type Fields } from "./shape";

/** A rule. `raw` is the object as read: what a PUT sends back, changed. */
export interface RuleItem {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** `jit` and `jit_command` stand before a connect, `command` does not. */
  readonly accessType: string;
  readonly connections: readonly string[];
  readonly attributes: readonly string[];
  /** Not empty: everybody else passes without asking. */
  readonly askedGroups: readonly string[];
  readonly skippingGroups: readonly string[];
  readonly reviewers: readonly string[];
  readonly forcing: readonly string[];
  readonly allMustApprove: boolean;
  readonly minApprovals: number | undefined;
  readonly raw: Fields;
}

/** All rules: the list comes whole unless a page is asked for. */
export async function listRules(api: Api): Promise<readonly RuleItem[]> {
  const json = await api.read({ method: "GET", path: ["access-requests", "rules"] });
  return listOf(fieldsOf(json, "rules")["data"], "rules.data").map((item) => ruleOf(item));
}

/** Makes a rule. */
export function createRule(api: Api, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "POST", path: ["access-requests", "rules"], body });
}

/** Replaces a rule: whatever the body leaves out is wiped. */
export function putRule(api: Api, name: string, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "PUT", path: ["access-requests", "rules", name], body });
}

/** Deletes a rule. */
export function deleteRule(api: Api, name: string): Promise<ApiAnswer> {
  return api.write({ method: "DELETE", path: ["access-requests", "rules", name] });
}

function ruleOf(json: unknown): RuleItem {
  const raw = fieldsOf(json, "rule");
  return {
    id: textField(raw, "id", "rule"),
    name: textField(raw, "name", "rule"),
    description: optionalText(raw, "description", "rule") ?? "",
    accessType: textField(raw, "access_type", "rule"),
    connections: textsField(raw, "connection_names", "rule"),
    attributes: textsField(raw, "attributes", "rule"),
    askedGroups: textsField(raw, "approval_required_groups", "rule"),
    skippingGroups: textsField(raw, "skip_review_groups", "rule"),
    reviewers: textsField(raw, "reviewers_groups", "rule"),
    forcing: textsField(raw, "force_approval_groups", "rule"),
    allMustApprove: flagField(raw, "all_groups_must_approve", "rule"),
    minApprovals: optionalNumber(raw, "min_approvals", "rule"),
    raw,
  };
}
