import { failure } from "../errors";
import type { Manifest } from "../model/manifest";
import type { ConnectionId, PersonId } from "../model/names";
import type { AccessRule } from "../model/rule";
import { peopleOfRule } from "./groups";
import { manifestIndex } from "./manifest-index";

/** The rule that decides a pair; throws E114 when none lets this person ask. See `tryFindDecidingRule`. */
export function findDecidingRule(
  manifest: Manifest,
  person: PersonId,
  connection: ConnectionId,
  ruleName?: string,
): AccessRule {
  const rule = tryFindDecidingRule(manifest, person, connection, ruleName);
  if (rule !== undefined) return rule;
  const under = ruleName === undefined ? "" : ` under rule ${ruleName}`;
  throw failure("E114", {
    detail: `${person} may not ask for ${connection}${under}`,
    fix: "ask for another Connection, or have a rule changed by a pull request",
  });
}

/**
 * The first rule in declaration order whose `who` and `may` match the pair, also when its maximum
 * refuses; or the named one, if it matches. Undefined when none does.
 */
export function tryFindDecidingRule(
  manifest: Manifest,
  person: PersonId,
  connection: ConnectionId,
  ruleName?: string,
): AccessRule | undefined {
  const rules = manifestIndex(manifest).rulesByConnection.get(connection) ?? [];
  return rules.find(
    (rule) => (ruleName === undefined || rule.name === ruleName) && peopleOfRule(manifest, rule).has(person),
  );
}

/** Every rule that matches the pair, in declaration order. */
export function matchingRules(manifest: Manifest, person: PersonId, connection: ConnectionId): readonly AccessRule[] {
  const rules = manifestIndex(manifest).rulesByConnection.get(connection) ?? [];
  return rules.filter((rule) => peopleOfRule(manifest, rule).has(person));
}
