import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { ObservedLease } from "../model/observed";
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

/** What a gateway shows of a Grant that went on by its intent alone. */
export interface StandingLease {
  /** Its activation could be recorded, now that it was found. */
  readonly isRecorded: boolean;
  /** The Lease whose place it takes stands too: whoever asked for it has not got so far, or never will. */
  readonly isBeside: boolean;
}

/** How long a writer that is just taking a Lease over is given to take the one before away. */
const takeoverMs = 1_000;

/**
 * Looks whether they are at their gateways, and records those that are. Gives the pairs where a Lease of theirs stands, by
 * key: it takes the place of what ends. What cannot be looked at holds up no ending.
 */
export async function confirmStanding(
  pass: Pass,
  pairs: readonly EndingPair[],
): Promise<ReadonlyMap<string, StandingLease>> {
  const { journal, input } = pass;
  let found = await lookFor(pass, pairs);
  if (!journal.canRecord && found.some((one) => one.isBeside)) {
    await input.clock.sleep(takeoverMs, input.signal);
    found = await lookFor(pass, pairs);
  }
  if (found.length === 0) return new Map();
  const isRecorded =
    journal.canRecord && (await journal.record(found.map((one) => confirmedActivation(pass, one.grant, one.lease))));
  return new Map(found.map(({ grant, isBeside }) => [pairKey(pairOf(grant)), { isRecorded, isBeside }]));
}

interface Found {
  readonly grant: GrantState;
  readonly lease: ObservedLease;
  readonly isBeside: boolean;
}

async function lookFor(pass: Pass, pairs: readonly EndingPair[]): Promise<readonly Found[]> {
  const gateways = new Set(pairs.map((pair) => pair.gateway));
  await observeGateways(pass, gateways);
  const byPair = leasesByPair(pass, gateways);
  return pairs.flatMap(({ key, unconfirmed: asked }) => {
    const there = byPair.get(key);
    return asked.flatMap((grant) => {
      const name = correlationOf(pass, grant, 0);
      const lease = there?.get(name);
      const isBeside = [...(there ?? [])].some(([other, { status }]) => other !== name && status !== "lapsed");
      return lease === undefined ? [] : [{ grant, lease, isBeside }];
    });
  });
}

/** Leases of ours by the key of their pair, and there by the text of their correlation. */
function leasesByPair(pass: Pass, gateways: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, ObservedLease>> {
  const byPair = new Map<string, Map<string, ObservedLease>>();
  for (const gateway of gateways) {
    const seen = pass.observed.get(gateway);
    for (const [name, lease] of seen === undefined ? [] : ourLeases(pass, seen)) {
      const key = pairKey({ gateway, person: lease.person, connection: lease.connection });
      const there = byPair.get(key);
      if (there === undefined) byPair.set(key, new Map([[name, lease]]));
      else there.set(name, lease);
    }
  }
  return byPair;
}
