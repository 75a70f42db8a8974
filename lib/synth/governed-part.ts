import { sortedNames } from "./order";
import type { GovernedConfig } from "./synthesis";

/** The governed part and nothing else, as a Manifest holds it: who passes a whole config adds nothing to it. */
export function governedPart(governed: GovernedConfig): GovernedConfig {
  const { gateways, approvals, limits, protected: principals } = governed;
  return { gateways, approvals, limits, protected: sortedNames(principals) };
}
