/**
 * A gateway and a Log as small as they can be: it carries out what a Plan says, to the letter, and
 * shows what then stands. It knows nothing of how Plans are made.
 */
import type { Action, ConfigurationAction, LeaseAction } from "../../lib/model/action";
import type { DesiredState } from "../../lib/model/desired";
import type { ProviderDescription } from "../../lib/model/gateway";
import { objectKey, type GatewayObject } from "../../lib/model/gateway-object";
import type { EndReason, RejectReason } from "../../lib/model/grant";
import { latest, plusSeconds, type Instant } from "../../lib/model/instant";
import type { GrantState, LogState, ObjectState } from "../../lib/model/log-state";
import type { Manifest } from "../../lib/model/manifest";
import type { ObservedLease, ObservedObject, ObservedState } from "../../lib/model/observed";
import type { Plan } from "../../lib/model/plan";
import type { SpoolEntry } from "../../lib/model/record";
import { requestDigest, type AccessRequest } from "../../lib/model/request";
import { makePlan, type PlanInput } from "../../lib/plan";
import { desiredState, grantEnd, manifestIndex } from "../../lib/policy";
import { activeGrant, factsOf, installation, now, state as logState } from "../support/core";

export const description: ProviderDescription = {
  gateway: "main",
  provider: "memory",
  version: "1",
  holds: { entry: true, sessions: true, overrun: "none" },
  maxSliceSeconds: 48 * 3600,
  kinds: ["postgresql", "tcp"],
  principals: ["user", "service"],
  guardrailKinds: ["tcp"],
  maxGuardrails: undefined,
  maxMaskingRules: undefined,
  installation,
  skewMs: 0,
  storesSecrets: true,
  endingsPerSecond: 100,
};

export class ToyWorld {
  now: Instant = now;
  readonly grants = new Map<string, GrantState>();
  readonly objects = new Map<string, ObjectState>();
  readonly names = new Map<string, LogState["names"] extends ReadonlyMap<string, infer V> ? V : never>();
  readonly optOuts = new Map<string, LogState["optOuts"] extends ReadonlyMap<string, infer V> ? V : never>();
  rows: ObservedLease[] = [];
  readonly there = new Map<string, ObservedObject>();
  requests: AccessRequest[] = [];
  spool: SpoolEntry[] = [];
  private sequence = 0;

  constructor(
    public manifest: Manifest,
    public readonly more: Partial<ProviderDescription> = {},
  ) {}

  get state(): LogState {
    const { grants, objects, names, optOuts } = this;
    return logState({ grants, objects, names, optOuts });
  }

  get description(): ProviderDescription {
    return { ...description, ...this.more };
  }

  observed(): ObservedState {
    const users = [...this.there.values()].filter(({ value }) => value.kind === "user");
    return {
      gateway: "main",
      at: this.now,
      objects: [...this.there.values()],
      leases: this.rows.map((row) => ({ ...row, status: this.statusOf(row) })),
      openWays: [],
      activeUsers: users.map(({ value }) => value.name),
      weaknesses: [],
    };
  }

  desired(): DesiredState {
    const { manifest, requests, state } = this;
    return desiredState({ installation, manifest, requests: { requests }, asOf: this.now, state });
  }

  input(more: Partial<PlanInput> = {}): PlanInput {
    const { digest } = manifestIndex(this.manifest);
    return {
      asOf: this.now,
      state: this.state,
      installation,
      manifest: this.manifest,
      manifestDigest: digest,
      policyInForce: digest,
      requests: { requests: this.requests },
      desired: this.desired(),
      observed: new Map([["main", this.observed()]]),
      descriptions: new Map([["main", this.description]]),
      spool: this.spool,
      repairs: "all",
      protectedPrincipals: [],
      ...more,
    };
  }

  plan(more: Partial<PlanInput> = {}): Plan {
    return makePlan(this.input(more));
  }

  /** Merges the requests as they stand and carries a Plan out. */
  apply(plan: Plan = this.plan()): Plan {
    const desired = this.desired();
    for (const one of this.requests) {
      if (!this.names.has(one.name)) {
        this.names.set(one.name, { digest: requestDigest(one), mergedAt: this.now, spent: false });
      }
    }
    for (const action of plan.actions) this.carryOut(action, desired);
    return plan;
  }

  /** The rows of a pair that let in now or could. */
  rowsOf(person: string, connection: string): readonly ObservedLease[] {
    return this.rows.filter((row) => row.person === person && row.connection === connection);
  }

