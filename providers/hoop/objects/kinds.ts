/** Kinds of Resources as hoop's types and subtypes. */
import type { ResourceKind } from "../../../lib/model/resource";

/** hoop's name of a kind. */
export interface HoopType {
  readonly type: string;
  readonly subtype: string;
}

const types: Readonly<Record<ResourceKind, HoopType>> = {
  postgresql: { type: "database", subtype: "postgres" },
  mysql: { type: "database", subtype: "mysql" },
  mongodb: { type: "database", subtype: "mongodb" },
  kubernetes: { type: "custom", subtype: "kubernetes" },
  ssh: { type: "application", subtype: "ssh" },
  http: { type: "application", subtype: "httpproxy" },
  tcp: { type: "application", subtype: "tcp" },
};

/** hoop's type of a kind. */
export function hoopTypeOf(kind: ResourceKind): HoopType {
  return types[kind];
}

/** The kind of a hoop type; undefined for those that Leasehold has no word for. */
export function tryKindOf(found: HoopType): ResourceKind | undefined {
  const entries = Object.entries(types) as [ResourceKind, HoopType][];
  return entries.find(([, { type, subtype }]) => type === found.type && subtype === found.subtype)?.[0];
}
