import { failure, type LeaseholdError } from "../errors";
import type { ProviderDescription } from "../model/gateway";
import type { LogState } from "../model/log-state";
import type { ObservedState } from "../model/observed";
import { tryFindAnchorLoss } from "./anchored";
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
  if (pass.anchorTrouble !== undefined) {
    // Nobody knows whether the Log is whole: the same holds, and nothing is recorded about it.
    pass.nothingNew = true;
    pass.report.trouble(pass.anchorTrouble);
    return true;
  }
  const why = before?.why ?? (await tryFindLossOf(pass));
  if (why === undefined) return false;
  pass.nothingNew = true;
  if (before === undefined) await journal.record([{ type: "recovery.started", why }]);
  pass.report.trouble(recoveringFailure(why));
  return true;
}

/** What is said wherever a recovering Log keeps something from starting. */
export function recoveringFailure(why: string): LeaseholdError {
  return failure("E602", {
    detail: why,
    fix: "`leasehold log rebuild` takes over what a merged request explains and ends the rest; until then access only ends",
  });
}

/** While recovering: puts away what has run out by its own end. */
export async function endLapsed(pass: Pass): Promise<void> {
  await endStrays(pass, lapsedStrays(pass));
}

/** What a lost or old Log is recognised by. */
export interface LossEvidence {
  readonly state: LogState;
  readonly installation: string;
  readonly observed: ReadonlyMap<string, ObservedState>;
  readonly descriptions: ReadonlyMap<string, ProviderDescription>;
}

/** Why the Log of a pass is not the one that was anchored, or that did what the gateways show, if so. */
export async function tryFindLossOf(pass: Pass): Promise<string | undefined> {
  const { anchor, descriptions, input, journal, observed } = pass;
  return (
    (await tryFindAnchorLoss(journal.log, anchor)) ??
    tryFindLoss({ state: journal.state, installation: input.installation, observed, descriptions })
  );
}

/** Why the Log cannot be the one that did what the gateways show, if so. */
export function tryFindLoss(evidence: LossEvidence): string | undefined {
  const { state, installation } = evidence;
  for (const [gateway, seen] of evidence.observed) {
    if (knowsGateway(state, gateway)) continue;
    const description = evidence.descriptions.get(gateway);
    const isMarked =
      description?.everHeld ??
      (description?.installation === installation || seen.objects.some((one) => one.installation === installation));
    const isOurs = isMarked || seen.leases.some((lease) => lease.correlation?.installation === installation);
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
