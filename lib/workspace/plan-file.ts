import { failure } from "../errors";
import { canonicalJson } from "../model/canonical";
import { planDigest, type Plan } from "../model/plan";

/**
 * Reads a plan file as `plan --out` wrote it. Throws E303 for what is none: edited by hand (the digest
 * does not fit), cut, or of another version. Whether it is stale only the world can tell.
 */
export function parsePlanFile(text: string, file: string): Plan {
  const value = parseObject(text, file);
  const { digest, ...rest } = value;
  if (rest["planVersion"] !== 1)
    throw notAPlan(file, `planVersion is ${JSON.stringify(rest["planVersion"] ?? null)}, not 1`);
  const plan = rest as unknown as Plan;
  if (typeof digest !== "string" || planDigest(plan) !== digest || `${canonicalJson(value)}\n` !== text) {
    throw notAPlan(file, "it was edited after it was written: its digest does not fit");
  }
  return plan;
}

function parseObject(text: string, file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notAPlan(file, "it is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw notAPlan(file, "it is not a JSON object");
  return value as Readonly<Record<string, unknown>>;
}

function notAPlan(file: string, detail: string): Error {
  return failure("E303", { detail: `${file}: ${detail}`, fix: "make it again with `leasehold plan --out FILE`" });
}
