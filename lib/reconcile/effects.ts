import { failure } from "../errors";
import type { Effect, EffectOutcome, Provider, Secrets } from "../ports";
import { isNearlyOver, type Pass } from "./pass-state";

/** What an effect came to, for those who only ask whether it is there. */
export type Settled<E extends Effect> = Exclude<EffectOutcome, { kind: "refused" | "unknown" }> & {
  readonly effect: E;
};

/**
 * Asks a Provider for some effects and gives exactly one outcome for each, as they come. A Provider
 * that throws or forgets one leaves it `unknown`: it may be there.
 */
export async function* carryOut(
  provider: Provider,
  effects: readonly Effect[],
  options: { readonly secrets: Secrets; readonly signal?: AbortSignal | undefined },
): AsyncIterable<EffectOutcome> {
  const open = new Set<Effect>(effects);
  let why = "the provider gave no outcome for it";
  try {
    const { secrets, signal } = options;
    for await (const outcome of provider.apply(effects, { secrets, ...(signal === undefined ? {} : { signal }) })) {
      if (open.delete(outcome.effect)) yield outcome;
    }
  } catch (thrown) {
    why = thrown instanceof Error ? thrown.message : String(thrown);
  }
  for (const effect of open) yield { kind: "unknown", effect, why };
}

/** Whether a Lease was refused because its end has come: nobody has to mend that, and its end takes everything away. */
export function isRefusedAsOver(pass: Pass, outcome: EffectOutcome): boolean {
  if (outcome.kind !== "refused" || outcome.because !== "permanent") return false;
  return outcome.effect.kind === "hold" && isNearlyOver(pass, outcome.effect.end);
}

/** The error of a refused or unknown effect: whose move it is next. */
export function effectTrouble(outcome: Extract<EffectOutcome, { kind: "refused" | "unknown" }>, gateway: string) {
  const detail = `gateway ${gateway}: ${outcome.why}`;
  if (outcome.kind === "unknown") {
    return failure("E506", { detail, fix: "run leasehold reconcile: it looks at the gateway first and goes on" });
  }
  if (outcome.because === "credential") {
    return failure("E501", { detail, fix: "check the gateway's write key in leasehold.yaml (leasehold doctor)" });
  }
  return failure("E503", { detail, fix: "mend what the gateway names, then run it again" });
}
