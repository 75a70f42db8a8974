import type { ConfigurationAction, LeaseAction, LeaseReason } from "../../../lib/model/action";
import { grantId } from "../../../lib/model/grant";
import type { Plan, WaitingGrant } from "../../../lib/model/plan";

/** The moment that every golden file is written for. */
export const now = "2026-11-25T14:02:00.000Z";
export const installation = "0123456789abcdef0123";

/** A plan of nothing, with what is given. */
export function aPlan(parts: Partial<Plan> = {}): Plan {
  return {
    planVersion: 1,
    installation,
    base: {
      policy: "1".repeat(64),
      manifest: "1".repeat(64),
      requests: "2".repeat(64),
      grants: "3".repeat(64),
      observed: "gateway",
    },
    actions: [],
    waiting: [],
    refusals: [],
    approvals: [],
    drift: [],
    notes: [],
    heldRemovals: 0,
    ...parts,
  };
}

interface Pair {
  readonly person?: string;
  readonly resource?: string;
  readonly level?: string;
  readonly request?: string;
}

function subjectOf(pair: Pair): LeaseAction["subject"] {
  const { person = "alice@example.com", resource = "orders-db", level = "write", request = "orders-inc-4711" } = pair;
  const connection = `${resource}/${level}`;
  return {
    grant: grantId({ installation, request, person, connection }),
    request,
    person,
    connection,
    gatewayName: `${resource}-${level}`,
    resource,
    level,
  };
}

/** A grant of `write` on orders-db to alice for two hours, with what is given. */
export function activation(pair: Pair = {}, parts: Partial<LeaseAction> = {}): LeaseAction {
  return {
    family: "lease",
    kind: "activate",
    gateway: "production",
    subject: subjectOf(pair),
    before: null,
    after: { durationSeconds: 7200, worstCaseEnd: "2026-11-25T20:00:00.000Z" },
    reason: "requested",
    rule: "orders-write",
    class: "critical",
    direction: "widens",
    observed: null,
    waitsForPolicy: false,
    why: "INC-4711: find the orders stuck in payment",
    ticket: "INC-4711",
    startBefore: "2026-11-25T18:00:00.000Z",
    guardrails: ["no-delete-without-where"],
    maskingRules: ["pii-default"],
    effective: { before: "none", after: `${pair.level ?? "write"} (through orders-inc-4711)` },
    approval: "1 of orders-leads, then 1 of security",
    ...parts,
  };
}

/** The end of bob's `read` on staging-cache, with what is given. */
export function ending(pair: Pair = {}, parts: Partial<LeaseAction> = {}): LeaseAction {
  const whole = { person: "bob@example.com", resource: "staging-cache", level: "read", request: "cache-look", ...pair };
  return {
    family: "lease",
    kind: "end",
    gateway: "production",
    subject: subjectOf(whole),
    before: { endsAt: "2026-11-25T17:00:00.000Z", worstCaseEnd: "2026-11-25T17:00:00.000Z" },
    after: null,
    reason: "request removed",
    rule: "staging",
    class: "low",
    direction: "narrows",
    observed: "4".repeat(64),
    waitsForPolicy: false,
    guardrails: [],
    maskingRules: [],
    effective: { before: "read (through cache-look)", after: "none" },
    ...parts,
  };
}

/** carol's `read` on orders-db lasts until another time. */
export function change(to: string, reason: LeaseReason, parts: Partial<LeaseAction> = {}): LeaseAction {
  const from = "2026-11-25T16:00:00.000Z";
  return {
    ...activation({ person: "carol@example.com", level: "read", request: "carol-longer" }),
    kind: "change",
    before: { endsAt: from, worstCaseEnd: from },
    after: { endsAt: to, worstCaseEnd: to },
    reason,
    direction: to > from ? "widens" : "narrows",
    effective: { before: "read (through carol-longer)", after: "read (through carol-longer)" },
    ...parts,
  };
}

/** A grant that will never start. */
export function rejection(reason: LeaseReason, pair: Pair = {}): LeaseAction {
  const asked = activation({ person: "dave@example.com", ...pair });
  const { approval: _, ...rest } = asked;
  return {
    ...rest,
    kind: "reject",
    after: null,
    reason,
    direction: "neutral",
    effective: { before: "none", after: "none" },
  };
}

/** A new Connection at the gateway. */
export function connectionAction(parts: Partial<ConfigurationAction> = {}): ConfigurationAction {
  return {
    family: "configuration",
    kind: "create",
    gateway: "production",
    subject: { kind: "connection", name: "orders-db-write" },
    before: null,
    after: {
      kind: "connection",
      name: "orders-db-write",
      resource: "orders-db",
      resourceKind: "postgresql",
      host: "orders.internal",
      port: 5432,
      settings: { user: "leasehold_rw", database: "orders" },
      secrets: { password: "${env:ORDERS_RW}" },
      command: [],
      guardrails: ["no-delete-without-where"],
      maskingRules: ["pii-default"],
    },
    reason: "declared",
    direction: "widens",
    observed: null,
    waitsForPolicy: false,
    ...parts,
  };
}

/** The gate, closing these connections. */
export function gateAction(before: readonly string[] | null, after: readonly string[]): ConfigurationAction {
  const gate = (connections: readonly string[]) =>
    ({ kind: "gate", name: "leasehold-gate", connections: [...connections].sort() }) as const;
  return {
    family: "configuration",
    kind: before === null ? "create" : "update",
    gateway: "production",
    subject: { kind: "gate", name: "leasehold-gate" },
    before: before === null ? null : gate(before),
    after: gate(after),
    reason: before === null ? "declared" : "gate incomplete",
    direction: "narrows",
    observed: null,
    waitsForPolicy: false,
  };
}

/** A grant whose start is later. */
export function waitingGrant(parts: Partial<WaitingGrant> = {}): WaitingGrant {
  return {
    grant: subjectOf({ person: "erin@example.com", request: "erin-tonight" }).grant ?? "",
    request: "erin-tonight",
    person: "erin@example.com",
    connection: "orders-db/write",
    why: "starts later",
    from: "2026-11-25T20:00:00.000Z",
    startBefore: "2026-11-25T22:00:00.000Z",
    ...parts,
  };
}
