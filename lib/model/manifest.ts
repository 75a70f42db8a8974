import { canonicalJson, digestOf, type Digest } from "./canonical";
import type { ApprovalMode, GovernedGateway, OrganisationLimits } from "./config";
import type { PersonId } from "./names";
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

/** The public keys of a person; none of one whom the rules do not have. */
export function keysOf(manifest: Manifest, person: PersonId): readonly string[] {
  const known = keysByPerson.get(manifest) ?? readKeys(manifest);
  keysByPerson.set(manifest, known);
  return known.get(person) ?? [];
}

const keysByPerson = new WeakMap<Manifest, ReadonlyMap<PersonId, readonly string[]>>();

function readKeys({ users, serviceAccounts }: Manifest): ReadonlyMap<PersonId, readonly string[]> {
  return new Map([
    ...users.map(({ email, keys = [] }) => [email, keys] as const),
    ...serviceAccounts.map(({ name, keys = [] }) => [`service:${name}`, keys] as const),
  ]);
}

/** Where `leasehold synth` writes the Manifest, and where a commit that edits governed files has to have it. */
export const committedManifestPath = "leasehold.out/manifest.json";

/**
 * A Manifest as `leasehold synth` writes it: canonical order, indented, one value a line, so that an edit
 * shows line by line in a diff. The digest stays that of the canonical value.
 */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(manifest)), null, 2)}\n`;
}
