import type { Manifest } from "../model/manifest";
import { tryParsePrincipal, type PersonId, type PrincipalRef } from "../model/names";
import type { AccessRule } from "../model/rule";
import { manifestIndex } from "./manifest-index";

/**
 * The people of a Group with nested groups, sorted, without repeats; empty when the Group is unknown.
 * A Group with `githubTeam` has no members here: they are read at each Decision.
 */
export function expandGroup(manifest: Manifest, name: string): readonly PersonId[] {
  return membersOf(manifest, name).sorted;
}

/** Whether a person is in a Group or in one nested in it. */
export function isMember(manifest: Manifest, group: string, person: PersonId): boolean {
  return membersOf(manifest, group).set.has(person);
}

/** The people that a Principal stands for: itself, or a Group's; empty when it is unknown. */
export function personsOf(manifest: Manifest, ref: PrincipalRef): readonly PersonId[] {
  const principal = tryParsePrincipal(ref);
  if (principal === undefined) return [];
  const index = manifestIndex(manifest);
  switch (principal.kind) {
    case "group":
      return expandGroup(manifest, principal.name);
    case "user":
      return index.users.has(principal.email) ? [principal.email] : [];
    case "service":
      return index.serviceAccounts.has(ref) ? [ref] : [];
  }
}

/** Everybody who may ask under a rule. */
export function peopleOfRule(manifest: Manifest, rule: AccessRule): ReadonlySet<PersonId> {
  const memory = memoryOf(manifest);
  const known = memory.rules.get(rule);
  if (known !== undefined) return known;
  const people = new Set<PersonId>();
  for (const ref of rule.who) for (const person of personsOf(manifest, ref)) people.add(person);
  memory.rules.set(rule, people);
  return people;
}

/** The Groups with `githubTeam` among a Group and those nested in it, by name. */
export function teamsWithin(manifest: Manifest, name: string): readonly string[] {
  const { groups } = manifestIndex(manifest);
  return walkGroups(manifest, name)
    .filter((nested) => groups.get(nested)?.githubTeam !== undefined)
    .sort();
}

interface Members {
  readonly set: ReadonlySet<PersonId>;
  readonly sorted: readonly PersonId[];
}

interface Memory {
  readonly groups: Map<string, Members>;
  readonly rules: Map<AccessRule, ReadonlySet<PersonId>>;
}

const memories = new WeakMap<Manifest, Memory>();
const nobody: Members = { set: new Set(), sorted: [] };

function memoryOf(manifest: Manifest): Memory {
  const known = memories.get(manifest);
  if (known !== undefined) return known;
  const memory: Memory = { groups: new Map(), rules: new Map() };
  memories.set(manifest, memory);
  return memory;
}

function membersOf(manifest: Manifest, name: string): Members {
  const { groups } = memoryOf(manifest);
  const known = groups.get(name);
  if (known !== undefined) return known;
  if (!manifestIndex(manifest).groups.has(name)) return nobody;
  const set = collectMembers(manifest, name);
  const members = { set, sorted: [...set].sort() };
  groups.set(name, members);
  return members;
}

/** People who are not declared are left out. */
function collectMembers(manifest: Manifest, start: string): Set<PersonId> {
  const index = manifestIndex(manifest);
  const people = new Set<PersonId>();
  for (const name of walkGroups(manifest, start)) {
    const group = index.groups.get(name);
    if (group === undefined || group.githubTeam !== undefined) continue;
    for (const person of group.members) {
      if (index.users.has(person) || index.serviceAccounts.has(person)) people.add(person);
    }
  }
  return people;
}

/** A Group and all that are nested in it, each once, so that a cycle ends. */
function walkGroups(manifest: Manifest, start: string): readonly string[] {
  const { groups } = manifestIndex(manifest);
  const seen = new Set([start]);
  for (const name of seen) for (const nested of groups.get(name)?.groups ?? []) seen.add(nested);
  return [...seen];
}
