import { correlationText } from "../model/lease";
import type { GrantState } from "../model/log-state";
import type { ObservedLease, ObservedState } from "../model/observed";
import type { RecordBody } from "../model/record";
import { grantOutcome } from "./outcome";
import type { Pass } from "./pass-state";
import { worstCaseEnd } from "./worst-case";

/**
 * The leases of ours that a gateway holds, by the text of their correlation. One that ran out by itself counts: it may
 * end up to a second before its Grant, because gateways count whole seconds.
 */
export function ourLeases(pass: Pass, seen: ObservedState): ReadonlyMap<string, ObservedLease> {
  const ours = new Map<string, ObservedLease>();
  for (const lease of seen.leases) {
    if (lease.correlation?.installation !== pass.input.installation) continue;
    const key = correlationText(lease.correlation);
    if (lease.status === "live" || lease.status === "shadowed") ours.set(key, lease);
    else if (lease.status === "lapsed" && lease.altered !== true && !ours.has(key)) ours.set(key, lease);
  }
  return ours;
}

/** The text by which a Lease of a Grant is known at its gateway. */
export function correlationOf(pass: Pass, grant: GrantState, generation: number): string {
  return correlationText({ installation: pass.input.installation, grant: grant.facts.grant, generation });
}

/** The record of an activation whose Lease was found, told as an outcome of this pass. */
export function confirmedActivation(pass: Pass, grant: GrantState, lease: ObservedLease): RecordBody {
  const activatedAt = grant.intendedAt ?? lease.createdAt;
  const observedEnd = lease.endsAt ?? grant.leaseEnd ?? activatedAt;
  const description = pass.descriptions.get(grant.facts.gateway);
  const worst = worstCaseEnd({ activatedAt, end: observedEnd, holds: description?.holds });
  pass.report.outcome(
    grantOutcome("activated", grant, {
      result: pass.journal.canRecord ? "done" : "unrecorded",
      reason: "requested",
      worstCaseEnd: worst,
      detail: "found at the gateway after an interruption",
      ...(grant.end === undefined ? {} : { end: grant.end }),
    }),
  );
  const secret = lease.sealed === undefined ? {} : { sealed: lease.sealed };
  return {
    type: "activation.done",
    grant: grant.facts.grant,
    activatedAt,
    observedEnd,
    worstCaseEnd: worst,
    ...secret,
  };
}
