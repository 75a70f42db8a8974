/** The rules of a simulation in a few words, written out by hand beside the Manifests that say the same to the core. */
import type { Manifest } from "../../../lib/model/manifest";
import { automatic, connection, gateway, group, oneLead, resource, rule, rules } from "../../reconcile/support/rules";

/** The policies that an operator accepts in a simulation. */
export const policyKinds = ["usual", "without bob", "no writing"] as const;

/** One of them. */
export type PolicyKind = (typeof policyKinds)[number];

export const people = ["alice@x.test", "bob@x.test", "dora@x.test"] as const;
export const leads = ["carol@x.test", "erin@x.test"] as const;
export const connections = ["cache/read", "orders/read", "orders/write"] as const;

/** The Manifest of a policy. */
export function manifestOf(kind: PolicyKind): Manifest {
  const devs = kind === "without bob" ? ["alice", "dora"] : ["alice", "bob", "dora"];
  const writing = kind === "no writing" ? [] : [rule("writing", ["orders/write"], oneLead)];
  const base = rules();
  return {
    ...base,
    groups: [group("devs", devs), group("leads", ["carol", "erin"])],
    resources: [resource("cache"), resource("orders")],
    connections: [connection("cache", "read"), connection("orders", "read"), connection("orders", "write")],
    rules: [rule("reading", ["cache/read", "orders/read"], automatic), ...writing],
    // Local approvals want a gateway that guards nothing real; which dialect it speaks, the rules do not say.
    gateways: { [gateway]: { provider: "embedded", users: "existing" } },
    limits: { ...base.limits, bulkRemovals: { count: 1_000, percent: 100 } },
  };
}

/** The rule that decides about a Connection. */
export function ruleOf(of: string): "reading" | "writing" {
  return of === "orders/write" ? "writing" : "reading";
}

/** The people whom a request names, under a policy. */
export function membersOf(kind: PolicyKind, named: readonly string[]): readonly string[] {
  const devs = kind === "without bob" ? people.filter((one) => one !== "bob@x.test") : people;
  return [...new Set(named.flatMap((one) => (one === "group:devs" ? devs : [one])))];
}

/** Whether a policy lets somebody have this by a request that names these. */
export function isEligible(kind: PolicyKind, person: string, of: string, named: readonly string[]): boolean {
  if (kind === "no writing" && of === "orders/write") return false;
  if (kind === "without bob" && person === "bob@x.test") return false;
  return membersOf(kind, named).includes(person);
}

/** The gateway's name of a Connection. */
export function gatewayNameOf(of: string): string {
  return of.replace("/", "-");
}

/** The Connection of a gateway's name. */
export function connectionOf(name: string): string {
  return name.replace("-", "/");
}
