import { canonicalJson } from "../model/canonical";
import type { DesiredGrant } from "../model/desired";
import type { GrantItem, WideningItem } from "../model/widening";
import { digestOfApproval } from "./manifest-index";

/** What one Grant gains, as a widening item. */
export function grantItem(desired: DesiredGrant): GrantItem {
  return {
    kind: "grant",
    request: desired.request,
    person: desired.person,
    connection: desired.connection,
    level: desired.level,
    durationSeconds: desired.durationSeconds,
    ...(desired.startAfter === undefined ? {} : { startAfter: desired.startAfter }),
    startBefore: desired.startBefore,
    reason: desired.reason,
    ...(desired.ticket === undefined ? {} : { ticket: desired.ticket }),
    rule: desired.ruleDigest,
    approval: digestOfApproval(desired.approval),
    safeguards: safeguardsOf(desired),
    ...(desired.privilegesDigest === undefined ? {} : { privileges: desired.privilegesDigest }),
  };
}

/** The safeguards of a Connection as items name them: `guardrail:<name>`, `masking:<name>`, sorted. */
export function safeguardsOf(on: {
  readonly guardrails: readonly string[];
  readonly maskingRules: readonly string[];
}): readonly string[] {
  return [
    ...on.guardrails.map((name) => `guardrail:${name}`),
    ...on.maskingRules.map((name) => `masking:${name}`),
  ].sort();
}

/** Whether each item of `b` has one in `a` that includes it; see "Widening" in DESIGN.md. */
export function isIncluded(b: readonly WideningItem[], a: readonly WideningItem[]): boolean {
  return b.every((item) => isItemIncluded(item, a));
}

/**
 * Whether some item of `a` includes one item: a Grant with the same request, person, Connection,
 * level and what it carries, rule, approval, reason and ticket, a duration no longer, a start window inside, safeguards
 * no fewer; an item of another kind only where it is equal.
 */
export function isItemIncluded(item: WideningItem, a: readonly WideningItem[]): boolean {
  const candidates = indexOf(a).get(keyOf(item)) ?? [];
  if (item.kind !== "grant") return candidates.length > 0;
  for (const other of candidates) if (other.kind === "grant" && isGrantIncluded(item, other)) return true;
  return false;
}

/** Whether some item of `a` is for the same Grant, whether or not it includes this one. */
export function tryFindSameGrant(item: GrantItem, a: readonly WideningItem[]): GrantItem | undefined {
  const found = indexOf(a)
    .get(keyOf(item))
    ?.find((other) => other.kind === "grant");
  return found?.kind === "grant" ? found : undefined;
}

const indexes = new WeakMap<readonly WideningItem[], ReadonlyMap<string, readonly WideningItem[]>>();

/** Items by key, built once per frozen-in-practice list: an approval is asked about once per Grant. */
function indexOf(items: readonly WideningItem[]): ReadonlyMap<string, readonly WideningItem[]> {
  const known = indexes.get(items);
  if (known !== undefined) return known;
  const index = new Map<string, WideningItem[]>();
  for (const item of items) {
    const key = keyOf(item);
    const there = index.get(key);
    if (there === undefined) index.set(key, [item]);
    else there.push(item);
  }
  indexes.set(items, index);
  return index;
}

const keys = new WeakMap<WideningItem, string>();

/** One item is looked for once per approval. */
function keyOf(item: WideningItem): string {
  const known = keys.get(item);
  if (known !== undefined) return known;
  const key =
    item.kind === "grant"
      ? JSON.stringify([item.kind, item.request, item.person, item.connection])
      : canonicalJson(item);
  keys.set(item, key);
  return key;
}

function isGrantIncluded(b: GrantItem, a: GrantItem): boolean {
  return (
    b.level === a.level &&
    b.rule === a.rule &&
    b.approval === a.approval &&
    b.reason === a.reason &&
    b.ticket === a.ticket &&
    b.privileges === a.privileges &&
    b.durationSeconds <= a.durationSeconds &&
    b.startBefore <= a.startBefore &&
    (a.startAfter === undefined || (b.startAfter !== undefined && b.startAfter >= a.startAfter)) &&
    hasAll(b.safeguards, a.safeguards)
  );
}

/** Without a function of its own for each call: every approval is asked. */
function hasAll(there: readonly string[], wanted: readonly string[]): boolean {
  for (const one of wanted) if (!there.includes(one)) return false;
  return true;
}
