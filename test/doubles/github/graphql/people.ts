/** Accounts, teams and people of commits as GraphQL shows them. */
import { mayReadTeams } from "../world/access";
import type { Account, App, Team } from "../world/model";
import type { NamedPerson } from "../world/people";
import type { World } from "../world/world";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";

type View = Readonly<Record<string, unknown>>;

/** GitHub's words where a token lacks a permission. */
export const notAccessible = "Resource not accessible by integration";

/** Somebody who did something; null for a deleted account. GraphQL's bots have no `[bot]` at the end of their login. */
export function actorView(world: World, account: Account): View | null {
  return account.state === "deleted" ? null : accountView(world, account);
}

/** An account of any kind. */
export function accountView(world: World, account: Account): View {
  switch (account.type) {
    case "User":
      return userView(world, account);
    case "Bot":
      return { ...addressed(world, account), __typename: "Bot", login: account.login.replace(/\[bot\]$/, "") };
    case "Mannequin":
      return { ...addressed(world, account), __typename: "Mannequin", email: account.emails[0] ?? null };
    case "Organization":
      return { ...addressed(world, account), __typename: "Organization", name: account.name };
  }
}

/** An account where the schema says User: also a bot, as GitHub does for commits and viewers. */
export function userView(world: World, account: Account): View {
  return { ...addressed(world, account), __typename: "User", name: account.name, email: "", isViewer: false };
}

/** An organization with its teams. */
export function organizationView(asking: Asking, account: Account): View {
  const { world, token } = asking;
  return {
    ...accountView(world, account),
    team: ({ slug }: { readonly slug: string }) => {
      const verdict = mayReadTeams(world, token, account.login);
      if (verdict === "forbidden") throw teamsFault(token.kind);
      const team = verdict === "allowed" ? world.tryFindTeam(account.login, slug) : undefined;
      return team === undefined ? null : teamView(world, team);
    },
  };
}

/** A team. */
export function teamView(world: World, team: Team): View {
  return {
    __typename: "Team",
    id: `T_${team.id}`,
    databaseId: team.id,
    slug: team.slug,
    name: team.name,
    combinedSlug: `${team.organization.login}/${team.slug}`,
    organization: () => accountView(world, team.organization),
    members: (page: PageArguments) =>
      connection(
        {
          name: "members",
          items: [...team.members].filter((one) => one.state !== "deleted"),
          view: (member) => userView(world, member),
          edge: () => ({ role: "MEMBER" }),
          pageSize: world.limits.pageSize,
        },
        page,
      ),
  };
}

/** A person of a commit: whoever has the e-mail that was typed. */
export function gitActorView(world: World, person: NamedPerson): View {
  return {
    name: person.name,
    email: person.email,
    date: person.date,
    user: person.account === undefined ? null : userView(world, person.account),
  };
}

/** An App. */
export function appView(world: World, app: App): View {
  const url = `${world.addresses.serverUrl}/apps/${app.slug}`;
  return { __typename: "App", id: `A_${app.id}`, databaseId: app.id, slug: app.slug, name: app.name, url };
}

function addressed(world: World, account: Account): View {
  const path = account.type === "Bot" ? `/apps/${account.login.replace(/\[bot\]$/, "")}` : `/${account.login}`;
  return {
    id: `${account.type[0]}_${account.id}`,
    databaseId: account.id,
    login: account.login,
    url: `${world.addresses.serverUrl}${path}`,
    resourcePath: path,
    avatarUrl: `${world.addresses.serverUrl}/avatars/u/${account.id}`,
    createdAt: account.createdAt,
  };
}

function teamsFault(kind: "user" | "installation"): GraphQLFault {
  if (kind === "installation") return new GraphQLFault("FORBIDDEN", notAccessible);
  return new GraphQLFault(
    "INSUFFICIENT_SCOPES",
    "Your token has not been granted the required scopes to execute this query. The 'team' field requires one of the following scopes: ['read:org'].",
  );
}
