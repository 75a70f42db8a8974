/** Accounts, organizations, teams and what the token is. */
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { Call, RepositoryCall, Route } from "../http/route";
import { mayReadTeams } from "../world/access";
import type { Account, Team } from "../world/model";
import { atLeast, fullName } from "../world/world";
import { publicUserShape, teamShape, userShape } from "./shapes-people";
import { fullRepositoryShape, repositoryShape } from "./shapes-repository";

const metadata = { permission: "metadata", level: "read" } as const;

/** Everything that is not in a repository, and repositories themselves. */
export const peopleRoutes: readonly Route[] = [
  { operation: "GET /rate_limit", answer: rateLimit },
  { operation: "GET /user", answer: getSelf },
  { operation: "GET /user/{account_id}", answer: getUserById },
  { operation: "GET /users/{username}", answer: getUser },
  { operation: "GET /installation/repositories", answer: listInstalled },
  { operation: "GET /orgs/{org}/teams/{team_slug}", answer: getTeam },
  { operation: "GET /orgs/{org}/teams/{team_slug}/members", answer: listMembers },
  { operation: "GET /orgs/{org}/teams/{team_slug}/memberships/{username}", answer: getMembership },
  {
    operation: "GET /repos/{owner}/{repo}",
    needed: metadata,
    answer: ({ world, repository, token }) => ok(fullRepositoryShape(world, repository, token)),
  },
  {
    operation: "GET /repos/{owner}/{repo}/collaborators",
    needed: { permission: "metadata", level: "read", person: "write" },
    answer: listCollaborators,
  },
  {
    operation: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    needed: { permission: "metadata", level: "read", person: "write" },
    answer: getPermission,
  },
];

function getSelf({ world, token }: Call) {
  if (token === undefined) return fails(401, "Requires authentication");
  if (token.kind === "installation") return fails(403, "Resource not accessible by integration");
  const { account } = token;
  return ok({
    ...publicUserShape(world, account),
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  });
}

function getUserById({ world, at }: Call) {
  const account = [...world.accounts].find((one) => one.id === Number(at("account_id")) && one.state !== "deleted");
  return account === undefined ? notFound : ok(publicUserShape(world, account));
}

function getUser({ world, at }: Call) {
  const account = world.tryFindAccount(at("username"));
  return account === undefined ? notFound : ok(publicUserShape(world, account));
}

function listInstalled({ world, token, url }: Call) {
  if (token?.kind !== "installation")
    return fails(
      403,
      "You must authenticate with an installation access token in order to list repositories for an installation.",
    );
  const items = world.repositories.filter(
    (one) =>
      !one.isDeleted && (token.repositories === undefined || token.repositories.has(fullName(one).toLowerCase())),
  );
  const wrap = (repositories: readonly unknown[]) => ({ total_count: items.length, repositories });
  return paged({ items, view: (one) => repositoryShape(world, one), url, pageSize: world.limits.pageSize, wrap });
}

function getTeam(call: Call) {
  const team = askedTeam(call);
  if (!("slug" in team)) return team;
  const { world } = call;
  const { organization } = team;
  const created = { created_at: organization.createdAt, updated_at: organization.createdAt };
  const url = `${world.addresses.apiUrl}/orgs/${organization.login}`;
  return ok({
    ...teamShape(world, team),
    parent: null,
    members_count: team.members.size,
    repos_count: world.repositories.filter((one) => one.teams.has(team)).length,
    ...created,
    organization: {
      login: organization.login,
      id: organization.id,
      node_id: `O_${organization.id}`,
      url,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: `${world.addresses.serverUrl}/avatars/u/${organization.id}`,
      description: "",
      is_verified: false,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      html_url: `${world.addresses.serverUrl}/${organization.login}`,
      ...created,
      archived_at: null,
      type: "Organization",
    },
  });
}

function listMembers(call: Call) {
  const team = askedTeam(call);
  if (!("slug" in team)) return team;
  const items = [...team.members].filter((one) => one.state !== "deleted");
  const view = (one: Account) => userShape(call.world, one);
  return paged({ items, view, url: call.url, pageSize: call.world.limits.pageSize });
}

function getMembership(call: Call) {
  const team = askedTeam(call);
  if (!("slug" in team)) return team;
  const account = call.world.tryFindAccount(call.at("username"));
  if (account === undefined || !team.members.has(account)) return notFound;
  const url = `${call.world.addresses.apiUrl}/organizations/${team.organization.id}/team/${team.id}/memberships/${account.login}`;
  return ok({ url, role: "member", state: "active" });
}

function askedTeam({ world, token, at }: Call): Team | ReturnType<typeof fails> {
  const verdict = mayReadTeams(world, token, at("org"));
  if (verdict === "forbidden") {
    const message = token?.kind === "user" ? "Must have the read:org scope." : "Resource not accessible by integration";
    return fails(403, message);
  }
  return (verdict === "allowed" ? world.tryFindTeam(at("org"), at("team_slug")) : undefined) ?? notFound;
}

function listCollaborators({ world, repository, url }: RepositoryCall) {
  const items = [...world.accounts].filter(
    (one) =>
      one.type === "User" &&
      one !== world.ghost &&
      one !== world.webFlow &&
      atLeast(world.permissionOf(one, repository), "read"),
  );
  const view = (one: Account) => collaboratorShape(world.permissionOf(one, repository), userShape(world, one));
  return paged({ items, view, url, pageSize: world.limits.pageSize });
}

function getPermission({ world, repository, at }: RepositoryCall) {
  const account = world.tryFindAccount(at("username"));
  if (account === undefined) return fails(404, `${at("username")} is not a user`);
  const held = world.permissionOf(account, repository);
  const coarse = { none: "none", read: "read", triage: "read", write: "write", maintain: "write", admin: "admin" }[
    held
  ];
  return ok({ permission: coarse, user: collaboratorShape(held, userShape(world, account)), role_name: held });
}

function collaboratorShape(held: Parameters<typeof atLeast>[0], user: object) {
  return {
    ...user,
    permissions: {
      admin: atLeast(held, "admin"),
      maintain: atLeast(held, "maintain"),
      push: atLeast(held, "write"),
      triage: atLeast(held, "triage"),
      pull: atLeast(held, "read"),
    },
    role_name: held,
  };
}

function rateLimit({ world }: Call) {
  const limit = world.limits.rateLimit;
  const rate = { limit, remaining: limit, reset: Math.floor(world.milliseconds() / 1000) + 3600, used: 0 };
  return ok({ resources: { core: rate, search: rate, graphql: rate }, rate });
}
