import type { Foreign } from "./foreign";

/** What is asked of a branch to know whether the most recent push has to be approved. */
export const protectionFields = `branchProtectionRule { ...protection } rules(first: 100) { totalCount nodes { ...rule } }`;

/** The fragments that these fields use. */
export const protectionFragments = `fragment protection on BranchProtectionRule {
  isAdminEnforced requiresApprovingReviews requiredApprovingReviewCount requireLastPushApproval
  bypassPullRequestAllowances(first: 1) { totalCount }
}
fragment rule on RepositoryRule {
  type
  parameters { __typename ... on PullRequestParameters { requireLastPushApproval requiredApprovingReviewCount } }
  repositoryRuleset { enforcement bypassActors(first: 1) { totalCount } }
}`;

/** Where the token may not look: then it counts as not asked for, which only asks for more. */
export const protectionPaths = [
  "repository.pullRequest.baseRef.branchProtectionRule",
  "repository.pullRequest.baseRef.rules",
];

/** A branch, and whether the token may edit the rulesets that hold for it. */
export interface ProtectedBranch {
  readonly branch: Foreign;
  /** Only then GitHub tells who may go round a ruleset; to others it may show an empty list. */
  readonly mayAdminister: boolean;
}

/**
 * Whether GitHub lets nobody at all merge into a branch without approval of the most recent push by somebody else:
 * by a rule of an active ruleset or by branch protection that nobody may go round.
 */
export function isLastPushApproved({ branch, mayAdminister }: ProtectedBranch): boolean {
  const protection = branch.nullable("branchProtectionRule");
  if (protection !== undefined && isAskedByProtection(protection)) return true;
  const rules = branch.nullable("rules");
  return mayAdminister && rules !== undefined && rules.get("nodes").list(100).some(isAskedByRule);
}

function isAskedByProtection(rule: Foreign): boolean {
  return (
    rule.get("requireLastPushApproval").boolean() &&
    rule.get("requiresApprovingReviews").boolean() &&
    (rule.nullable("requiredApprovingReviewCount")?.count() ?? 0) > 0 &&
    rule.get("isAdminEnforced").boolean() &&
    rule.at("bypassPullRequestAllowances", "totalCount").count() === 0
  );
}

function isAskedByRule(rule: Foreign): boolean {
  if (rule.isNull) return false;
  const parameters = rule.nullable("parameters");
  const ruleset = rule.nullable("repositoryRuleset");
  // An actor or a list that is not shown is null: somebody might.
  const bypass = ruleset?.nullable("bypassActors");
  if (parameters === undefined || ruleset === undefined || bypass === undefined) return false;
  return (
    parameters.get("__typename").string() === "PullRequestParameters" &&
    parameters.get("requireLastPushApproval").boolean() &&
    parameters.get("requiredApprovingReviewCount").count() > 0 &&
    ruleset.get("enforcement").string() === "ACTIVE" &&
    bypass.get("totalCount").count() === 0
  );
}
