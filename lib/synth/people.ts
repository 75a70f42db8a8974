import { everyoneName } from "../model/principal";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import { tryParsePrincipal, type PersonId, type PrincipalRef } from "../model/names";
import type { Group, ServiceAccount, User } from "../model/principal";

/** The people behind the names of one Manifest. Survives cycles and unknown names: those are told elsewhere. */
export class People {
  readonly users: ReadonlyMap<string, User>;
  readonly groups: ReadonlyMap<string, Group>;
  /** By PersonId, `service:<name>`. */
  readonly services: ReadonlyMap<PersonId, ServiceAccount>;
  private readonly expanded = new Map<string, ReadonlySet<PersonId>>();
  private memberships = 0;
  private fromGithub: ReadonlySet<string> | undefined;

  constructor(manifest: Pick<Manifest, "users" | "groups" | "serviceAccounts">) {
    this.users = new Map(manifest.users.map((user) => [user.email, user]));
    // Of two Groups with one name the first counts: that there are two is told already.
    this.groups = new Map(manifest.groups.toReversed().map((group) => [group.name, group]));
    this.services = new Map(manifest.serviceAccounts.map((account) => [`service:${account.name}`, account]));
  }

  /** Everybody in a Group, through nested ones too; stops counting just past the bound on members. */
  inGroup(name: string): ReadonlySet<PersonId> {
    const known = this.expanded.get(name);
    if (known !== undefined) return known;
    const people = new Set<PersonId>();
    // Set before the nested ones are looked at, so that a cycle finds it and ends.
    this.expanded.set(name, people);
    const bound = this.isTooMany ? 0 : name === everyoneName ? Number.POSITIVE_INFINITY : limits.groupMembers + 1;
    const group = this.groups.get(name);
    for (const member of group?.members ?? []) if (people.size < bound && this.isKnown(member)) people.add(member);
    for (const nested of group?.groups ?? []) {
      for (const person of this.inGroup(nested)) {
        if (people.size >= bound) break;
        people.add(person);
      }
    }
    this.memberships += people.size;
    return people;
  }

  /** Whether the Groups have so many members together that they were no longer counted. */
  get isTooMany(): boolean {
    return this.memberships > mostMemberships;
  }

  /** Everybody whom these names mean. */
  behind(refs: readonly PrincipalRef[]): ReadonlySet<PersonId> {
    const people = new Set<PersonId>();
    for (const ref of refs) {
      const parsed = tryParsePrincipal(ref);
      if (parsed?.kind === "group") for (const person of this.inGroup(parsed.name)) people.add(person);
      else if (this.isKnown(ref)) people.add(ref);
    }
    return people;
  }

  /** Whether a User or ServiceAccount is declared. */
  isKnown(person: PersonId): boolean {
    return this.users.has(person) || this.services.has(person);
  }

  /** Whether the members of a Group, or of one nested in it, are read from GitHub. */
  isFromGithub(name: string): boolean {
    this.fromGithub ??= groupsFromGithub(this.groups);
    return this.fromGithub.has(name);
  }
}

/** Members of all Groups together, each expanded: enough for 40,000 people in 70 Groups each. */
export const mostMemberships = 3_000_000;

/** From the teams up to what holds them; a set grows while it is walked, so that each Group is visited once. */
function groupsFromGithub(groups: ReadonlyMap<string, Group>): ReadonlySet<string> {
  const holders = new Map<string, string[]>();
  for (const group of groups.values()) {
    for (const nested of group.groups) {
      const known = holders.get(nested);
      if (known === undefined) holders.set(nested, [group.name]);
      else known.push(group.name);
    }
  }
  const found = new Set([...groups.values()].filter((one) => one.githubTeam !== undefined).map((one) => one.name));
  for (const name of found) for (const holder of holders.get(name) ?? []) found.add(holder);
  return found;
}
