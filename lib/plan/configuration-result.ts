import type { ConfigurationAction } from "../model/action";
import type { Refusal } from "../model/desired";
import type { DriftItem } from "../model/plan";

/** What becomes of the gateways' configuration. */
export interface ConfigurationResult {
  readonly actions: readonly ConfigurationAction[];
  readonly refusals: readonly Refusal[];
  readonly drift: readonly DriftItem[];
  /** Connections on which nothing can be given, by `unusableKey`: somebody else's, and missing ones that stay so. */
  readonly unusable: ReadonlyMap<string, UnusableConnection>;
}

/** Why nothing can be given on a Connection, and what to do about it. */
export type UnusableConnection = Pick<Refusal, "reason" | "sentence" | "fix">;

/** The key of a Connection in `ConfigurationResult.unusable`. */
export function unusableKey(gateway: string, gatewayName: string): string {
  return `${gateway} ${gatewayName}`;
}

/** The same while it is being made. */
export interface Results {
  readonly actions: ConfigurationAction[];
  readonly refusals: Refusal[];
  readonly drift: DriftItem[];
  readonly unusable: Map<string, UnusableConnection>;
}
