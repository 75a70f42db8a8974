import type { Foreign } from "./foreign";
import type { GitHub } from "./open-github";
import { readable } from "./readable";
import type { BranchGuard, BypassActor, PullRequestGuard, Readable, RequiredCheck } from "./settings-types";

/** Which branch of which repository. */
export interface GuardedBranch {
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
}

/**
 * Reads all that guards a branch: the rulesets that are active on it, also those of the organization, and its branch
 * protection. Unreadable only where neither can be seen.
 */
export async function readGuards(github: GitHub, branch: GuardedBranch): Promise<Readable<readonly BranchGuard[]>> {
  const rulesets = await readRulesets(github, branch);
  const protection = await readProtection(github, branch);
  if (rulesets.kind === "unreadable") return protection.kind === "unreadable" ? rulesets : protection;
  return { kind: "read", value: [...rulesets.value, ...(protection.kind === "read" ? protection.value : [])] };
}

/** The rules that hold for the branch, put together by the ruleset that they come from. */
async function readRulesets(github: GitHub, branch: GuardedBranch): Promise<Readable<readonly BranchGuard[]>> {
  const rules = await readable(github, "rules of a branch", { ...branch, per_page: 100 }, (body) => body.list(100));
  if (rules.kind === "unreadable") return rules;
  const byRuleset = new Map<number, Foreign[]>();
  for (const rule of rules.value) {
    const id = rule.get("ruleset_id").id();
    byRuleset.set(id, [...(byRuleset.get(id) ?? []), rule]);
  }
  const guards: BranchGuard[] = [];
  for (const [id, own] of byRuleset) {
    const { owner, repo } = branch;
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    const ruleset = await readable(github, "ruleset", { owner, repo, ruleset_id: id }, (body) => ({
      name: body.get("name").string(1_000),
      bypass: bypassOf(body),
    }));
    const name = ruleset.kind === "read" ? ruleset.value.name : `ruleset ${id}`;
    guards.push(guardOf(own, { name, bypass: ruleset.kind === "read" ? ruleset.value.bypass : ruleset }));
  }
  return { kind: "read", value: guards };
}

/** Only those who may edit a ruleset are told who can go round it. */
function bypassOf(ruleset: Foreign): Readable<readonly BypassActor[]> {
  const actors = ruleset.optional("bypass_actors");
  if (actors === undefined) {
    return {
      kind: "unreadable",
      why: "GitHub does not say who may bypass it",
      needs: "administration: write, which only who may edit a ruleset has",
    };
  }
  const value = actors.list(1_000).map((actor): BypassActor => ({
    kind: actor.get("actor_type").string(100),
    name: String(actor.optional("actor_id")?.count() ?? ""),
    mode: actor.get("bypass_mode").string(100) === "pull_request" ? "pull_request" : "always",
  }));
  return { kind: "read", value };
}

function guardOf(rules: readonly Foreign[], ruleset: Pick<BranchGuard, "name" | "bypass">): BranchGuard {
  const byType = new Map(rules.map((rule) => [rule.get("type").string(100), rule]));
  const checks = byType.get("required_status_checks")?.get("parameters");
  const pull = byType.get("pull_request")?.get("parameters");
  return {
    source: "ruleset",
    ...ruleset,
    requiredChecks:
      checks
        ?.get("required_status_checks")
        .list(1_000)
        .map((one) => checkOf(one, "integration_id")) ?? [],
    isStrict: checks?.get("strict_required_status_checks_policy").boolean() ?? false,
    ...(pull === undefined ? {} : { pullRequest: pullRuleOf(pull) }),
    forbidsForcePush: byType.has("non_fast_forward"),
    forbidsDeletion: byType.has("deletion"),
    requiresSignatures: byType.has("required_signatures"),
    hasMergeQueue: byType.has("merge_queue"),
  };
}

function checkOf(check: Foreign, key: "integration_id" | "app_id"): RequiredCheck {
  // Branch protection writes -1 for "any app" in what it takes and null in what it gives.
  const appId = check.optional(key)?.count();
  return { context: check.get("context").string(1_000), ...(appId === undefined ? {} : { appId }) };
}

function pullRuleOf(parameters: Foreign): PullRequestGuard {
  return {
    approvals: parameters.get("required_approving_review_count").count(),
    dismissesStale: parameters.get("dismiss_stale_reviews_on_push").boolean(),
    lastPushApproved: parameters.get("require_last_push_approval").boolean(),
    codeOwners: parameters.get("require_code_owner_review").boolean(),
  };
}

/** The branch protection; none where GitHub says so, in words that differ from those for a missing permission. */
async function readProtection(github: GitHub, branch: GuardedBranch): Promise<Readable<readonly BranchGuard[]>> {
  const read = await readable(github, "branch protection", { ...branch }, protectionOf);
  if (read.kind === "read") return { kind: "read", value: [read.value] };
  return /branch not protected/i.test(read.why) ? { kind: "read", value: [] } : read;
}

function protectionOf(body: Foreign): BranchGuard {
  // All of its parts may be missing, but never its address.
  body.get("url").string(10_000);
  const checks = body.optional("required_status_checks");
  const reviews = body.optional("required_pull_request_reviews");
  const isOn = (key: string): boolean => body.optional(key)?.get("enabled").boolean() ?? false;
  return {
    source: "branch protection",
    name: "branch protection",
    requiredChecks:
      checks
        ?.optional("checks")
        ?.list(1_000)
        .map((one) => checkOf(one, "app_id")) ?? [],
    isStrict: checks?.optional("strict")?.boolean() ?? false,
    ...(reviews === undefined ? {} : { pullRequest: reviewRuleOf(reviews) }),
    forbidsForcePush: !isOn("allow_force_pushes"),
    forbidsDeletion: !isOn("allow_deletions"),
    requiresSignatures: isOn("required_signatures"),
    hasMergeQueue: false,
    bypass: { kind: "read", value: [...adminsOf(isOn("enforce_admins")), ...allowancesOf(reviews)] },
  };
}

function reviewRuleOf(reviews: Foreign): PullRequestGuard {
  return {
    approvals: reviews.optional("required_approving_review_count")?.count() ?? 0,
    dismissesStale: reviews.get("dismiss_stale_reviews").boolean(),
    lastPushApproved: reviews.optional("require_last_push_approval")?.boolean() ?? false,
    codeOwners: reviews.get("require_code_owner_reviews").boolean(),
  };
}

function adminsOf(isEnforced: boolean): readonly BypassActor[] {
  return isEnforced ? [] : [{ kind: "admins", name: "administrators", mode: "always" }];
}

function allowancesOf(reviews: Foreign | undefined): readonly BypassActor[] {
  const allowances = reviews?.optional("bypass_pull_request_allowances");
  const named = (list: string, kind: string, key: string): readonly BypassActor[] =>
    (allowances?.optional(list)?.list(1_000) ?? []).map((one) => ({
      kind,
      name: one.get(key).string(100),
      mode: "always",
    }));
  return [
    ...named("users", "User", "login"),
    ...named("teams", "Team", "slug"),
    ...named("apps", "Integration", "slug"),
  ];
}
