import { failure } from "../errors";
import type { LogState } from "../model/log-state";
import type { Pass } from "./pass-state";
import { endStrays, lapsedStrays } from "./strays";

/**
 * Whether the Log is recovering: it says so, or it knows nothing of a gateway that carries our id, or
 * it is behind an anchor kept elsewhere. Then nothing new starts and nothing is swept: what is live
 * runs to its own end, until `log rebuild`.
 */
export async function isRecovering(pass: Pass): Promise<boolean> {
  const { journal } = pass;
  const before = journal.state.recovering;
  const why = before?.why ?? tryFindLoss(pass);
  if (why === undefined) return false;
  pass.nothingNew = true;
  if (before === undefined) await journal.record([{ type: "recovery.started", why }]);
  pass.report.trouble(
    failure("E602", {
      detail: why,
      fix: "`leasehold log rebuild` takes over what a merged request explains and ends the rest; until then access only ends",
    }),
  );
  return true;
}

/** While recovering: puts away what has run out by its own end. */
export async function endLapsed(pass: Pass): Promise<void> {
  await endStrays(pass, lapsedStrays(pass));
}

/** Why the Log cannot be the one that did what the gateways show, if so. */
export function tryFindLoss(pass: Pass): string | undefined {
  const { state } = pass.journal;
  const { anchor, installation } = pass.input;
  const sequence = state.head?.sequence ?? 0;
  if (anchor !== undefined && anchor.sequence > sequence) {
    return `the Log ends at record ${sequence}, but there was a record ${anchor.sequence}`;
  }
  if (anchor !== undefined && anchor.sequence === sequence && anchor.hash !== state.head?.hash) {
    return `record ${sequence} of the Log is not the one that was anchored`;
  }
  for (const [gateway, seen] of pass.observed) {
    if (knowsGateway(state, gateway)) continue;
    const isOurs =
      pass.descriptions.get(gateway)?.installation === installation ||
      seen.objects.some((one) => one.installation === installation) ||
      seen.leases.some((lease) => lease.correlation?.installation === installation);
    if (isOurs) return `gateway ${gateway} carries our installation id, but the Log knows nothing of it`;
  }
  return undefined;
}

function knowsGateway(state: LogState, gateway: string): boolean {
  for (const one of state.objects.values()) if (one.gateway === gateway) return true;
  for (const intent of state.intents.values()) if (intent.gateway === gateway) return true;
  for (const grant of state.grants.values()) if (grant.facts.gateway === gateway) return true;
  return false;
}
