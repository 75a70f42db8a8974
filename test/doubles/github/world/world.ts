import { join } from "node:path";
import { BareRepository } from "../git/bare-repository";
import { isoSeconds } from "../git/objects";
import type { Happening } from "./events";
import type { Account, App, Permission, Repository, Team, Token } from "./model";
import { permissionLevels } from "./model";

/** Where things are found by address. */
export interface Addresses {
  /** `http://127.0.0.1:PORT` */
  serverUrl: string;
  apiUrl: string;
  graphqlUrl: string;
}

/** An event as GitHub would send it: `GITHUB_EVENT_NAME` and the payload file. */
export interface GitHubEvent {
  readonly name: string;
  readonly repository: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The state of the test GitHub, and what every part of it asks. */
export class World {
  readonly addresses: Addresses = { serverUrl: "", apiUrl: "", graphqlUrl: "" };
  readonly accounts = new Set<Account>();
  readonly apps = new Map<string, App>();
  readonly tokens = new Map<string, Token>();
  readonly teams = new Set<Team>();
  readonly organizationAdmins = new Map<Account, Set<Account>>();
  readonly repositories: Repository[] = [];
  readonly events: (() => Promise<GitHubEvent>)[] = [];
  /** Answers that no real GitHub would give, and fields that we do not model: the double's own mistakes. */
  readonly violations: string[] = [];
  readonly ghost: Account;
  readonly webFlow: Account;
  readonly actions: App;
  readonly queueBot: Account;
  /** Builds the event of something that happened; set by whoever starts the server. */
  describe: ((happening: Happening) => () => Promise<GitHubEvent>) | undefined;
  private lastId = 1000;
  private ahead = 0;

  constructor(
    readonly directory: string,
    private readonly clock: { now(): string },
    readonly limits: Limits,
  ) {
    this.ghost = this.addAccount({ id: 10137, login: "ghost", type: "User", name: "Deleted user" });
    const webFlowEmails = ["noreply@github.com"];
    this.webFlow = this.addAccount({
      id: 19864447,
      login: "web-flow",
      type: "User",
      name: "GitHub",
      emails: webFlowEmails,
    });
    this.actions = this.addApp("github-actions", { id: 15368, botId: 41898282 });
    this.queueBot = this.addAccount({ id: 118344674, login: "github-merge-queue[bot]", type: "Bot" });
  }

