/** Branches, their rules, environments and what workflows may. */
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { RepositoryCall, Route } from "../http/route";
import type { Environment } from "../world/model";
import { rulesetsOf, tryFindProtection } from "../world/protection";
import { atLeast } from "../world/world";
import { commitShape } from "./shapes-git";
import { appShape } from "./shapes-people";
import { repositoryUrl } from "./shapes-repository";
import {
  boundRuleShape,
  branchProtectionShape,
  environmentShape,
  protectionFromBody,
  protectionShape,
  rulesetShape,
  workflowRunShape,
} from "./shapes-settings";

const contents = { permission: "contents", level: "read" } as const;
const metadata = { permission: "metadata", level: "read" } as const;
const administration = { permission: "administration", level: "read", person: "admin" } as const;
const actions = { permission: "actions", level: "read" } as const;
const secrets = { permission: "secrets", level: "read", person: "write" } as const;

/** Settings of a repository. */
export const settingsRoutes: readonly Route[] = [
  { operation: "GET /apps/{app_slug}", answer: getApp },
  { operation: "GET /repos/{owner}/{repo}/branches", needed: contents, answer: listBranches },
  { operation: "GET /repos/{owner}/{repo}/branches/{branch}", needed: contents, answer: getBranch },
  {
    operation: "GET /repos/{owner}/{repo}/branches/{branch}/protection",
    needed: administration,
    answer: getProtection,
  },
  {
    operation: "PUT /repos/{owner}/{repo}/branches/{branch}/protection",
    needed: { ...administration, level: "write" },
    answer: putProtection,
  },
  {
    operation: "DELETE /repos/{owner}/{repo}/branches/{branch}/protection",
    needed: { ...administration, level: "write" },
    answer: deleteProtection,
  },
  { operation: "GET /repos/{owner}/{repo}/rules/branches/{branch}", needed: metadata, answer: branchRules },
  { operation: "GET /repos/{owner}/{repo}/rulesets", needed: metadata, answer: listRulesets },
  { operation: "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", needed: metadata, answer: getRuleset },
  { operation: "GET /repos/{owner}/{repo}/environments", needed: actions, answer: listEnvironments },
  { operation: "GET /repos/{owner}/{repo}/environments/{environment_name}", needed: actions, answer: getEnvironment },
  {
    operation: "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
    needed: actions,
    answer: branchPolicies,
  },
  {
    operation: "GET /repos/{owner}/{repo}/environments/{environment_name}/secrets",
    needed: { ...secrets, permission: "environments" },
    answer: environmentSecrets,
  },
  { operation: "GET /repos/{owner}/{repo}/actions/secrets", needed: secrets, answer: repositorySecrets },
  { operation: "GET /repos/{owner}/{repo}/actions/permissions", needed: administration, answer: actionsPermissions },
  {
    operation: "GET /repos/{owner}/{repo}/actions/permissions/workflow",
    needed: administration,
    answer: ({ repository }) =>
      ok({
        default_workflow_permissions: repository.workflowPermissions,
        can_approve_pull_request_reviews: repository.workflowsCanApprove,
      }),
  },
  { operation: "GET /repos/{owner}/{repo}/actions/runs/{run_id}", needed: actions, answer: getRun },
];

function getApp({ world, at }: RepositoryCall) {
  const app = world.apps.get(at("app_slug"));
  return app === undefined ? notFound : ok(appShape(world, app));
}

async function listBranches({ world, repository, url }: RepositoryCall) {
  const wanted = url.searchParams.get("protected");
  const items = (await repository.git.refs("refs/heads/"))
    .map(({ ref, sha }) => ({ name: ref.slice("refs/heads/".length), sha }))
    .filter(({ name }) => wanted === null || String(isProtected(name)) === wanted);
  const view = ({ name, sha }: (typeof items)[number]) => ({
    name,
    commit: { sha, url: `${repositoryUrl(world, repository)}/commits/${sha}` },
    protected: isProtected(name),
  });
  return paged({ items, view, url, pageSize: world.limits.pageSize });

  function isProtected(name: string): boolean {
    return tryFindProtection(repository, name) !== undefined || rulesetsOf(repository, name).length > 0;
  }
}

async function getBranch({ world, repository, at }: RepositoryCall) {
  const name = at("branch");
  const sha = repository.git.tryReadRef(`refs/heads/${name}`);
  if (sha === undefined) return fails(404, "Branch not found");
  const self = `${repositoryUrl(world, repository)}/branches/${encodeURIComponent(name)}`;
  const html = `${world.addresses.serverUrl}/${repository.owner.login}/${repository.name}/tree/${name}`;
  return ok({
    name,
    commit: commitShape(world, repository, sha, await repository.git.readCommit(sha)),
    _links: { self, html },
    protected: tryFindProtection(repository, name) !== undefined || rulesetsOf(repository, name).length > 0,
    protection: branchProtectionShape(tryFindProtection(repository, name)),
    protection_url: `${self}/protection`,
  });
}

