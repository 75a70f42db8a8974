/** Small rules, requests and Log states for tests of the pure core; everything can be replaced by field. */
import type { DesiredGrant } from "../../lib/model/desired";
import type { GrantState, LogState } from "../../lib/model/log-state";
import { plusSeconds, type Instant } from "../../lib/model/instant";
import type { Manifest } from "../../lib/model/manifest";
import type { GrantFacts } from "../../lib/model/record";
import { requestDigest, type AccessRequest } from "../../lib/model/request";
import type { Connection, Resource } from "../../lib/model/resource";
import type { AccessRule } from "../../lib/model/rule";
import { governed } from "./governed";

export const installation = "inst-0000-0001";
export const now: Instant = "2026-11-23T12:00:00.000Z";

export function hours(count: number, from: Instant = now): Instant {
  return plusSeconds(from, count * 3600);
}

export function resource(name: string, more: Partial<Resource> = {}): Resource {
  return { name, path: `prod/${name}`, kind: "postgresql", class: "high", labels: {}, gateway: "main", ...more };
}

export function connection(of: string, level: string, more: Partial<Connection> = {}): Connection {
  return {
    id: `${of}/${level}`,
    path: `prod/${of}/${level}`,
    resource: of,
    level,
    gatewayName: `${of}-${level}`,
    settings: {},
    secrets: {},
    command: [],
    guardrails: [],
    maskingRules: [],
    ...more,
  };
}

export function rule(name: string, more: Partial<AccessRule> = {}): AccessRule {
  return {
    name,
    path: `prod/${name}`,
    who: ["group:backend"],
    may: ["orders-db/read"],
    defaultDurationSeconds: 3600,
    maxDurationSeconds: 4 * 3600,
    windows: [],
    approval: { steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }] },
    mayRevoke: [],
    ticketRequired: false,
    ...more,
  };
}

/** alice and bob in backend; carol and dave in leads; erin in security; frank nowhere; one database with two levels. */
export function manifest(more: Partial<Manifest> = {}): Manifest {
  return {
    manifestVersion: 1,
    users: ["alice", "bob", "carol", "dave", "erin", "frank"].map((name) => ({
      email: `${name}@example.com`,
      ...(name === "alice" ? { manager: "carol@example.com" } : {}),
    })),
    groups: [
      { name: "backend", members: ["alice@example.com", "bob@example.com"], groups: [] },
      { name: "leads", members: ["carol@example.com", "dave@example.com"], groups: [] },
      { name: "security", members: ["erin@example.com"], groups: [] },
    ],
    serviceAccounts: [{ name: "ci", owner: "erin@example.com" }],
    resources: [resource("orders-db")],
    connections: [connection("orders-db", "read"), connection("orders-db", "write")],
    guardrails: [],
    maskingRules: [],
    rules: [rule("orders-read"), rule("orders-write", { may: ["orders-db/write"] })],
    policyApproval: [],
    ...governed,
    ...more,
  };
}

export function request(name: string, more: Partial<AccessRequest> = {}): AccessRequest {
  return {
    name,
    for: ["alice@example.com"],
    access: ["orders-db/read"],
    durationSeconds: 3600,
    startBefore: hours(24),
    reason: "INC-4711",
    ...more,
  };
}

type MutableState = { -readonly [K in keyof LogState]: LogState[K] };

export function state(more: Partial<LogState> = {}): LogState {
  const empty: MutableState = {
    epoch: 0,
    names: new Map(),
    grants: new Map(),
    approvals: new Map(),
    objects: new Map(),
    intents: new Map(),
    optOuts: new Map(),
    folded: new Set(),
    drift: new Map(),
  };
  return { ...empty, ...more };
}

/** The names of merged requests, as the fold has them. */
export function merged(...requests: readonly AccessRequest[]): LogState["names"] {
  return new Map(requests.map((one) => [one.name, { digest: requestDigest(one), mergedAt: hours(-1), spent: false }]));
}

export function factsOf(desired: DesiredGrant): GrantFacts {
  return {
    grant: desired.id,
    request: desired.request,
    person: desired.person,
    connection: desired.connection,
    gateway: desired.gateway,
    gatewayName: desired.gatewayName,
    level: desired.level,
    resource: desired.resource,
    class: desired.class,
    rule: desired.rule,
    ruleDigest: desired.ruleDigest,
    reason: desired.reason,
  };
}

/** A Grant as the fold holds it once it was activated at `at`. */
export function activeGrant(desired: DesiredGrant, at: Instant, more: Partial<GrantState> = {}): GrantState {
  const end = plusSeconds(at, desired.durationSeconds);
  return {
    facts: factsOf(desired),
    phase: "active",
    generation: 0,
    end,
    leaseEnd: end,
    heldSequence: 1,
    intendedAt: at,
    activatedAt: at,
    firstSequence: 1,
    lastSequence: 2,
    ...more,
  };
}

export function grantsById(...grants: readonly GrantState[]): LogState["grants"] {
  return new Map(grants.map((grant) => [grant.facts.grant, grant]));
}
