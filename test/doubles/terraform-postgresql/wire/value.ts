/** A value that Terraform does not know yet. */
export const unknown: unique symbol = Symbol("unknown");

/** A value of Terraform as its protocol carries it; sets and lists both are arrays. */
export type Value =
  null | boolean | number | string | typeof unknown | readonly Value[] | { readonly [name: string]: Value };

/** An object of Terraform: a resource, its configuration, or its state. */
export type ObjectValue = { readonly [name: string]: Value };

/** Whether a value, or anything within it, is not known yet. */
export function isUnknown(value: Value | undefined): boolean {
  if (value === unknown) return true;
  if (value === null || value === undefined || typeof value !== "object") return false;
  return Object.values(value).some((one: Value) => isUnknown(one));
}
