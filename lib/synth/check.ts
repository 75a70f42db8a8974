import { diagnostic, failure, LeaseholdError } from "../errors";
import { conditionSize } from "../model/condition";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import { governedPart } from "./governed-part";
import { validate as validateManifest } from "./manifest-validator.generated";
import { conditionsOf } from "./named-groups";
import { DeclaredPaths } from "./paths";
import { throwProblems } from "./problem";
import { findProblems } from "./problems";
import { validate as validateRequests } from "./request-set-validator.generated";
import type { GovernedConfig, Synthesis } from "./synthesis";

/** What somebody claims to be a synthesis. */
export interface ClaimedSynthesis {
  readonly manifest: unknown;
  readonly requests: unknown;
  /** What the governed part has to be; the claim's own counts for nothing. */
  readonly governed: GovernedConfig;
}

/**
 * Checks a synthesis that code of somebody else made, as a stranger's: its shape, every bound, and all that
 * synth itself asks of the whole. Throws E204. The governed part is the one given, whatever was claimed.
 */
export function checkSynthesis(claimed: ClaimedSynthesis): Synthesis {
  const { requests } = claimed;
  const manifest = checkManifest(
    isRecord(claimed.manifest) ? { ...claimed.manifest, ...governedPart(claimed.governed) } : claimed.manifest,
  );
  expectShape(validateRequests, { requests }, "the requests of the rules program");
  const synthesis = { manifest, requests: requests as readonly AccessRequest[] };
  throwProblems("E204", findProblems(synthesis, new DeclaredPaths()));
  return synthesis;
}

/**
 * Checks a Manifest that somebody committed with an edit of the rules, as a stranger's: its shape, every
 * bound, and all that synth itself asks of the whole. Throws E204.
 */
export function checkClaimedManifest(value: unknown): Manifest {
  const manifest = checkManifest(value);
  throwProblems("E204", findProblems({ manifest, requests: [] }, new DeclaredPaths()));
  return manifest;
}

/** Checks the shape and the bounds of a Manifest that comes from outside; throws E204. */
export function checkManifest(value: unknown): Manifest {
  expectShape(validateManifest, value, "the manifest");
  const manifest = value as Manifest;
  const conditions = [
    ...manifest.rules.flatMap((rule) => conditionsOf(rule.approval)),
    ...conditionsOf({ steps: manifest.policyApproval }),
  ];
  for (const condition of conditions) {
    const { nodes, depth } = conditionSize(condition);
    if (nodes <= limits.conditionNodes && depth <= limits.documentDepth) continue;
    throw failure("E204", { detail: `a condition has ${nodes} parts, ${depth} deep`, fix: rebuild });
  }
  return manifest;
}

interface Validator {
  (value: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly keyword: string; readonly message?: string }[] | null;
}

const mostTold = 20;

function expectShape(validate: Validator, value: unknown, what: string): void {
  if (!isRecord(value)) throw failure("E204", { detail: `${what} is no object`, fix: rebuild });
  if (isValid(validate, value, what)) return;
  const told = (validate.errors ?? []).slice(0, mostTold).map((one) =>
    diagnostic("E204", {
      detail: `${what}: ${one.instancePath === "" ? "/" : one.instancePath.slice(0, 200)} ${one.message ?? one.keyword}`,
      fix: rebuild,
    }),
  );
  throw new LeaseholdError(told);
}

function isValid(validate: Validator, value: unknown, what: string): boolean {
  try {
    return validate(value);
  } catch (error) {
    // Conditions hold conditions: a stranger's can be deeper than the stack.
    if (error instanceof RangeError) throw failure("E204", { detail: `${what} nests too deep`, fix: rebuild });
    throw error;
  }
}

const rebuild = "make it again with `leasehold synth`";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
