import type { ResourceClass } from "./resource";
import type { Window } from "./window";

/** How many activations of one rule one person may have within a sliding time. */
export interface Budget {
  readonly grants: number;
  readonly perSeconds: number;
}

/**
 * A statement about one asked (person, Connection) pair that is true or false at an instant.
 * `memberOf` is about the beneficiary; `within` about the instant; `budget` about activations so far.
 */
export type Condition =
  | { readonly kind: "memberOf"; readonly groups: readonly string[] }
  | { readonly kind: "within"; readonly windows: readonly Window[] }
  | { readonly kind: "class"; readonly classes: readonly ResourceClass[] }
  | { readonly kind: "level"; readonly levels: readonly string[] }
  | { readonly kind: "longerThan"; readonly seconds: number }
  | { readonly kind: "label"; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: "budget"; readonly budget: Budget }
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

/** How many statements a Condition has, itself included, and how deep they nest. */
export function conditionSize(condition: Condition): { readonly nodes: number; readonly depth: number } {
  const parts =
    condition.kind === "all" || condition.kind === "any"
      ? condition.of
      : condition.kind === "not"
        ? [condition.of]
        : [];
  let [nodes, depth] = [1, 1];
  for (const size of parts.map(conditionSize)) {
    nodes += size.nodes;
    depth = Math.max(depth, size.depth + 1);
  }
  return { nodes, depth };
}
