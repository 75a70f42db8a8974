import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import type { Group } from "../model/principal";
import type { DeclaredPaths } from "./paths";
import type { Problem } from "./problem";

/** Groups that contain themselves, and Groups nested too deep. */
export function findGroupProblems(manifest: Pick<Manifest, "groups">, paths: DeclaredPaths): readonly Problem[] {
  const groups = new Map(manifest.groups.map((group) => [group.name, group]));
  const depths = depthsOf(groups);
  const pathOf = (group: Group): string => paths.of(group, `group ${group.name}`);
  const tooDeep = manifest.groups.filter((group) => (depths.get(group.name) ?? 0) > limits.groupDepth);
  return [
    ...cyclesOf(groups, depths).map((cycle) => cycleProblem(cycle, pathOf)),
    ...tooDeep.map((group) => ({
      path: pathOf(group),
      sentence: `its groups nest ${depths.get(group.name)} deep; at most ${limits.groupDepth} are allowed`,
      fix: "list the people of the deepest groups directly",
    })),
  ];
}

/**
 * How deep each Group nests; a Group in or above a cycle has no depth. Without recursion, because a
 * Manifest made by somebody else may nest as deep as it is long.
 */
function depthsOf(groups: ReadonlyMap<string, Group>): ReadonlyMap<string, number> {
  const holders = new Map<string, Group[]>();
  const open = new Map<string, number>();
  for (const group of groups.values()) {
    const nested = [...new Set(group.groups)].filter((name) => groups.has(name));
    open.set(group.name, nested.length);
    for (const name of nested) {
      const known = holders.get(name);
      if (known === undefined) holders.set(name, [group]);
      else known.push(group);
    }
  }
  const depths = new Map<string, number>();
  const ready = [...groups.keys()].filter((name) => open.get(name) === 0);
  for (const name of ready) {
    depths.set(name, Math.max(depths.get(name) ?? 1, 1));
    for (const holder of holders.get(name) ?? []) {
      depths.set(holder.name, Math.max(depths.get(holder.name) ?? 1, (depths.get(name) ?? 1) + 1));
      const left = (open.get(holder.name) ?? 1) - 1;
      open.set(holder.name, left);
      if (left === 0) ready.push(holder.name);
    }
  }
  for (const [name, left] of open) if (left > 0) depths.delete(name);
  return depths;
}

/** The cycles, each once, starting at its first name. */
function cyclesOf(
  groups: ReadonlyMap<string, Group>,
  depths: ReadonlyMap<string, number>,
): readonly (readonly Group[])[] {
  const visited = new Set<string>();
  const cycles: (readonly Group[])[] = [];
  for (const start of [...groups.keys()].toSorted()) {
    const walk = new Map<string, Group>();
    let name: string | undefined = depths.has(start) ? undefined : start;
    // Every Group without a depth holds another one: following them always comes back.
    while (name !== undefined && !visited.has(name)) {
      const group: Group | undefined = groups.get(name);
      if (group === undefined) break;
      visited.add(name);
      walk.set(name, group);
      name = group.groups.find((one) => groups.has(one) && !depths.has(one));
    }
    const names = [...walk.keys()];
    if (name !== undefined && walk.has(name)) cycles.push([...walk.values()].slice(names.indexOf(name)));
  }
  return cycles;
}

function cycleProblem(cycle: readonly Group[], pathOf: (group: Group) => string): Problem {
  const [first] = cycle;
  const names = [...cycle, ...(first === undefined ? [] : [first])].map((group) => group.name);
  return {
    path: first === undefined ? "" : pathOf(first),
    sentence: `the group contains itself: ${names.join(" -> ")}`,
    fix: `take one of these groups out of the other`,
  };
}
