import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { EndingPair } from "./ending-batch";
import { observeGateways } from "./observe";
import { pairKey, pairOf } from "./pairs";
import type { Pass } from "./pass-state";
import { confirmedActivation, correlationOf, ourLeases } from "./found-leases";

/**
 * The Grants of a pair that go on by their intent alone: nobody has recorded yet whether they came to their gateway,
 * because a process died over it or another is just about it. Whatever is done to the pair's Lease would take theirs away.
 */
export function unconfirmed(
  held: readonly GrantState[],
  ending: ReadonlySet<GrantId>,
  now: Instant,
): readonly GrantState[] {
  return held.filter(
    (grant) =>
      grant.phase === "activating" &&
      grant.ending === undefined &&
      !ending.has(grant.facts.grant) &&
      (grant.end ?? now) > now,
  );
}

/**
 * Looks whether they are at their gateways, and records those that are. Gives the keys of pairs where a Lease of theirs
 * stands and could not be recorded: it has taken the place of what ends. What cannot be looked at holds up no ending.
 */
export async function confirmStanding(pass: Pass, pairs: readonly EndingPair[]): Promise<ReadonlySet<string>> {
  await observeGateways(pass, new Set(pairs.map((pair) => pair.gateway)));
  const found = pairs.flatMap((pair) => {
    const seen = pass.observed.get(pair.gateway);
    const leases = seen === undefined ? undefined : ourLeases(pass, seen);
    return pair.unconfirmed.flatMap((grant) => {
      const lease = leases?.get(correlationOf(pass, grant, 0));
      return lease === undefined ? [] : [{ grant, lease }];
    });
  });
  if (found.length === 0) return new Set();
  const { journal } = pass;
  const isRecorded =
    journal.canRecord && (await journal.record(found.map((one) => confirmedActivation(pass, one.grant, one.lease))));
  return new Set(isRecorded ? [] : found.map(({ grant }) => pairKey(pairOf(grant))));
}