function getProtection({ world, repository, at }: RepositoryCall) {
  const branch = at("branch");
  if (repository.git.tryReadRef(`refs/heads/${branch}`) === undefined) return fails(404, "Branch not found");
  const protection = tryFindProtection(repository, branch);
  return protection === undefined
    ? fails(404, "Branch not protected")
    : ok(protectionShape(world, repository, branch, protection));
}

function putProtection({ world, repository, at, body }: RepositoryCall) {
  const branch = at("branch");
  if (repository.git.tryReadRef(`refs/heads/${branch}`) === undefined) return fails(404, "Branch not found");
  const protection = { id: world.nextId(), ...protectionFromBody(body) };
  repository.protections.set(branch, protection);
  return ok(protectionShape(world, repository, branch, protection));
}

function deleteProtection({ repository, at }: RepositoryCall) {
  return repository.protections.delete(at("branch")) ? { status: 204 } : fails(404, "Branch not protected");
}

function branchRules({ world, repository, at, url }: RepositoryCall) {
  const items = rulesetsOf(repository, at("branch")).flatMap((set) => set.rules.map((rule) => ({ set, rule })));
  const view = ({ set, rule }: (typeof items)[number]) => boundRuleShape(repository, set, rule);
  return paged({ items, view, url, pageSize: world.limits.pageSize });
}

function listRulesets({ world, repository, url }: RepositoryCall) {
  const view = (one: (typeof repository.rulesets)[number]) => rulesetShape(world, repository, one, "listed");
  return paged({ items: repository.rulesets, view, url, pageSize: world.limits.pageSize });
}

/** Who may bypass a ruleset is told only to those who may edit it. */
function getRuleset({ world, repository, at, actor, token }: RepositoryCall) {
  const ruleset = repository.rulesets.find((one) => one.id === Number(at("ruleset_id")));
  if (ruleset === undefined) return notFound;
  const mayEdit =
    token?.kind === "installation"
      ? token.permissions["administration"] === "write"
      : atLeast(world.permissionOf(actor, repository), "admin");
  return ok(rulesetShape(world, repository, ruleset, mayEdit ? "with bypass" : "whole"));
}

function listEnvironments({ world, repository, url }: RepositoryCall) {
  const items = [...repository.environments.values()];
  const wrap = (environments: readonly unknown[]) => ({ total_count: items.length, environments });
  const view = (one: Environment) => environmentShape(world, repository, one);
  return paged({ items, view, url, pageSize: world.limits.pageSize, wrap });
}

function getEnvironment({ world, repository, at }: RepositoryCall) {
  const environment = repository.environments.get(at("environment_name"));
  return environment === undefined ? notFound : ok(environmentShape(world, repository, environment));
}

function branchPolicies({ world, repository, at, url }: RepositoryCall) {
  const environment = repository.environments.get(at("environment_name"));
  if (environment === undefined || typeof environment.branches === "string") return notFound;
  const items = environment.branches.map((name, index) => ({
    id: environment.id * 100 + index,
    node_id: `DBP_${environment.id}_${index}`,
    name,
    type: "branch",
  }));
  const wrap = (branch_policies: readonly unknown[]) => ({ total_count: items.length, branch_policies });
  return paged({ items, view: (one) => one, url, pageSize: world.limits.pageSize, wrap });
}

function environmentSecrets({ world, repository, at, url }: RepositoryCall) {
  const environment = repository.environments.get(at("environment_name"));
  if (environment === undefined) return notFound;
  return pagedSecrets(environment.secrets, environment.createdAt, { url, pageSize: world.limits.pageSize });
}

function repositorySecrets({ world, repository, url }: RepositoryCall) {
  return pagedSecrets([...repository.secrets], repository.createdAt, { url, pageSize: world.limits.pageSize });
}

function pagedSecrets(names: readonly string[], at: string, page: { readonly url: URL; readonly pageSize: number }) {
  const view = (name: string) => ({ name, created_at: at, updated_at: at });
  const wrap = (all: readonly unknown[]) => ({ total_count: names.length, secrets: all });
  return paged({ items: names, view, wrap, ...page });
}

function actionsPermissions({ world, repository }: RepositoryCall) {
  const selected_actions_url = `${repositoryUrl(world, repository)}/actions/permissions/selected-actions`;
  return ok({ enabled: true, allowed_actions: "all", selected_actions_url, sha_pinning_required: false });
}

async function getRun({ world, repository, at }: RepositoryCall) {
  const run = repository.workflowRuns.get(Number(at("run_id")));
  return run === undefined ? notFound : ok(await workflowRunShape(world, repository, run));
}
