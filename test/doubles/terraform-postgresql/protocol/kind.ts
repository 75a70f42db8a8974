import type { Cluster } from "../postgres/cluster";
import type { ObjectValue, Value } from "../wire/value";

/** What the stand-in knows of one type of resource. */
export interface ResourceKind {
  /** What stands for an attribute that the configuration leaves out. */
  readonly defaults: ObjectValue;
  /** Attributes that a resource is made anew for. */
  readonly forceNew: readonly string[];
  /**
   * How `terraform import` takes it: `byId` is the SDK's ImportStatePassthroughContext, after which Terraform reads it; without,
   * there is no importer.
   */
  readonly importer?: "byId";
  /** What is wrong with a configuration, as far as it is known. */
  problems?(config: ObjectValue): readonly string[];
  /** Makes it and gives its state. */
  create(cluster: Cluster, planned: ObjectValue, config: ObjectValue): Promise<ObjectValue>;
  /** Its state as it is now; undefined: it is gone. */
  read(cluster: Cluster, state: ObjectValue): Promise<ObjectValue | undefined>;
  /** Changes it and gives its state. */
  update(
    cluster: Cluster,
    change: { readonly prior: ObjectValue; readonly planned: ObjectValue; readonly config: ObjectValue },
  ): Promise<ObjectValue>;
  /** Takes it away. */
  remove(cluster: Cluster, prior: ObjectValue): Promise<void>;
}

/** A text attribute; empty where it is not there, as Terraform's SDK has it. */
export function text(object: ObjectValue, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** A list or set of texts; empty where it is not there. */
export function texts(object: ObjectValue, name: string): readonly string[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** Whether two lists are the same set. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

/** Whether a value is one that Terraform's SDK does not tell from none. */
export function isZero(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return true;
  return Array.isArray(value) && value.length === 0;
}
