/** Accounts, teams and Apps as the REST API shows them. */
import type { Account, App, Team } from "../world/model";
import type { World } from "../world/world";

type Json = Readonly<Record<string, unknown>>;

/** An account (`simple-user`). A deleted account is shown as the ghost. */
export function userShape(world: World, account: Account): Json {
  if (account.state === "deleted") return userShape(world, world.ghost);
  const { apiUrl, serverUrl } = world.addresses;
  const url = `${apiUrl}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === "Bot" ? `apps/${account.login.replace(/\[bot\]$/, "")}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: `${account.type[0]}_${account.id}`,
    avatar_url: `${serverUrl}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${serverUrl}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** The same, null for a deleted account: what GitHub answers where the schema allows null. */
export function userOrNull(world: World, account: Account | undefined): Json | null {
  return account === undefined || account.state === "deleted" ? null : userShape(world, account);
}

/** An account in full (`public-user`). */
export function publicUserShape(world: World, account: Account): Json {
  return {
    ...userShape(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** A team (`team-simple`). */
export function teamShape(world: World, team: Team): Json {
  const url = `${world.addresses.apiUrl}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: `T_${team.id}`,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.addresses.serverUrl}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.organization.id,
    parent: null,
  };
}

/** An App (`integration`). */
export function appShape(world: World, app: App): Json {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    client_id: `Iv1.${app.id}`,
    owner: userShape(world, app.owner),
    name: app.name,
    description: "",
    external_url: world.addresses.serverUrl,
    html_url: `${world.addresses.serverUrl}/apps/${app.slug}`,
    created_at: app.bot.createdAt,
    updated_at: app.bot.createdAt,
    permissions: { metadata: "read" },
    events: [],
  };
}
