/** Settings as the REST API shows them. */
import type { Environment, Protection, Repository, Rule, Ruleset, WorkflowRun } from "../world/model";
import { fullName, type World } from "../world/world";
import { minimalPullShape } from "./shapes-check";
import { simpleCommitShape } from "./shapes-git";
import { teamShape, userShape } from "./shapes-people";
import { minimalRepositoryShape, repositoryPage, repositoryUrl } from "./shapes-repository";

type Json = Readonly<Record<string, unknown>>;

/** Protection of a branch, as its own endpoint answers (`branch-protection`, `protected-branch`). */
export function protectionShape(world: World, repository: Repository, branch: string, protection: Protection): Json {
  const url = `${repositoryUrl(world, repository)}/branches/${encodeURIComponent(branch)}/protection`;
  const { requiredChecks, restrictPushes } = protection;
  const people = (logins: readonly string[]) => logins.map((login) => userShape(world, world.findAccount(login)));
  const enabled = (value: boolean | undefined) => ({ enabled: value ?? false });
  return {
    url,
    ...(requiredChecks === undefined
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: protection.strictChecks ?? false,
            contexts: requiredChecks.map((one) => one.context),
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: requiredChecks.map((one) => ({ context: one.context, app_id: one.appId })),
          },
        }),
    ...(protection.requiredApprovals === undefined
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: protection.dismissStaleReviews ?? false,
            require_code_owner_reviews: protection.requireCodeOwnerReviews ?? false,
            require_last_push_approval: protection.requireLastPushApproval ?? false,
            required_approving_review_count: protection.requiredApprovals,
            ...(protection.bypassPullRequest === undefined
              ? {}
              : {
                  bypass_pull_request_allowances: { users: people(protection.bypassPullRequest), teams: [], apps: [] },
                }),
          },
        }),
    ...(restrictPushes === undefined
      ? {}
      : {
          restrictions: {
            url: `${url}/restrictions`,
            users_url: `${url}/restrictions/users`,
            teams_url: `${url}/restrictions/teams`,
            apps_url: `${url}/restrictions/apps`,
            users: people(restrictPushes),
            teams: [],
            apps: [],
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, ...enabled(protection.requiredSignatures) },
    enforce_admins: { url: `${url}/enforce_admins`, ...enabled(protection.enforceAdmins) },
    required_linear_history: enabled(protection.linearHistory),
    allow_force_pushes: enabled(protection.allowForcePushes),
    allow_deletions: enabled(protection.allowDeletions),
    block_creations: enabled(false),
    required_conversation_resolution: enabled(false),
    lock_branch: enabled(false),
    allow_fork_syncing: enabled(false),
  };
}

/** Protection as it stands in a branch: only its checks. */
export function branchProtectionShape(protection: Protection | undefined): Json {
  const checks = protection?.requiredChecks ?? [];
  const level = checks.length === 0 ? "off" : protection?.enforceAdmins === true ? "everyone" : "non_admins";
  return {
    enabled: protection !== undefined,
    required_status_checks: {
      enforcement_level: level,
      contexts: checks.map((one) => one.context),
      checks: checks.map((one) => ({ context: one.context, app_id: one.appId })),
    },
  };
}

/** What somebody who puts a protection asks for. */
export function protectionFromBody(body: Json): Omit<Protection, "id"> {
  const checks = body["required_status_checks"] as { strict: boolean; contexts: string[]; checks?: Json[] } | null;
  const reviews = body["required_pull_request_reviews"] as Json | null;
  const restrictions = body["restrictions"] as { users: string[] } | null;
  const asked = checks?.checks?.map((one) => ({
    context: String(one["context"]),
    appId: typeof one["app_id"] === "number" && one["app_id"] !== -1 ? one["app_id"] : null,
  }));
  return {
    ...(checks === null
      ? {}
      : {
          strictChecks: checks.strict,
          requiredChecks: asked ?? checks.contexts.map((context) => ({ context, appId: null })),
        }),
    ...(reviews === null
      ? {}
      : {
          requiredApprovals: Number(reviews["required_approving_review_count"] ?? 1),
          dismissStaleReviews: reviews["dismiss_stale_reviews"] === true,
          requireCodeOwnerReviews: reviews["require_code_owner_reviews"] === true,
          requireLastPushApproval: reviews["require_last_push_approval"] === true,
        }),
    ...(restrictions === null ? {} : { restrictPushes: restrictions.users }),
    enforceAdmins: body["enforce_admins"] === true,
    linearHistory: body["required_linear_history"] === true,
    allowForcePushes: body["allow_force_pushes"] === true,
    allowDeletions: body["allow_deletions"] === true,
  };
}

