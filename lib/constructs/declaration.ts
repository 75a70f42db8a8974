import { Construct, type IConstruct } from "constructs";
import { misuse } from "./misuse";

/**
 * A construct that the Manifest has an entry for. It knows its place in the order of declaration,
 * which decides among AccessRules and which no walk of the tree could tell.
 */
export abstract class Declaration extends Construct {
  constructor(scope: Construct, id: string) {
    super(checkedScope(scope, id), id);
    const all = registry.get(this.node.root);
    if (all === undefined) registry.set(this.node.root, [this]);
    else all.push(this);
    notice?.(this);
  }
}

/** Every Declaration below a root, in the order in which they were made. */
export function declarationsBelow(root: IConstruct): readonly Declaration[] {
  return registry.get(root) ?? [];
}

/**
 * Calls `listener` for every Declaration from now on, while it is being made: its place in the tree is
 * known, what it says is not. For the runner of rules programs, which notes where in the program that is.
 */
export function onDeclared(listener: (declaration: Declaration) => void): void {
  notice = listener;
}

let notice: ((declaration: Declaration) => void) | undefined;

const registry = new WeakMap<IConstruct, Declaration[]>();

function checkedScope(scope: Construct, id: string): Construct {
  if (!Construct.isConstruct(scope)) {
    throw misuse(`the scope of \`${id}\``, "an AccessApp, an AccessStack or another construct", scope);
  }
  if (typeof id !== "string" || id === "") {
    throw misuse(`the id of a construct in \`${scope.node.path}\``, "a text that is not empty", id);
  }
  const taken = scope.node.tryFindChild(id);
  if (taken !== undefined) {
    throw misuse(`the id of a construct in \`${scope.node.path}\``, "used once", id, "give one of the two another id");
  }
  return scope;
}
