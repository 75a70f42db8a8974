import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import type { GitHubAccount, PinnedAccount, Snapshot } from "../../model/snapshot";

/** Whom an account stands for, or why it stands for nobody, in words that follow its login. */
export type Identity = { readonly person: PersonId } | { readonly why: string };

/** Who is who under some rules, worked out once for a Snapshot. */
export function identitiesOf(snapshot: Snapshot, manifest: Manifest | undefined): Identities {
  const memory = memories.get(snapshot) ?? new Map<Manifest | undefined, Identities>();
  memories.set(snapshot, memory);
  const known = memory.get(manifest) ?? new Identities(snapshot, manifest);
  memory.set(manifest, known);
  return known;
}

const memories = new WeakMap<Snapshot, Map<Manifest | undefined, Identities>>();

/**
 * Who is who on GitHub under some rules: by numeric user id, as pinned when the policy was accepted; a pin
 * holds as long as person and login stay the same. An account that no User is declared for is `github:<id>`,
 * where a team that a Group stands for has it.
 */
export class Identities {
  private readonly byId = new Map<number, PersonId[]>();
  private readonly pinned = new Map<PersonId, number>();
  private readonly byLogin = new Map<string, Set<PersonId>>();
  private readonly teams = new Map<string, readonly GitHubAccount[]>();
  private readonly inTeams = new Set<number>();
  private readonly identified = new WeakMap<GitHubAccount, Identity>();
  private readonly possible = new WeakMap<GitHubAccount, readonly PersonId[]>();

  constructor({ policy, teams }: Snapshot, manifest: Manifest | undefined) {
    const users = manifest?.users ?? [];
    const logins = new Map(users.map(({ email, github }) => [email, github?.login.toLowerCase()]));
    for (const pin of policy?.pinned ?? []) if (logins.get(pin.person) === pin.login.toLowerCase()) this.pin(pin);
    for (const { email, github } of users) if (github !== undefined) this.name(github.login, email);
    for (const { team, members } of teams) {
      if (members === null) continue;
      this.teams.set(team, members);
      for (const member of members) this.inTeams.add(member.id);
    }
  }

  /** Whom a reviewer stands for. */
  identify(account: GitHubAccount | undefined): Identity {
    if (account === undefined) return { why: "is a deleted account" };
    const known = this.identified.get(account) ?? this.work(account);
    this.identified.set(account, known);
    return known;
  }

  /** Everybody whom an account could be: who it must not be, it must not be by id or by login. */
  everybody(account: GitHubAccount): readonly PersonId[] {
    const known = this.possible.get(account) ?? [
      ...new Set([
        ...(this.byId.get(account.id) ?? []),
        ...(this.byLogin.get(account.login.toLowerCase()) ?? []),
        unnamed(account.id),
      ]),
    ];
    this.possible.set(account, known);
    return known;
  }

  /** Whether it is known which account a person has; of a machine it never is. */
  isPinned(person: PersonId): boolean {
    return this.pinned.has(person);
  }

  /** Members of the Groups of a Manifest that are teams on GitHub, by the Group; one that could not be read is left out. */
  rosters(manifest: Manifest): ReadonlyMap<string, readonly PersonId[]> {
    const rosters = new Map<string, readonly PersonId[]>();
    for (const { name, githubTeam } of manifest.groups) {
      const members = githubTeam === undefined ? undefined : this.teams.get(githubTeam);
      if (members === undefined) continue;
      const people = members.flatMap((member) => {
        const identity = this.identify(member);
        return "person" in identity ? [identity.person] : [];
      });
      rosters.set(name, [...new Set(people)].toSorted());
    }
    return rosters;
  }

  private work(account: GitHubAccount): Identity {
    if (account.kind === "organization") return { why: "is an organization" };
    if (account.kind === "mannequin") return { why: "is a placeholder for an account" };
    if (account.kind !== "user" || account.login.endsWith("[bot]")) return { why: "is a bot" };
    const [person, other] = this.byId.get(account.id) ?? [];
    if (other !== undefined) return { why: `is the account of ${person} and of ${other}` };
    if (person !== undefined) return { person };
    const [named] = this.byLogin.get(account.login.toLowerCase()) ?? [];
    if (named !== undefined) {
      return { why: this.pinned.has(named) ? `took over the login of ${named}` : `is not pinned as ${named}` };
    }
    if (this.inTeams.has(account.id)) return { person: unnamed(account.id) };
    return { why: "is not known to the rules" };
  }

  private pin({ person, login, id }: PinnedAccount): void {
    this.byId.set(id, [...new Set([...(this.byId.get(id) ?? []), person])]);
    this.pinned.set(person, id);
    this.name(login, person);
  }

  private name(login: string, person: PersonId): void {
    const key = login.toLowerCase();
    this.byLogin.set(key, (this.byLogin.get(key) ?? new Set()).add(person));
  }
}

function unnamed(id: number): PersonId {
  return `github:${id}`;
}
