import type { DeclaredLevels } from "../model/level-faults";
import type { LevelPrivileges } from "../model/privileges";
import { clusterOf } from "../model/resource";

/** A PostgreSQL cluster and the levels that it holds: what becomes one stack. */
export interface ClusterLevels {
  /** An identifier. */
  readonly name: string;
  readonly host?: string;
  readonly port?: number;
  /** By database and role. */
  readonly levels: readonly ClusterLevel[];
}

/** One level of a cluster. */
export interface ClusterLevel {
  /** The Resource and the level of the Connection that it is of. */
  readonly resource: string;
  readonly level: string;
  readonly privileges: LevelPrivileges;
}

/** The clusters that have levels, by name. Nothing else of the rules comes near Terraform: no person, no grant, no secret. */
export function clustersOf({ resources, connections }: DeclaredLevels): readonly ClusterLevels[] {
  const byName = new Map(resources.map((one) => [one.name, one]));
  const clusters = new Map<string, { host?: string; port?: number; levels: ClusterLevel[] }>();
  for (const { resource: name, level, privileges } of connections) {
    const resource = byName.get(name);
    if (resource === undefined || privileges === undefined) continue;
    const { host, port } = resource;
    const cluster = clusters.get(clusterOf(resource)) ?? {
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      levels: [],
    };
    cluster.levels.push({ resource: name, level, privileges });
    clusters.set(clusterOf(resource), cluster);
  }
  return [...clusters]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, { levels, ...at }]) => ({ name, ...at, levels: levels.sort(byPlace) }));
}

function byPlace({ privileges: a }: ClusterLevel, { privileges: b }: ClusterLevel): number {
  return compare(a.database, b.database) || compare(a.role, b.role);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
