import type { ObservedLease } from "../model/observed";
import type { Effect } from "../ports";
import { carryOut } from "./effects";
import type { World } from "./input";
import { pairKey, type Pair } from "./pairs";
import type { PassOutcome, ReportBuilder } from "./report";

/** A lease of ours at a gateway. */
export interface FoundLease {
  readonly gateway: string;
  readonly lease: ObservedLease;
}

/** Looks for leases of ours at every gateway; one that cannot be read is said aloud and left out. */
export async function findOurLeases(world: World, report: ReportBuilder): Promise<readonly FoundLease[]> {
  const found = await Promise.all(
    [...world.providers.values()].map(async (provider) => {
      try {
        const { leases } = await provider.observe();
        return leases
          .filter((lease) => lease.correlation?.installation === world.installation)
          .map((lease) => ({ gateway: provider.gateway, lease }));
      } catch (thrown) {
        report.trouble(thrown);
        return [];
      }
    }),
  );
  return found.flat();
}

/** Ends leases at their gateways, a pair at a time; nothing is recorded here. */
export async function endLeases(
  world: World & { readonly signal?: AbortSignal },
  report: ReportBuilder,
  leases: readonly FoundLease[],
  how: { readonly reason: "revoked" | "given back"; readonly result: PassOutcome["result"] },
): Promise<void> {
  const pairs = new Map<string, FoundLease>();
  for (const found of leases) pairs.set(pairKey(pairOfLease(found)), found);
  await Promise.all(
    [...world.providers.values()].map(async (provider) => {
      const work = new Map<Effect, FoundLease>();
      for (const found of pairs.values()) {
        const { person, connection } = found.lease;
        if (found.gateway === provider.gateway) work.set({ kind: "end", person, connection }, found);
      }
      const { secrets, signal } = world;
      report.effects += work.size;
      for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
        const found = work.get(outcome.effect);
        if (found === undefined) continue;
        const about = { ...pairOfLease(found), ...grantOf(found) };
        if (outcome.kind === "ended") {
          const { sessionsCut } = outcome;
          report.outcome({ kind: "ended", ...about, ...how, end: outcome.at, sessionsCut });
        } else {
          const why = "why" in outcome ? outcome.why : "the provider answered for something else";
          report.isOverdue({ ...about, since: world.clock.now(), why });
        }
      }
    }),
  );
}

/** The pair that a lease is for. */
export function pairOfLease({ gateway, lease }: FoundLease): Pair {
  return { gateway, person: lease.person, connection: lease.connection };
}

function grantOf({ lease }: FoundLease): { readonly grant?: string } {
  return lease.correlation === undefined ? {} : { grant: lease.correlation.grant };
}
