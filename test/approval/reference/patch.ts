/** What a branch changes, laid over trees. */
import type { Ask, RequestFile, Tree } from "./world";

/** What a branch changes: contents by path, null for a file that is removed. */
export interface Patch {
  requests: Record<string, RequestFile | null>;
  governed: Record<string, string | null>;
  claim?: Tree["claim"] | null;
}

/** A request file of a request. */
export const file = (ask: Ask, layout = 0): RequestFile => ({ ask, layout });
/** Where the file of a request usually is. */
export const pathOf = (name: string): string => `requests/${name}.yaml`;

/** A tree with a patch laid over it. */
export function patched(tree: Tree, patch: Patch): Tree {
  const { claim: was, ...rest } = tree;
  const claim = patch.claim === undefined ? was : (patch.claim ?? undefined);
  return {
    ...rest,
    governed: overlay(tree.governed, patch.governed),
    requests: overlay(tree.requests, patch.requests),
    ...(claim === undefined ? {} : { claim }),
  };
}

/** Contents laid over others; null takes away. */
export function overlay<T>(
  base: Readonly<Record<string, T>>,
  over: Readonly<Record<string, T | null>>,
): Record<string, T> {
  const all = Object.entries({ ...base, ...over }).filter((one): one is [string, T] => one[1] !== null);
  return Object.fromEntries(all);
}
