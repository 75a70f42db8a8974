import { failure } from "../errors";
import type { Provider } from "../ports";
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

async function observeGateway(pass: Pass, provider: Provider): Promise<void> {
  const { gateway } = provider;
  try {
    const description = await provider.describe();
    pass.descriptions.set(gateway, description);
    refuseOtherInstallation(pass, gateway, description.installation);
    pass.observed.set(gateway, await provider.observe());
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
