import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from "graphql";

const limit = 500_000;

/** GitHub's refusal of a question that could be answered with more than 500,000 nodes: the product of nested pages. */
export function tooManyNodes(document: DocumentNode, variables: Readonly<Record<string, unknown>>): object | undefined {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const count = (set: SelectionSetNode | undefined, times: number): number => {
    let total = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        total += count(fragments.get(selection.name.value)?.selectionSet, times);
      else if (selection.kind === Kind.INLINE_FRAGMENT) total += count(selection.selectionSet, times);
      else {
        const size = pageOf(selection, variables);
        const inside = size === undefined ? times : times * size;
        total += (size === undefined ? 0 : inside) + count(selection.selectionSet, inside);
      }
    }
    return total;
  };
  const total = document.definitions.reduce(
    (sum, one) => sum + (one.kind === Kind.OPERATION_DEFINITION ? count(one.selectionSet, 1) : 0),
    0,
  );
  if (total <= limit) return undefined;
  const message = `This query requests up to ${total} possible nodes which exceeds the maximum limit of ${limit}.`;
  return { type: "MAX_NODE_LIMIT_EXCEEDED", message };
}

function pageOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | undefined {
  for (const argument of field.arguments ?? []) {
    if (argument.name.value !== "first" && argument.name.value !== "last") continue;
    if (argument.value.kind === Kind.INT) return Number(argument.value.value);
    if (argument.value.kind === Kind.VARIABLE) return Number(variables[argument.value.name.value] ?? 0);
  }
  return undefined;
}
