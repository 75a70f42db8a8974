/** The gate as one access request rule: section 10 of gateway/hoop-api.md. */
import { gateName, type GateObject } from "../../../lib/model/gateway-object";
import type { RuleItem } from "../client/rules";
import type { Fields } from "../client/shape";
import { withMark } from "./mark";

/** What a rule does to the connects of its Connections. */
export type RuleEffect = "closes" | "lets some pass" | "does not gate";

/** The body of the gate: as read, changed; nobody is in the group that may approve. */
export function gateBody(gate: GateObject, installation: string, before: RuleItem | undefined): Fields {
  return {
    ...before?.raw,
    name: gateName,
    description: withMark("Closed by default: access is leased by Leasehold.", installation),
    access_type: "jit_command",
    connection_names: [...gate.connections],
    attributes: [],
    approval_required_groups: [],
    skip_review_groups: [],
    reviewers_groups: [gateName],
    force_approval_groups: [],
    all_groups_must_approve: true,
    min_approvals: 1,
    access_max_duration: null,
  };
}

/** The gate in normal form: only Connections that it really closes. */
export function gateOf(rule: RuleItem): GateObject {
  const closes = effectOf(rule) === "closes";
  return { kind: "gate", name: gateName, connections: closes ? [...new Set(rule.connections)].toSorted() : [] };
}

/** Why the gate has to be written again; undefined when it stands as we write it. */
export function gateFlaw(rule: RuleItem): string | undefined {
  const isOurs = rule.reviewers.length === 1 && rule.reviewers[0] === gateName;
  const flaws = [
    ...(effectOf(rule) === "closes" ? [] : ["it lets people pass without asking"]),
    ...(rule.accessType === "jit_command" ? [] : ["it does not stand before commands"]),
    ...(isOurs ? [] : ["somebody else may approve"]),
    ...(rule.forcing.length === 0 ? [] : ["somebody may force an approval"]),
    ...(rule.attributes.length === 0 ? [] : ["it names attributes"]),
  ];
  return flaws.length === 0 ? undefined : flaws.join(", ");
}

/** What a rule does; with groups that are asked, everybody else passes. */
export function effectOf(rule: RuleItem): RuleEffect {
  if (rule.accessType !== "jit" && rule.accessType !== "jit_command") return "does not gate";
  return rule.askedGroups.length === 0 && rule.skippingGroups.length === 0 ? "closes" : "lets some pass";
}

/** Tells of Connections whether a rule names them, by name or by one of their attributes. */
export function coverOf(
  rule: RuleItem,
): (connection: { readonly name: string; readonly attributes: readonly string[] }) => boolean {
  const names = new Set(rule.connections);
  return ({ name, attributes }) =>
    names.has(name) || rule.attributes.some((attribute) => attributes.includes(attribute));
}
