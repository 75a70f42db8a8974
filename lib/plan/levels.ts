import { unusableKey, type Results, type UnusableConnection } from "./configuration-result";
import { tryFindObserved, type PlanContext } from "./context";
import type { GatewayFit } from "./gateway-fit";

/**
 * Looks whether each level that the rules have is there at a gateway that we do not configure: nothing can be given on one
 * whose role is missing or is not what it has to be. Only the Log tells nothing of levels.
 */
export function planLevels(context: PlanContext, fit: GatewayFit, gateway: string, result: Results): void {
  const observed = tryFindObserved(context, gateway);
  const levels = new Map((observed?.objects ?? []).map((one) => [`${one.value.kind} ${one.value.name}`, one]));
  for (const object of context.desired.objects[gateway] ?? []) {
    const refusal = fit.tryRefuseObject(gateway, object);
    if (refusal !== undefined) result.refusals.push(refusal);
    if (refusal !== undefined || object.kind !== "connection" || observed === undefined) continue;
    const there = levels.get(`connection ${object.name}`);
    const why = there === undefined ? "the database does not state it yet" : there.flaw;
    if (why === undefined) continue;
    const missing = missingLevel(gateway, object.name, why);
    result.unusable.set(unusableKey(gateway, object.name), missing);
    result.drift.push({ kind: "missing object", gateway, subject: object.name, sentence: missing.sentence });
  }
}

function missingLevel(gateway: string, name: string, why: string): UnusableConnection {
  return {
    reason: "cannot be held",
    sentence: `Level ${name} cannot be given at gateway ${gateway}: ${why}.`,
    fix: "make its role (`leasehold synth --terraform`, then `terraform apply`), then run again what `leasehold gateway sql` prints",
  };
}
