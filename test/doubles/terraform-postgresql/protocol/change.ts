import { unknown, type ObjectValue, type Value } from "../wire/value";
import { isZero, type ResourceKind } from "./kind";
import type { BlockSchema } from "./schema";

/** What is planned for a resource, and for which attributes it has to be made anew. */
export interface PlannedChange {
  readonly planned: ObjectValue;
  readonly replacedFor: readonly string[];
}

/**
 * Plans as Terraform's SDK does: what is left out has its default; what is computed and left out stays, or is not known
 * yet; what the SDK can't tell from none is no change; a password that is only written is in no plan.
 */
export function planChange(facts: {
  readonly kind: ResourceKind;
  readonly block: BlockSchema;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
}): PlannedChange {
  const { kind, block, prior, proposed, config } = facts;
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const wanted = config[name] ?? null;
    const before = prior?.[name] ?? null;
    if (attribute.write_only === true) planned[name] = null;
    else if (wanted !== null) planned[name] = proposed[name] ?? null;
    else if (attribute.computed === true) planned[name] = prior === null ? unknown : before;
    else if (kind.defaults[name] !== undefined) planned[name] = kind.defaults[name];
    else planned[name] = isZero(before) ? before : null;
  }
  for (const name of Object.keys(block.block_types ?? {})) planned[name] = proposed[name] ?? [];
  const replacedFor = prior === null ? [] : kind.forceNew.filter((name) => isOther(prior[name], planned[name]));
  return { planned, replacedFor };
}

/** What is read as state: an attribute that nobody stated and that is none stays none, so that it is no change. */
export function settled(block: BlockSchema, state: ObjectValue, reference: ObjectValue): ObjectValue {
  const names = [...Object.keys(block.attributes ?? {}), ...Object.keys(block.block_types ?? {})];
  return Object.fromEntries(
    names.map((name) => {
      const value = state[name] ?? null;
      const before = reference[name] ?? null;
      if (block.block_types?.[name] !== undefined) return [name, value ?? []];
      if (block.attributes?.[name]?.write_only === true || value === unknown) return [name, null];
      return [name, isZero(value) && before === null ? null : value];
    }),
  );
}

/** Sets have no order. */
function isOther(a: Value | undefined, b: Value | undefined): boolean {
  const sorted = (value: Value | undefined): unknown =>
    Array.isArray(value) ? value.map((one: Value) => JSON.stringify(one)).toSorted() : (value ?? null);
  if (b === unknown) return true;
  if (Array.isArray(b) && (b as readonly Value[]).includes(unknown)) return true;
  if (isZero(a) && isZero(b)) return false;
  return JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b));
}
