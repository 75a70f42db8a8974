import { Construct } from "constructs";

/** A construct below another, made once. A name of PostgreSQL may be `a/b`, which would be the same id as `a--b`. */
export function childOf(scope: Construct, name: string): Construct {
  const id = encodeURIComponent(name);
  const known = scope.node.tryFindChild(id);
  return known === undefined ? new Construct(scope, id) : (known as Construct);
}
