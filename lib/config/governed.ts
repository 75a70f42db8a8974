import type { Config, GatewayConfig, GovernedGateway } from "../model/config";
import type { Manifest } from "../model/manifest";

/** The part of leasehold.yaml that the Manifest carries, so that an edit of it needs the approval of a policy edit. */
export type GovernedConfig = Pick<Manifest, "gateways" | "approvals" | "limits" | "protected">;

/** The governed part of a config: all but installation, app, requests and log. Keys stay references. */
export function governedConfig(config: Config): GovernedConfig {
  const names = Object.keys(config.gateways).toSorted();
  const gateways = names.flatMap((name): [string, GovernedGateway][] => {
    const gateway: GatewayConfig | undefined = config.gateways[name];
    return gateway === undefined ? [] : [[name, gateway]];
  });
  return {
    gateways: Object.fromEntries(gateways),
    approvals: config.approvals,
    limits: config.limits,
    protected: config.protected,
  };
}
