import { isSelected, type AccessRule } from "../constructs";
import { canonicalJson } from "../model/canonical";
import type { ConnectionId } from "../model/names";
import type { Connection, Resource } from "../model/resource";
import type * as model from "../model/rule";
import type { Window } from "../model/window";
import { sortedBy, sortedNames } from "./order";

/** What a rule's entry depends on besides the rule. */
export interface RuleSurroundings {
  readonly resources: readonly Resource[];
  readonly connections: readonly Connection[];
  /** The organisation's cap, which shortens the defaults of a rule that names no duration. */
  readonly maxDurationSeconds: number;
}

/** The Manifest's entry of an AccessRule: what it matches by label, class and level is spelled out. */
export function ruleEntry(rule: AccessRule, around: RuleSurroundings): model.AccessRule {
  const durations = durationsOf(rule, around.maxDurationSeconds);
  return {
    name: rule.ruleName,
    path: rule.node.path,
    who: sortedNames(rule.who.map((one) => one.principalRef)),
    may: connectionsOf(rule, around),
    defaultDurationSeconds: durations.standard,
    maxDurationSeconds: durations.max,
    windows: windowList(rule.windows.map((one) => one.value)),
    approval: rule.approval.value,
    mayRevoke: rule.mayRevoke,
    ticketRequired: rule.ticketRequired,
  };
}

const standardDefaultSeconds = 3600;
const standardMaxSeconds = 8 * 3600;

/** What the rule says stands, also over the cap (a problem told later); what it leaves open keeps within the cap. */
function durationsOf(rule: AccessRule, cap: number): { readonly standard: number; readonly max: number } {
  const max =
    rule.maxDuration?.seconds ?? Math.min(cap, Math.max(standardMaxSeconds, rule.defaultDuration?.seconds ?? 0));
  const standard = rule.defaultDuration?.seconds ?? Math.min(standardDefaultSeconds, max);
  return { standard, max: Math.max(max, standard) };
}

function connectionsOf(rule: AccessRule, around: RuleSurroundings): readonly ConnectionId[] {
  const listed = rule.may.map((one) => one.connectionId);
  const selector = rule.mayMatching;
  if (selector === undefined) return sortedNames(listed);
  const resources = new Map(around.resources.map((one) => [one.name, one]));
  const matched = around.connections.filter((connection) => {
    const resource = resources.get(connection.resource);
    return resource !== undefined && isSelected(selector, resource, connection.level);
  });
  return sortedNames([...listed, ...matched.map((one) => one.id)]);
}

/** Windows mean the same in any order, so they stand in one order, each once. */
function windowList(windows: readonly Window[]): readonly Window[] {
  const byText = new Map(windows.map((window) => [canonicalJson(window), window]));
  return sortedBy([...byText], ([text]) => text).map(([, window]) => window);
}
