import { failure } from "../errors";
import type { ObservedLease, ObservedState } from "../model/observed";
import type { Provider } from "../ports";
import { pairKey } from "./pairs";
import type { Pass } from "./pass-state";
import { tryClockApart } from "./times";

/**
 * Looks at every gateway. One that cannot be read whole stops all new access in this pass: what it
 * hides could be the reason to refuse. One whose clock is wrong is closed for itself.
 */
export async function observeGateways(pass: Pass, only?: ReadonlySet<string>): Promise<void> {
  const providers = [...pass.input.providers.values()].filter((one) => only === undefined || only.has(one.gateway));
  await Promise.all(providers.map((provider) => observeGateway(pass, provider)));
}

/** Takes note that this pass has ended a pair's Lease: a look from before shows it still. */
export function noteGone(pass: Pass, { gateway, key }: { readonly gateway: string; readonly key: string }): void {
  const there = pass.gone.get(gateway);
  if (there === undefined) pass.gone.set(gateway, new Set([key]));
  else there.add(key);
}

/**
 * What was observed, without the Leases of ours that this pass has ended since: each was looked after when it was ended,
 * and to end it once more as a stray would be work and a false alarm. What comes back is for the next look.
 */
export function observedSince(pass: Pass): ReadonlyMap<string, ObservedState> {
  const seen = new Map<string, ObservedState>(pass.observed);
  for (const [gateway, gone] of pass.gone) {
    const observed = seen.get(gateway);
    if (observed === undefined) continue;
    const isGone = ({ correlation, person, connection }: ObservedLease): boolean =>
      correlation?.installation === pass.input.installation && gone.has(pairKey({ gateway, person, connection }));
    seen.set(gateway, { ...observed, leases: observed.leases.filter((lease) => !isGone(lease)) });
  }
  return seen;
}

async function observeGateway(pass: Pass, provider: Provider): Promise<void> {
  const { gateway } = provider;
  try {
    const description = await provider.describe();
    pass.descriptions.set(gateway, description);
    refuseOtherInstallation(pass, gateway, description.installation);
    const seen = await provider.observe();
    pass.observed.set(gateway, seen);
    pass.gone.delete(gateway);
    const apart = tryClockApart(gateway, description.skewMs);
    if (apart === undefined) return;
    pass.closed.add(gateway);
    pass.report.trouble(apart);
  } catch (thrown) {
    pass.observed.delete(gateway);
    pass.nothingNew = true;
    pass.report.trouble(thrown);
  }
}

function refuseOtherInstallation(pass: Pass, gateway: string, found: string | undefined): void {
  if (found === undefined || found === pass.input.installation) return;
  throw failure("E504", {
    detail: `the gate of ${gateway} carries installation ${found}, this is ${pass.input.installation}`,
    fix: "give each installation a gateway of its own, or take the old gate away",
  });
}
