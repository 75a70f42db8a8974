import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";

/** The governed part of leasehold.yaml, as the Manifest holds it. */
export type GovernedConfig = Pick<Manifest, "gateways" | "approvals" | "limits" | "protected">;

/** What an app becomes: the Manifest, and the requests that were declared in code, by name. */
export interface Synthesis {
  readonly manifest: Manifest;
  readonly requests: readonly AccessRequest[];
}
