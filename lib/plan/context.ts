import { digestOf, type Digest } from "../model/canonical";
import type { DesiredGrant } from "../model/desired";
import type { EndReason, GrantId } from "../model/grant";
import type { OptOut } from "../model/approval";
import type { ObservedLease, ObservedState } from "../model/observed";
import type { PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";
import { resourceClasses, type ResourceClass } from "../model/resource";
import { manifestIndex, optOutsByPerson, type ManifestIndex } from "../policy";
import type { PlanInput } from "./input";

/** One planning run: the input and the look-ups over it, each built once. */
export interface PlanContext extends PlanInput {
  readonly index: ManifestIndex;
  readonly desiredById: ReadonlyMap<GrantId, DesiredGrant>;
  tryFindRequest(name: string): AccessRequest | undefined;
  readonly optOuts: ReadonlyMap<PersonId, readonly OptOut[]>;
  /** What the spool ends. */
  readonly spooled: ReadonlyMap<GrantId, EndReason>;
  readonly isFrozen: boolean;
  /** Leases of ours at the gateways by pair; empty when the Log stands for them. */
  readonly ours: ReadonlyMap<string, readonly ObservedLease[]>;
  /** No policy is in force. */
  readonly hasNoPolicy: boolean;
  /** The Manifest is not the one in force. */
  readonly isUnaccepted: boolean;
}

/** Builds the look-ups of a planning run. */
export function planContext(input: PlanInput): PlanContext {
  const spooled = new Map<GrantId, EndReason>();
  for (const { body } of input.spool) {
    if (body.kind === "end") for (const grant of body.grants) spooled.set(grant, body.reason);
  }
  let requests: ReadonlyMap<string, AccessRequest> | undefined;
  const isSpooledFreeze = input.spool.some(({ id, body }) => body.kind === "freeze" && !input.state.folded.has(id));
  return {
    ...input,
    index: manifestIndex(input.manifest),
    desiredById: new Map(input.desired.grants.map((grant) => [grant.id, grant])),
    tryFindRequest: (name) => {
      // Asked only for Grants that are no longer desired, so in most plans never.
      requests ??= new Map(input.requests.requests.map((request) => [request.name, request]));
      return requests.get(name);
    },
    optOuts: optOutsByPerson(input.state, input.spool),
    spooled,
    isFrozen: input.state.frozen !== undefined || isSpooledFreeze,
    ours: leasesOfOurs(input),
    hasNoPolicy: input.policyInForce === undefined,
    isUnaccepted: input.policyInForce !== input.manifestDigest,
  };
}

/** One person on one Connection of one gateway, as a key. */
export function pairKey(gateway: string, person: PersonId, gatewayName: string): string {
  return `${gateway} ${gatewayName} ${person}`;
}

/** What was observed of one gateway; undefined when the Log stands for it or it could not be asked. */
export function tryFindObserved(context: PlanInput, gateway: string): ObservedState | undefined {
  return context.observed === "log" ? undefined : context.observed.get(gateway);
}

/** Whether nothing is known of a gateway because it could not be asked. */
export function isUnreachable(context: PlanInput, gateway: string): boolean {
  return context.observed !== "log" && !context.observed.has(gateway);
}

/**
 * How far a lease's end may be from what was asked, in milliseconds: providers count whole seconds
 * from their own now, by their own clock.
 */
export function toleranceMs(context: PlanInput, gateway: string): number {
  return 5000 + Math.abs(context.descriptions.get(gateway)?.skewMs ?? 0);
}

/** Digest of what was observed of a pair; null when nothing of ours was there, or only the Log was asked. */
export function observedPair(leases: readonly ObservedLease[] | undefined): Digest | null {
  if (leases === undefined || leases.length === 0) return null;
  const rows = leases.map(({ ref, status, endsAt, correlation }) => ({
    ref,
    status,
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(correlation === undefined ? {} : { correlation }),
  }));
  return digestOf(rows.sort((a, b) => (a.ref < b.ref ? -1 : 1)));
}

/** A class as the Log has it; what is unknown counts as critical. */
export function classOf(text: string | undefined): ResourceClass {
  return resourceClasses.find((one) => one === text) ?? "critical";
}

/** Compares texts by their UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The leases of ours among what was observed of some gateways, by pair. */
export function leasesOfOurs(input: {
  readonly installation: string;
  readonly observed: PlanInput["observed"];
}): ReadonlyMap<string, readonly ObservedLease[]> {
  const byPair = new Map<string, ObservedLease[]>();
  if (input.observed === "log") return byPair;
  for (const [gateway, { leases }] of input.observed) {
    for (const lease of leases) {
      if (lease.correlation?.installation !== input.installation) continue;
      const key = pairKey(gateway, lease.person, lease.connection);
      const there = byPair.get(key);
      if (there === undefined) byPair.set(key, [lease]);
      else there.push(lease);
    }
  }
  return byPair;
}
