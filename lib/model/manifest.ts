import { digestOf, type Digest } from "./canonical";
import type { ApprovalMode, GovernedGateway, OrganisationLimits } from "./config";
import type { Group, ServiceAccount, User } from "./principal";
import type { Connection, Resource } from "./resource";
import type { AccessRule, ApprovalStep } from "./rule";
import type { Guardrail, MaskingRule } from "./safeguard";

/**
 * The rules and the governed part of the config, synthesised: data, never code. Lists are sorted by
 * name, but `rules`, which stand in declaration order because the first that matches decides.
 */
export interface Manifest {
  readonly manifestVersion: 1;
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly resources: readonly Resource[];
  readonly connections: readonly Connection[];
  readonly guardrails: readonly Guardrail[];
  readonly maskingRules: readonly MaskingRule[];
  readonly rules: readonly AccessRule[];
  /** What an edit of the rules or of governed files needs. */
  readonly policyApproval: readonly ApprovalStep[];
  readonly gateways: Readonly<Record<string, GovernedGateway>>;
  readonly approvals: ApprovalMode;
  readonly limits: OrganisationLimits;
  readonly protected: readonly string[];
}

/** The digest by which a Manifest is accepted, stored and compared. */
export function manifestDigest(manifest: Manifest): Digest {
  return digestOf(manifest);
}
