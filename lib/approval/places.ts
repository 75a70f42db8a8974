/**
 * Gives reviewers places in steps so that as many places as possible are filled, earlier steps
 * first; one person fills one place. `mayFill[i]` lists the steps that reviewer i may fill, `wanted[s]`
 * the places of step s. The answer has the reviewers of each step, in the order given.
 *
 * This is a maximum bipartite matching by augmenting paths (Kuhn 1955): a place once filled stays
 * filled, so that earlier steps come first. At most reviewers + steps searches are made, each at most
 * reviewers x steps long.
 */
export function fillPlaces(
  mayFill: readonly (readonly number[])[],
  wanted: readonly number[],
): readonly (readonly number[])[] {
  const stepOf = new Map<number, number>();
  const able = wanted.map((): number[] => []);
  mayFill.forEach((steps, reviewer) => {
    for (const step of steps) able[step]?.push(reviewer);
  });
  wanted.forEach((places, step) => {
    for (let filled = 0; filled < places; filled++) {
      if (!fillOne(step, { able, stepOf, seen: new Set() })) break;
    }
  });
  return wanted.map((_, step) => (able[step] ?? []).filter((reviewer) => stepOf.get(reviewer) === step));
}

interface Search {
  readonly able: readonly (readonly number[])[];
  readonly stepOf: Map<number, number>;
  readonly seen: Set<number>;
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
