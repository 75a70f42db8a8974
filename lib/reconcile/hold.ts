import type { GrantState } from "../model/log-state";
import type { Instant } from "../model/instant";
import type { GrantFacts, RecordBody } from "../model/record";
import type { HoldEffect } from "../ports";

/** The next generation of a Lease under the name of one active Grant. */
export interface NextHold {
  readonly grant: GrantState;
  readonly generation: number;
  readonly leaseEnd: Instant;
  readonly effect: HoldEffect;
}

/** Makes the effect that holds a Lease for a Grant until an absolute end. */
export function holdEffect(
  installation: string,
  facts: GrantFacts,
  lease: { readonly generation: number; readonly end: Instant; readonly approvers?: readonly string[] | undefined },
): HoldEffect {
  const { approvers = [] } = lease;
  return {
    kind: "hold",
    correlation: { installation, grant: facts.grant, generation: lease.generation },
    person: facts.person,
    connection: facts.gatewayName,
    end: lease.end,
    metadata: {
      leasehold_grant: facts.grant,
      leasehold_request: facts.request,
      leasehold_rule: facts.rule,
      leasehold_reason: facts.reason,
      ...(facts.ticket === undefined ? {} : { leasehold_ticket: facts.ticket }),
      ...(approvers.length === 0 ? {} : { leasehold_approvers: approvers.join(", ") }),
    },
  };
}

/** The next generation of a Grant's Lease, until `leaseEnd`: to shorten it, to renew it, or to take it over. */
export function nextHold(installation: string, grant: GrantState, leaseEnd: Instant): NextHold {
  const generation = grant.nextGeneration ?? grant.generation + 1;
  return {
    grant,
    generation,
    leaseEnd,
    effect: holdEffect(installation, grant.facts, { generation, end: leaseEnd, approvers: grant.approvers }),
  };
}

/** The record that has to be durable before `NextHold.effect`. */
export function changeIntended(next: NextHold, end?: Instant): RecordBody {
  const { grant, generation, leaseEnd } = next;
  return {
    type: "change.intended",
    grant: grant.facts.grant,
    generation,
    leaseEnd,
    ...(end === undefined ? {} : { end }),
  };
}

/**
 * Whether the Lease of a pair is under the name of a Grant that goes on, and as long as it should be,
 * by the fold alone: then an ending of another Grant of the pair needs nothing at the gateway.
 */
export function isLeaseRight(held: readonly GrantState[], goingOn: readonly GrantState[], end: Instant): boolean {
  const carrier = held.reduce<GrantState | undefined>(
    (a, b) => (a === undefined || (b.heldSequence ?? 0) > (a.heldSequence ?? 0) ? b : a),
    undefined,
  );
  if (carrier === undefined || carrier.isLeaseUnsure === true) return false;
  return goingOn.includes(carrier) && carrier.leaseEnd === end;
}