  /** Notes what happened, in the order it happened in. */
  async announce(happening: Happening): Promise<void> {
    if (this.describe !== undefined) this.events.push(this.describe(happening));
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** The time as GitHub writes it. */
  now(): string {
    return isoSeconds(this.milliseconds());
  }

  milliseconds(): number {
    return Date.parse(this.clock.now()) + this.ahead;
  }

  advance(seconds: number): void {
    this.ahead += seconds * 1000;
  }

  addAccount(facts: Partial<Account> & Pick<Account, "login" | "type">): Account {
    const id = facts.id ?? this.nextId();
    const account: Account = {
      id,
      login: facts.login,
      type: facts.type,
      name: facts.name ?? null,
      emails: facts.emails ?? [],
      state: "active",
      createdAt: this.now(),
    };
    this.accounts.add(account);
    return account;
  }

  addApp(slug: string, ids: { readonly id?: number; readonly botId?: number; readonly owner?: Account } = {}): App {
    const bot = this.addAccount({
      login: `${slug}[bot]`,
      type: "Bot",
      ...(ids.botId === undefined ? {} : { id: ids.botId }),
    });
    const app: App = { id: ids.id ?? this.nextId(), slug, name: slug, bot, owner: ids.owner ?? this.ghost };
    this.apps.set(slug, app);
    return app;
  }

  tryFindAccount(login: string): Account | undefined {
    const wanted = login.toLowerCase();
    for (const account of this.accounts) {
      if (account.state !== "deleted" && account.login.toLowerCase() === wanted) return account;
    }
    return undefined;
  }

  findAccount(login: string): Account {
    const account = this.tryFindAccount(login);
    if (account === undefined) throw new Error(`The test GitHub has no account ${login}.`);
    return account;
  }

  /** The account that GitHub shows for a commit's e-mail: whoever has it, true or forged. */
  tryFindByEmail(email: string): Account | undefined {
    const wanted = email.toLowerCase();
    for (const account of this.accounts) {
      if (account.state === "deleted") continue;
      const login = account.login.toLowerCase();
      const own = [`${account.id}+${login}@users.noreply.github.com`, `${login}@users.noreply.github.com`];
      if (own.includes(wanted) || account.emails.some((one) => one.toLowerCase() === wanted)) return account;
    }
    return undefined;
  }

  tryFindRepository(owner: string, name: string): Repository | undefined {
    const full = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((one) => !one.isDeleted && fullName(one).toLowerCase() === full);
  }

  findRepository(full: string): Repository {
    const [owner = "", name = ""] = full.split("/");
    const repository = this.tryFindRepository(owner, name);
    if (repository === undefined) throw new Error(`The test GitHub has no repository ${full}.`);
    return repository;
  }

  tryFindTeam(organization: string, slug: string): Team | undefined {
    for (const team of this.teams) {
      if (team.slug === slug && team.organization.login.toLowerCase() === organization.toLowerCase()) return team;
    }
    return undefined;
  }

  /** What an account may do to a repository; nothing when it is suspended or gone. */
  permissionOf(account: Account, repository: Repository): Permission {
    if (account.state !== "active") return "none";
    if (account === repository.owner) return "admin";
    if (this.organizationAdmins.get(repository.owner)?.has(account) === true) return "admin";
    const teams = [...repository.teams].filter(([team]) => this.teams.has(team) && team.members.has(account));
    const all = [
      ...teams.map(([, permission]) => permission),
      repository.collaborators.get(account) ?? "none",
      repository.isPrivate ? ("none" as const) : ("read" as const),
    ];
    return all.reduce((a, b) => (atLeast(a, b) ? a : b));
  }

  async addRepository(owner: Account, name: string, branch: string, forkOf?: Repository): Promise<Repository> {
    const id = this.nextId();
    const repository: Repository = {
      id,
      name,
      owner,
      isPrivate: true,
      defaultBranch: branch,
      ...(forkOf === undefined ? {} : { forkOf }),
      isDeleted: false,
      git: await BareRepository.create(join(this.directory, `${id}.git`), branch, forkOf?.git),
      collaborators: new Map(),
      teams: new Map(),
      issues: new Map(),
      pulls: new Map(),
      checkSuites: [],
      checkRuns: new Map(),
      statuses: [],
      protections: new Map(),
      rulesets: [],
      environments: new Map(),
      workflowRuns: new Map(),
      secrets: new Set(),
      workflowPermissions: "read",
      workflowsCanApprove: false,
      signatures: new Map(),
      associations: new Map(),
      queue: [],
      nextNumber: 1,
      createdAt: this.now(),
    };
    this.repositories.push(repository);
    return repository;
  }
}

/** Where GitHub cuts; smaller in tests that want to see the cut. */
export interface Limits {
  readonly pageSize: number;
  readonly pullCommits: number;
  readonly pullFiles: number;
  readonly compareFiles: number;
  readonly treeEntries: number;
  readonly annotations: number;
  readonly commentCharacters: number;
  /** Bytes of a blob that GraphQL gives as text. */
  readonly blobText: number;
  /** Calls an hour. */
  readonly rateLimit: number;
}

/** GitHub's own limits. */
export const realLimits: Limits = {
  pageSize: 100,
  pullCommits: 250,
  pullFiles: 3000,
  compareFiles: 300,
  treeEntries: 100_000,
  annotations: 50,
  commentCharacters: 65_536,
  blobText: 512_000,
  rateLimit: 5000,
};

/** `owner/name` */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** Whether a permission is one or a stronger one. */
export function atLeast(held: Permission, wanted: Permission): boolean {
  return permissionLevels.indexOf(held) >= permissionLevels.indexOf(wanted);
}

/** Who acts with a token. */
export function actorOf(token: Token): Account {
  return token.kind === "user" ? token.account : token.app.bot;
}
