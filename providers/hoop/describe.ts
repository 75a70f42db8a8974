/** What a gateway is and can hold. */
import type { ProviderDescription } from "../../lib/model/gateway";
import { resourceKinds } from "../../lib/model/resource";
import { listRules } from "./client/rules";
import { readServerFacts } from "./client/server";
import type { HoopContext } from "./context";
import { gateInstallation } from "./observe";

/** Describes a gateway: version and licence from `/serverinfo`, the installation from its gate. */
export async function describe(context: HoopContext): Promise<ProviderDescription> {
  const { dialect, observer } = context;
  const facts = await readServerFacts(observer);
  const installation = gateInstallation(await listRules(observer));
  const canMask = dialect.masks && facts.canMask;
  return {
    gateway: context.gateway,
    provider: dialect.provider,
    version: facts.version,
    holds: dialect.holds,
    maxSliceSeconds: longestGrantSeconds,
    kinds: resourceKinds,
    principals: ["user"],
    guardrailKinds: dialect.guardrailKinds,
    maxGuardrails: dialect.provider === "hoop" && facts.isLimited ? 1 : undefined,
    maxMaskingRules: !canMask ? 0 : facts.isLimited ? 1 : undefined,
    ...(installation === undefined ? {} : { installation }),
    skewMs: observer.skewMs(),
    storesSecrets: dialect.storesSecrets,
    endingsPerSecond: dialect.endingsPerSecond,
    ...(dialect.listsHideFields ? { wholeEverySeconds: dialect.wholeEveryMs / 1000 } : {}),
  };
}

/** A longer grant is refused with 500 (48 h). */
export const longestGrantSeconds = 172_800;
