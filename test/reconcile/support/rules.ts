import type { Manifest } from "../../../lib/model/manifest";
import type { Group, User } from "../../../lib/model/principal";
import type { AccessRequest } from "../../../lib/model/request";
import type { Connection, Resource } from "../../../lib/model/resource";
import type { AccessRule, ApprovalRule } from "../../../lib/model/rule";

export const gateway = "gw";
export const automatic: ApprovalRule = {
  automatic: { when: { kind: "memberOf", groups: ["devs"] }, never: ["critical"] },
  steps: [],
};
export const oneLead: ApprovalRule = {
  steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
};

/** The rules of a small house: devs read automatically and write with one lead. */
export function rules(overrides: Partial<Manifest> = {}): Manifest {
  return {
    manifestVersion: 1,
    users: ["alice", "bob", "carol", "dora", "erin"].map((name): User => ({ email: `${name}@x.test` })),
    groups: [group("devs", ["alice", "bob", "dora"]), group("leads", ["carol", "erin"])],
    serviceAccounts: [],
    resources: [resource("cache"), resource("orders")],
    connections: [connection("cache", "read"), connection("orders", "read"), connection("orders", "write")],
    guardrails: [],
    maskingRules: [],
    rules: [rule("reading", ["cache/read", "orders/read"], automatic), rule("writing", ["orders/write"], oneLead)],
    policyApproval: [],
    gateways: { [gateway]: { provider: "memory", users: "declared" } },
    approvals: "local",
    limits: {
      maxDurationSeconds: 7 * 86_400,
      startWithinSeconds: 30 * 86_400,
      approvalValidForSeconds: 30 * 86_400,
      bulkRemovals: { count: 5, percent: 10 },
    },
    protected: [],
    ...overrides,
  };
}

export function group(name: string, people: readonly string[]): Group {
  return { name, members: people.map((one) => `${one}@x.test`), groups: [] };
}

export function resource(name: string): Resource {
  return { name, path: `house/${name}`, kind: "tcp", class: "medium", labels: {}, gateway, host: "127.0.0.1", port: 1 };
}

export function connection(of: string, level: string): Connection {
  return {
    id: `${of}/${level}`,
    path: `house/${of}/${level}`,
    resource: of,
    level,
    gatewayName: `${of}-${level}`,
    settings: {},
    secrets: {},
    command: [],
    guardrails: [],
    maskingRules: [],
  };
}

export function rule(name: string, may: readonly string[], approval: ApprovalRule): AccessRule {
  return {
    name,
    path: `house/${name}`,
    who: ["group:devs"],
    may,
    defaultDurationSeconds: 3600,
    maxDurationSeconds: 7 * 86_400,
    windows: [],
    approval,
    mayRevoke: [],
    ticketRequired: false,
  };
}

/** A request; by default alice asks to read orders for an hour, to start within 2026-03-02. */
export function request(name: string, parts: Partial<AccessRequest> = {}): AccessRequest {
  return {
    name,
    for: ["alice@x.test"],
    access: ["orders/read"],
    durationSeconds: 3600,
    startBefore: "2026-03-02T00:00:00.000Z",
    reason: "to see why orders hang",
    ...parts,
  };
}
