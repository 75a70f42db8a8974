/** What tests do to accounts, Apps, tokens and teams. Facts and answers are JSON, so that a test may sit in another process. */
import { randomBytes } from "node:crypto";
import type { AppPermissions, Token } from "../world/model";
import type { World } from "../world/world";

/** An account, as tests are told of it. */
export interface KnownAccount {
  readonly id: number;
  readonly login: string;
}

/** What a token is made for: a person with scopes, an App, or a workflow of a repository (GITHUB_TOKEN). */
export type NewToken =
  | { readonly login: string; readonly scopes?: readonly string[] }
  | { readonly app: string; readonly permissions?: AppPermissions; readonly repositories?: readonly string[] }
  | { readonly workflowOf: string; readonly permissions?: AppPermissions };

/** Permissions that an App of ours asks for. */
export const usualAppPermissions: AppPermissions = {
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  members: "read",
  administration: "read",
  environments: "read",
  actions: "read",
};

/** Actions on accounts. */
export function peopleScript(world: World) {
  const known = ({ id, login }: KnownAccount): KnownAccount => ({ id, login });
  return {
    /** Adds a user. E-mails decide which commits show this account. */
    async createUser(facts: {
      readonly login: string;
      readonly id?: number;
      readonly name?: string;
      readonly emails?: readonly string[];
    }): Promise<KnownAccount> {
      if (world.tryFindAccount(facts.login) !== undefined)
        throw new Error(`There is an account ${facts.login} already.`);
      const { login, id, name } = facts;
      const emails = [...(facts.emails ?? [`${login.toLowerCase()}@example.com`])];
      return known(
        world.addAccount({ login, type: "User", name: name ?? login, emails, ...(id === undefined ? {} : { id }) }),
      );
    },
    async createOrganization(facts: {
      readonly login: string;
      readonly admins?: readonly string[];
    }): Promise<KnownAccount> {
      const account = world.addAccount({ login: facts.login, type: "Organization", name: facts.login });
      world.organizationAdmins.set(account, new Set((facts.admins ?? []).map((one) => world.findAccount(one))));
      return known(account);
    },
    /** Somebody whom an import left behind. */
    async createMannequin(facts: { readonly login: string }): Promise<KnownAccount> {
      return known(world.addAccount({ login: facts.login, type: "Mannequin" }));
    },
    /** Adds an App; its bot is `SLUG[bot]`. */
    async createApp(facts: { readonly slug: string; readonly owner?: string }) {
      const owner = facts.owner === undefined ? {} : { owner: world.findAccount(facts.owner) };
      const app = world.addApp(facts.slug, owner);
      return { id: app.id, slug: app.slug, bot: known(app.bot) };
    },
    /** Cannot push or call the API any more; reviews stay. */
    async suspend(login: string): Promise<void> {
      world.findAccount(login).state = "suspended";
    },
    async unsuspend(login: string): Promise<void> {
      world.findAccount(login).state = "active";
    },
    /** What the account did stays, by nobody. Its login is free. */
    async deleteAccount(login: string): Promise<void> {
      const account = world.findAccount(login);
      account.state = "deleted";
      for (const team of world.teams) team.members.delete(account);
    },
    /** The id stays; the old login is free for somebody else. */
    async renameAccount(facts: { readonly from: string; readonly to: string }): Promise<KnownAccount> {
      if (world.tryFindAccount(facts.to) !== undefined) throw new Error(`There is an account ${facts.to} already.`);
      const account = world.findAccount(facts.from);
      account.login = facts.to;
      return known(account);
    },
    async setEmails(facts: { readonly login: string; readonly emails: readonly string[] }): Promise<void> {
      world.findAccount(facts.login).emails = [...facts.emails];
    },
    /** Makes a credential. A person's has the scopes repo and read:org unless told. */
    async createToken(facts: NewToken): Promise<string> {
      const token = `${"login" in facts ? "ghp" : "ghs"}_${randomBytes(18).toString("hex")}`;
      world.tokens.set(token, newToken(world, token, facts));
      return token;
    },
    async revokeToken(token: string): Promise<void> {
      world.tokens.delete(token);
    },
    async createTeam(facts: {
      readonly organization: string;
      readonly slug: string;
      readonly members?: readonly string[];
    }) {
      const organization = world.findAccount(facts.organization);
      const members = new Set((facts.members ?? []).map((login) => world.findAccount(login)));
      const team = { id: world.nextId(), organization, slug: facts.slug, name: facts.slug, members };
      world.teams.add(team);
      return { id: team.id };
    },
    async setTeamMembers(facts: { readonly team: string; readonly members: readonly string[] }): Promise<void> {
      const team = findTeam(world, facts.team);
      team.members.clear();
      for (const login of facts.members) team.members.add(world.findAccount(login));
    },
    /** The team, by `org/slug`, is gone. */
    async deleteTeam(team: string): Promise<void> {
      world.teams.delete(findTeam(world, team));
    },
  };
}

/** A team by `org/slug`. */
export function findTeam(world: World, name: string) {
  const [organization = "", slug = ""] = name.split("/");
  const team = world.tryFindTeam(organization, slug);
  if (team === undefined) throw new Error(`The test GitHub has no team ${name}.`);
  return team;
}

function newToken(world: World, token: string, facts: NewToken): Token {
  if ("login" in facts) {
    return {
      kind: "user",
      token,
      account: world.findAccount(facts.login),
      scopes: facts.scopes ?? ["repo", "read:org"],
    };
  }
  if ("workflowOf" in facts) {
    const permissions = facts.permissions ?? {
      contents: "read",
      pull_requests: "write",
      checks: "write",
      issues: "write",
    };
    const repositories = new Set([facts.workflowOf.toLowerCase()]);
    return { kind: "installation", token, app: world.actions, permissions, repositories };
  }
  const app = world.apps.get(facts.app);
  if (app === undefined) throw new Error(`The test GitHub has no App ${facts.app}.`);
  const repositories = facts.repositories?.map((one) => one.toLowerCase());
  return {
    kind: "installation",
    token,
    app,
    permissions: facts.permissions ?? usualAppPermissions,
    ...(repositories === undefined ? {} : { repositories: new Set(repositories) }),
  };
}
