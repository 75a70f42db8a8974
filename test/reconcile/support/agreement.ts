import { isActive } from "../../../lib/model/grant";
import { tryParseCorrelation } from "../../../lib/model/lease";
import { isLetIn } from "../../../providers/memory/world";
import { installation, type House } from "./house";

/**
 * What is wrong between the Log and the gateway of a house, in words; empty when they agree: who is
 * active gets in, nobody else does by a lease of ours, nothing is half done, and every lease of ours
 * that was ever there has its intent in the Log.
 */
export async function disagreements(house: House): Promise<readonly string[]> {
  const state = await house.state();
  const wrong: string[] = [];
  const now = house.clock.now();
  const active = new Set<string>();
  for (const grant of state.grants.values()) {
    const { person, gatewayName, request } = grant.facts;
    if (grant.phase === "activating") wrong.push(`${request} is left activating`);
    if (grant.ending !== undefined) wrong.push(`${request} is left ending`);
    if (grant.phase === "active" && !isActive(grant, now)) wrong.push(`${request} is overdue`);
    if (isActive(grant, now)) active.add(`${person} ${gatewayName}`);
  }
  for (const intent of state.intents.values()) wrong.push(`a pending intent: ${intent.kind} ${intent.grant ?? ""}`);
  for (const pair of active) {
    const [person = "", connection = ""] = pair.split(" ");
    if (!isLetIn(house.world, person, connection)) wrong.push(`lost: ${pair} is active and not let in`);
  }
  for (const lease of house.world.leases) {
    const pair = `${lease.person} ${lease.connection}`;
    const ours = lease.correlation === undefined ? undefined : tryParseCorrelation(lease.correlation);
    if (ours?.installation !== installation) continue;
    const isThere = lease.state === "approved" && isLetIn(house.world, lease.person, lease.connection);
    if (isThere && !active.has(pair)) wrong.push(`leaked: ${pair}`);
  }
  return [...wrong, ...unrecorded(house)];
}

/** Leases of ours without an intent: an effect before its record. Planted ones start with a grant id of `a`s. */
function unrecorded(house: House): readonly string[] {
  const intended = new Set<string>();
  for (const body of house.bodies()) {
    if (body.type === "activation.intended") intended.add(`${body.facts.grant}:0`);
    if (body.type === "change.intended") intended.add(`${body.grant}:${body.generation}`);
    if (body.type === "recovery.adopted") intended.add(`${body.facts.grant}:${body.generation}`);
  }
  return house.world.leases.flatMap((lease) => {
    const ours = lease.correlation === undefined ? undefined : tryParseCorrelation(lease.correlation);
    if (ours?.installation !== installation || ours.grant.startsWith("aaaa")) return [];
    const isIntended = intended.has(`${ours.grant}:${ours.generation}`);
    return isIntended ? [] : [`unrecorded: ${lease.person} ${lease.connection} ${ours.generation}`];
  });
}
