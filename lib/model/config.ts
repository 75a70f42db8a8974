import type { SecretRef } from "./resource";

/** Where approvals come from. */
export type ApprovalMode = "local" | "github";

/** One gateway under `gateways:`; secrets are references. Lease lengths and the rest are the provider's. */
export type GatewayConfig =
  | {
      readonly provider: "embedded";
      readonly directory: string;
      readonly url?: string;
      readonly keys?: GatewayKeys;
      readonly users: UserMode;
    }
  | {
      readonly provider: "hoop";
      readonly url: string;
      readonly keys?: GatewayKeys;
      readonly agent?: string;
      readonly users: UserMode;
    }
  | {
      readonly provider: "postgresql";
      /** References of URLs: `write` leads in as the reconciler, `observe` as who only looks. */
      readonly keys: GatewayKeys;
      readonly users: UserMode;
    }
  | { readonly provider: "memory"; readonly users: UserMode };

/**
 * Whether the configuration of such a gateway is written by us. In PostgreSQL it is not: the roles of levels are Terraform's,
 * and people become roles with their leases.
 */
export function configuresGateway(provider: GatewayConfig["provider"] | undefined): boolean {
  return provider !== "postgresql";
}

/** Whether Leasehold makes missing users on a gateway. */
export type UserMode = "declared" | "existing";

/** Keys of a gateway: `write` grants and revokes, `observe` only reads; one may serve as both. */
export interface GatewayKeys {
  readonly write?: SecretRef;
  readonly observe?: SecretRef;
}

/** Caps of the organisation; every field has its default from `limits.ts` once resolved. */
export interface OrganisationLimits {
  readonly maxDurationSeconds: number;
  readonly startWithinSeconds: number;
  readonly approvalValidForSeconds: number;
  /** How many active grants one apply may end through removed files without a confirmation. */
  readonly bulkRemovals: { readonly count: number; readonly percent: number };
}

/** Where Heads are kept outside the Log. */
export interface AnchorsConfig {
  /** Relative to leasehold.yaml, or absolute. Absent where they are kept on GitHub alone. */
  readonly file?: string;
  /** Slug of the GitHub App whose check run on the default branch holds the newest one. */
  readonly checkRun?: string;
  /** The Ed25519 key that they are signed with. */
  readonly key?: SecretRef;
  /** Public keys of anchors that are believed, besides that of `key`. */
  readonly publicKeys: readonly string[];
}

/** Where the Log is, and its anchors. Paths are relative to leasehold.yaml. */
export type LogConfig = { readonly anchors?: AnchorsConfig } & LogPlace;

/** Where the Log is. */
export type LogPlace =
  | { readonly store: "file"; readonly path: string }
  | { readonly store: "git"; readonly remote: string; readonly ref: string }
  | { readonly store: "postgres"; readonly url: SecretRef };

/** leasehold.yaml, checked, with every default filled in. */
export interface Config {
  /** The random id of this installation. */
  readonly installation: string;
  /** Path of the rules program. */
  readonly app: string;
  /** Glob of the request files. */
  readonly requests: string;
  readonly gateways: Readonly<Record<string, GatewayConfig>>;
  readonly log: LogConfig;
  readonly approvals: ApprovalMode;
  readonly limits: OrganisationLimits;
  /** Principals whose configuration is never taken away. */
  readonly protected: readonly string[];
}

/** The part of a gateway's config that is governed: everything but the key values. */
export type GovernedGateway = Omit<Extract<GatewayConfig, { provider: "hoop" }>, "keys" | "provider" | "url"> & {
  readonly provider: GatewayConfig["provider"];
  readonly url?: string;
  readonly directory?: string;
  readonly keys?: GatewayKeys;
};