/** A rule that binds a branch, with where it comes from (`repository-rule-detailed`). */
export function boundRuleShape(repository: Repository, ruleset: Ruleset, rule: Rule): Json {
  return { ...rule, ...sourceOf(repository, ruleset, "ruleset_source_type", "ruleset_source"), ruleset_id: ruleset.id };
}

/** A ruleset (`repository-ruleset`); in a list without its rules. */
export function rulesetShape(
  world: World,
  repository: Repository,
  ruleset: Ruleset,
  how: "listed" | "whole" | "with bypass",
): Json {
  const self = { href: `${repositoryUrl(world, repository)}/rulesets/${ruleset.id}` };
  const html = { href: `${repositoryPage(world, repository)}/rules/${ruleset.id}` };
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: "branch",
    ...sourceOf(repository, ruleset, "source_type", "source"),
    enforcement: ruleset.enforcement,
    node_id: `RRS_${ruleset.id}`,
    _links: { self, html },
    created_at: ruleset.createdAt,
    updated_at: ruleset.createdAt,
    ...(how === "listed"
      ? {}
      : { conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude } }, rules: ruleset.rules }),
    ...(how === "with bypass" ? { bypass_actors: ruleset.bypassActors, current_user_can_bypass: "never" } : {}),
  };
}

/** An environment with its rules (`environment`). */
export function environmentShape(world: World, repository: Repository, environment: Environment): Json {
  const { id, name, branches, reviewers, waitMinutes } = environment;
  const rules: Json[] = [];
  if (waitMinutes > 0) rules.push({ id: id * 10, node_id: `GA_${id}0`, type: "wait_timer", wait_timer: waitMinutes });
  if (reviewers.length > 0) {
    rules.push({
      id: id * 10 + 1,
      node_id: `GA_${id}1`,
      prevent_self_review: environment.preventSelfReview,
      type: "required_reviewers",
      reviewers: reviewers.map((one) =>
        "slug" in one
          ? { type: "Team", reviewer: { ...teamShape(world, one), parent: null } }
          : { type: "User", reviewer: userShape(world, one) },
      ),
    });
  }
  if (branches !== "all") rules.push({ id: id * 10 + 2, node_id: `GA_${id}2`, type: "branch_policy" });
  const isProtected = branches === "protected";
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: `${repositoryUrl(world, repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `${repositoryPage(world, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: environment.createdAt,
    updated_at: environment.createdAt,
    can_admins_bypass: environment.adminsMayBypass,
    protection_rules: rules,
    deployment_branch_policy:
      branches === "all" ? null : { protected_branches: isProtected, custom_branch_policies: !isProtected },
  };
}

/** A run of a workflow (`workflow-run`). */
export async function workflowRunShape(world: World, repository: Repository, run: WorkflowRun): Promise<Json> {
  const api = repositoryUrl(world, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const commit = await repository.git.tryReadCommit(run.headSha);
  const pulls = [...repository.pulls.values()].filter(
    (one) => one.issue.state === "open" && one.headRepository === repository && one.headSha === run.headSha,
  );
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    check_suite_id: run.id + 1_000_000,
    check_suite_node_id: `CS_${run.id + 1_000_000}`,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: commit?.message.split("\n")[0] ?? run.name,
    run_number: run.number,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    url,
    html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}`,
    // GitHub names no pull requests of forks here.
    pull_requests: pulls.map((one) => minimalPullShape(world, one)),
    created_at: run.createdAt,
    updated_at: run.createdAt,
    actor: userShape(world, run.actor),
    triggering_actor: userShape(world, run.actor),
    run_started_at: run.createdAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.id + 1_000_000}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    referenced_workflows: [],
    workflow_url: `${api}/actions/workflows/1`,
    head_commit: commit === undefined ? null : simpleCommitShape(run.headSha, commit),
    repository: minimalRepositoryShape(world, repository),
    head_repository: minimalRepositoryShape(world, run.headRepository),
  };
}

function sourceOf(repository: Repository, ruleset: Ruleset, type: string, name: string): Json {
  return ruleset.organization === true
    ? { [type]: "Organization", [name]: repository.owner.login }
    : { [type]: "Repository", [name]: fullName(repository) };
}