  private statusOf(row: ObservedLease): ObservedLease["status"] {
    if (row.status === "waiting") return "waiting";
    if ((row.endsAt ?? "9") <= this.now) return "lapsed";
    const newest = this.rowsOf(row.person, row.connection)
      .filter((one) => one.status !== "waiting")
      .reduce((a, b) => (b.createdAt >= a.createdAt ? b : a));
    return newest === row ? "live" : "shadowed";
  }

  private carryOut(action: Action, desired: DesiredState): void {
    if (action.family === "configuration") this.configure(action);
    else if (action.kind === "end") this.end(action);
    else if (action.kind === "reject") this.reject(action, desired);
    else if (action.reason === "requested" || action.reason === "extended") this.activate(action, desired);
    else this.change(action);
  }

  private configure({ gateway, subject, after }: ConfigurationAction): void {
    const key = objectKey(gateway, subject);
    if (after === null) {
      this.there.delete(key);
      this.objects.delete(key);
      return;
    }
    const mine = after.kind === "user" ? {} : { installation };
    this.there.set(key, { ref: key, ...mine, value: withoutReferences(after) });
    this.objects.set(key, { gateway, subject, value: after, ref: key });
  }

  private end({ subject, reason, after }: LeaseAction): void {
    const grant = this.grants.get(subject.grant ?? "");
    if (grant !== undefined && grant.phase !== "rejected") {
      const { ending: _, ...rest } = grant;
      const ended = { endedAt: this.now, endReason: reason as EndReason, lastSequence: ++this.sequence };
      this.grants.set(grant.facts.grant, { ...rest, ...ended, phase: "ended" });
    }
    if (after === null) this.removeRows(subject.person, subject.gatewayName);
  }

  private reject({ subject, reason }: LeaseAction, desired: DesiredState): void {
    const wanted = desired.grants.find((one) => one.id === subject.grant)!;
    const rejectReason = reason as RejectReason;
    const at = ++this.sequence;
    this.grants.set(wanted.id, {
      facts: factsOf(wanted),
      phase: "rejected",
      generation: 0,
      rejectReason,
      firstSequence: at,
      lastSequence: at,
    });
  }

  private activate({ subject }: LeaseAction, desired: DesiredState): void {
    const wanted = desired.grants.find((one) => one.id === subject.grant)!;
    const end = grantEnd({ manifest: this.manifest, desired: wanted, activatedAt: this.now });
    const leaseEnd = latest(end, ...this.activeEnds(subject.person, subject.gatewayName))!;
    const at = ++this.sequence;
    const grant = activeGrant(wanted, this.now, { end, leaseEnd, heldSequence: at, lastSequence: at });
    this.grants.set(wanted.id, grant);
    this.hold(grant, leaseEnd);
  }

  private change({ subject, after, grantEnd: own }: LeaseAction): void {
    const grant = this.grants.get(subject.grant!)!;
    const at = ++this.sequence;
    const leaseEnd = after!.endsAt!;
    const changed: GrantState = {
      ...grant,
      generation: grant.generation + 1,
      leaseEnd,
      ...(own === undefined ? {} : { end: own }),
      heldSequence: at,
      lastSequence: at,
    };
    this.grants.set(grant.facts.grant, changed);
    this.hold(changed, leaseEnd);
  }

  private hold({ facts, generation }: GrantState, leaseEnd: Instant): void {
    this.removeRows(facts.person, facts.gatewayName);
    const slice = plusSeconds(this.now, this.description.maxSliceSeconds);
    this.rows.push({
      ref: `${facts.grant}:${generation}`,
      correlation: { installation, grant: facts.grant, generation },
      person: facts.person,
      connection: facts.gatewayName,
      status: "live",
      createdAt: this.now,
      endsAt: leaseEnd < slice ? leaseEnd : slice,
    });
  }

  private removeRows(person: string, connection: string): void {
    this.rows = this.rows.filter(
      (row) => row.person !== person || row.connection !== connection || row.correlation?.installation !== installation,
    );
  }

  private activeEnds(person: string, connection: string): Instant[] {
    return [...this.grants.values()].flatMap(({ facts, phase, end }) =>
      phase === "active" && facts.person === person && facts.gatewayName === connection && end !== undefined
        ? [end]
        : [],
    );
  }
}

function withoutReferences(value: GatewayObject): GatewayObject {
  if (value.kind !== "connection") return value;
  return { ...value, secrets: Object.fromEntries(Object.keys(value.secrets).map((name) => [name, ""])) };
}
