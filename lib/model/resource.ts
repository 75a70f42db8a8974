import type { ConnectionId } from "./names";
import type { LevelPrivileges } from "./privileges";

/** How much harm a Resource can do; ordered from least to most. */
export const resourceClasses = ["low", "medium", "high", "critical"] as const;

/** See `resourceClasses`. */
export type ResourceClass = (typeof resourceClasses)[number];

/** What a Resource is; decides what its gateway can do with it. */
export const resourceKinds = ["postgresql", "mysql", "mongodb", "kubernetes", "ssh", "http", "tcp"] as const;

/** See `resourceKinds`. */
export type ResourceKind = (typeof resourceKinds)[number];

/** A database, server, cluster or internal service; it stands behind one gateway of the config. */
export interface Resource {
  readonly name: string;
  /** The construct path that declared it. */
  readonly path: string;
  readonly kind: ResourceKind;
  readonly class: ResourceClass;
  readonly labels: Readonly<Record<string, string>>;
  /** A name under `gateways:` of leasehold.yaml. */
  readonly gateway: string;
  readonly host?: string;
  readonly port?: number;
  /** The PostgreSQL cluster that it is a database of, where it is not one of its own: roles are shared within a cluster. */
  readonly cluster?: string;
}

/** A reference to a secret, `${env:NAME}` or `${file:PATH}`; never its value. */
export type SecretRef = string;

/** One way into a Resource at one level of privilege: the gateway's unit of access. */
export interface Connection {
  readonly id: ConnectionId;
  readonly path: string;
  readonly resource: string;
  /** `read`, `write`, `admin`, or a name of the house. */
  readonly level: string;
  readonly gatewayName: string;
  /** Login names and other plain settings of the way in, e.g. `user`, `database`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Secrets of the way in by name, each a reference. */
  readonly secrets: Readonly<Record<string, SecretRef>>;
  /** The command that the gateway's agent runs, where the kind needs one. */
  readonly command: readonly string[];
  /** Names of Guardrails on it, sorted. */
  readonly guardrails: readonly string[];
  /** Names of MaskingRules on it, sorted. */
  readonly maskingRules: readonly string[];
  /** What the level carries in a PostgreSQL database, where the rules say it. */
  readonly privileges?: LevelPrivileges;
  /** Take over a Connection of this name that somebody else made. */
  readonly adopt?: boolean;
}

/** Whether one class is above another. */
export function isClassAbove(a: ResourceClass, b: ResourceClass): boolean {
  return resourceClasses.indexOf(a) > resourceClasses.indexOf(b);
}

/** The PostgreSQL cluster of a Resource: the one it names, else one of its own under the Resource's name. */
export function clusterOf(resource: Resource): string {
  return resource.cluster ?? resource.name;
}
