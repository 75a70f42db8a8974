import type { PersonId } from "../model/names";
import type { IsAsked } from "./eligibility";

/**
 * Gives reviewers places in steps so that as many places as possible are filled, earlier steps
 * first; one person fills one place. `asks[s]` says whom step s asks, `wanted[s]` how many places it
 * has. The answer has the reviewers of each step, in the order given.
 *
 * This is a maximum bipartite matching by augmenting paths (Kuhn 1955): a place once filled stays
 * filled, so that earlier steps come first. At most reviewers + steps searches are made, each at most
 * reviewers x steps long.
 */
export function fillPlaces(
  reviewers: readonly PersonId[],
  asks: readonly IsAsked[],
  wanted: readonly number[],
): readonly (readonly PersonId[])[] {
  const stepOf = new Map<PersonId, number>();
  const able = asks.map((isAsked, step) => (wanted[step] === 0 ? [] : reviewers.filter((one) => isAsked(one))));
  wanted.forEach((places, step) => {
    for (let filled = 0; filled < places; filled++) {
      if (!fillOne(step, { able, stepOf, seen: new Set() })) break;
    }
  });
  return able.map((people, step) => people.filter((person) => stepOf.get(person) === step));
}

interface Search {
  readonly able: readonly (readonly PersonId[])[];
  readonly stepOf: Map<PersonId, number>;
  readonly seen: Set<PersonId>;
}

/** Finds a reviewer for one more place of a step, moving others to further places where that helps. */
function fillOne(step: number, search: Search): boolean {
  const reviewers = search.able[step] ?? [];
  const free = reviewers.find((reviewer) => !search.stepOf.has(reviewer));
  if (free !== undefined) {
    search.stepOf.set(free, step);
    return true;
  }
  for (const reviewer of reviewers) {
    const other = search.stepOf.get(reviewer);
    if (other === undefined || other === step || search.seen.has(reviewer)) continue;
    search.seen.add(reviewer);
    if (!fillOne(other, search)) continue;
    search.stepOf.set(reviewer, step);
    return true;
  }
  return false;
}
