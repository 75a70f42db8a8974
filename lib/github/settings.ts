import { limits } from "../model/limits";
import { readGuards } from "./guards";
import type { Foreign } from "./foreign";
import type { CallParameters, GitHub } from "./open-github";
import type { CallSiteName } from "./call-sites";
import { readable } from "./readable";
import type { EnvironmentSettings, Readable, RepositorySettings, TokenOwner } from "./settings-types";
import type { RepositoryName } from "./types";

/**
 * Reads what doctor judges, as plain values. What the token may not see is `unreadable` and says which permission
 * is missing; only the repository itself has to be there (E524).
 */
export async function readSettings(github: GitHub, { owner, name: repo }: RepositoryName): Promise<RepositorySettings> {
  const repository = await github.ask("settings of the repository", { owner, repo });
  const branch = repository.get("default_branch").string(limits.pathCharacters);
  const { login, actionsAppId } = await readApps(github, { owner, name: repo });
  return {
    token: tokenOwnerOf(login),
    defaultBranch: branch,
    isPrivate: repository.get("private").boolean(),
    allowsForking: forkingOf(repository),
    ...(actionsAppId === undefined ? {} : { actionsAppId }),
    guards: await readGuards(github, { owner, repo, branch }),
    environments: await readEnvironments(github, { owner, repo }),
    workflows: await readable(github, "workflow permissions", { owner, repo }, (body) => ({
      defaultPermissions: body.get("default_workflow_permissions").oneOf("read", "write"),
      mayApprove: body.get("can_approve_pull_request_reviews").boolean(),
    })),
  };
}

/** GitHub leaves it out for whoever may not edit the settings. */
function forkingOf(repository: Foreign): Readable<boolean> {
  const allowed = repository.optional("allow_forking");
  if (allowed !== undefined) return { kind: "read", value: allowed.boolean() };
  return { kind: "unreadable", why: "GitHub does not say it to this token", needs: "administration: read" };
}

/** The login of a token is an app's with `[bot]`; a workflow's GITHUB_TOKEN is of the app github-actions. */
function tokenOwnerOf(login: string): TokenOwner {
  if (login === "github-actions[bot]") return { kind: "workflow", login };
  return { kind: login.endsWith("[bot]") ? "app" : "person", login };
}

/** Our own login, and the id of github-actions, which another server numbers its own way: where a workflow has run, its checks tell. */
async function readApps(
  github: GitHub,
  variables: { readonly owner: string; readonly name: string },
): Promise<{ readonly login: string; readonly actionsAppId?: number }> {
  const branch = "repository.defaultBranchRef";
  const options = { variables, mayBeMissing: [branch] };
  const { data, unreadable } = await github.query("who we are and whose checks run", appsQuery, options);
  const login = data.at("viewer", "login").string(100);
  const target = unreadable.has(branch)
    ? undefined
    : data.get("repository").nullable("defaultBranchRef")?.nullable("target");
  const suites = target?.nullable("checkSuites")?.get("nodes").list(100) ?? [];
  const apps = suites.flatMap((suite) => (suite.isNull ? [] : (suite.nullable("app") ?? [])));
  const actionsAppId = apps
    .find((app) => app.get("slug").string(200) === "github-actions")
    ?.nullable("databaseId")
    ?.id();
  return { login, ...(actionsAppId === undefined ? {} : { actionsAppId }) };
}

const appsQuery = `query Apps($owner: String!, $name: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    defaultBranchRef { target { ... on Commit { checkSuites(first: 100) { nodes { app { slug databaseId } } } } } }
  }
}`;

async function readEnvironments(
  github: GitHub,
  parameters: { readonly owner: string; readonly repo: string },
): Promise<Readable<readonly EnvironmentSettings[]>> {
  const listed = await readable(github, "environments", { ...parameters, per_page: 100 }, (body) => {
    const environments = body.get("environments").list(100);
    if (environments.length < body.get("total_count").count()) body.fail("more than 100 environments");
    return environments;
  });
  if (listed.kind === "unreadable") return listed;
  const all: EnvironmentSettings[] = [];
  for (const environment of listed.value) {
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    all.push(await readEnvironment(github, environment, parameters));
  }
  return { kind: "read", value: all };
}

async function readEnvironment(
  github: GitHub,
  environment: Foreign,
  parameters: CallParameters,
): Promise<EnvironmentSettings> {
  const name = environment.get("name").string(1_000);
  const policy = environment.optional("deployment_branch_policy");
  const rules = environment.optional("protection_rules")?.list(100) ?? [];
  const isCustom = policy?.get("custom_branch_policies").boolean() === true;
  return {
    name,
    branches: isCustom ? await readBranches(github, { ...parameters, environment_name: name }) : branchesOf(policy),
    hasReviewers: rules.some((rule) => rule.get("type").string(100) === "required_reviewers"),
    adminsMayBypass: environment.optional("can_admins_bypass")?.boolean() ?? true,
  };
}

function branchesOf(policy: Foreign | undefined): "all" | "protected" {
  return policy?.get("protected_branches").boolean() === true ? "protected" : "all";
}

/** The patterns of branches; where they cannot be read, any branch might. */
async function readBranches(github: GitHub, parameters: CallParameters): Promise<"all" | readonly string[]> {
  const name: CallSiteName = "environment's branches";
  const read = await readable(github, name, { ...parameters, per_page: 100 }, (body) =>
    body
      .get("branch_policies")
      .list(100)
      .map((one) => one.get("name").string(1_000)),
  );
  return read.kind === "read" ? read.value : "all";
}
