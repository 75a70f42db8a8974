import type { CatalogMembership } from "./catalog";

/** How the names of lease roles begin: they come and go, and are nobody's to declare. */
export const leasePrefix = "lh_";

/** The roles that a role is a member of, sorted. */
export function rolesAbove(member: string, memberships: readonly CatalogMembership[]): readonly string[] {
  return memberships
    .filter((one) => one.member === member)
    .map(({ role }) => role)
    .sort();
}

/** The members of a role, sorted. */
export function membersOf(role: string, memberships: readonly CatalogMembership[]): readonly string[] {
  return memberships
    .filter((one) => one.role === role)
    .map(({ member }) => member)
    .sort();
}

/**
 * Which of some roles become levels: a level can't be a member of a level, so of a role and its member it is the member, which
 * is nearer to people. A role above such a role may be one again.
 */
export function chooseLevels(
  candidates: readonly string[],
  memberships: readonly CatalogMembership[],
): ReadonlySet<string> {
  const all = new Set(candidates);
  const members = new Map<string, readonly string[]>(candidates.map((name) => [name, []]));
  for (const { role, member } of memberships) {
    if (all.has(role) && all.has(member)) members.set(role, [...(members.get(role) ?? []), member]);
  }
  const decided = new Map<string, boolean>();
  // PostgreSQL has no circles of memberships, so each pass decides one role at least.
  while (decided.size < all.size) {
    const before = decided.size;
    for (const name of all) {
      const below = members.get(name) ?? [];
      if (!decided.has(name) && below.every((one) => decided.has(one))) {
        decided.set(name, !below.some((one) => decided.get(one) === true));
      }
    }
    if (decided.size === before) break;
  }
  return new Set([...decided].filter(([, isLevel]) => isLevel).map(([name]) => name));
}
