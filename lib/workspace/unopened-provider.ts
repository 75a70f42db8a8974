import type { LeaseholdError } from "../errors";
import type { EffectOutcome } from "../model/effect";
import type { Provider } from "../ports";

/** A gateway that could not be opened: every call fails with why, and of every effect nothing happened. */
export function unopenedProvider(gateway: string, why: LeaseholdError): Provider {
  const fail = (): Promise<never> => Promise.reject(why);
  return {
    gateway,
    describe: fail,
    observe: fail,
    findSpent: fail,
    async *apply(effects): AsyncIterable<EffectOutcome> {
      for (const effect of effects) yield { kind: "refused", effect, because: "passing", why: why.message };
    },
    close: async () => undefined,
  };
}
