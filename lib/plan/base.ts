import { digestOfText, type Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { PlanBase } from "../model/plan";
import type { RequestSet } from "../model/request";
import type { Observed } from "./input";
import { RequestTree } from "./request-tree";

/** What a Plan is made against. */
export function planBase(input: {
  readonly policyInForce?: Digest;
  readonly manifestDigest: Digest;
  readonly requests: RequestSet;
  readonly state: LogState;
  readonly observed: Observed;
}): PlanBase {
  return {
    policy: input.policyInForce ?? null,
    manifest: input.manifestDigest,
    requests: requestSetDigest(input.requests),
    grants: grantsDigest(input.state),
    observed: input.observed === "log" ? "log" : "gateway",
  };
}

/** The digest of a request set, whatever the order of its requests; computed once per set. */
export function requestSetDigest(set: RequestSet): Digest {
  const known = digests.get(set);
  if (known !== undefined) return known;
  const digest = new RequestTree(set.requests).digest();
  digests.set(set, digest);
  return digest;
}

const digests = new WeakMap<RequestSet, Digest>();

/** Phases and ends of all Grants in the Log; not who approved, and never the Head. */
function grantsDigest(state: LogState): Digest {
  const lines: string[] = [];
  for (const { facts, phase, end, ending } of state.grants.values()) {
    lines.push(`${facts.grant} ${phase} ${end ?? ""} ${ending?.reason ?? ""}`);
  }
  return digestOfText(lines.sort().join("\n"));
}
