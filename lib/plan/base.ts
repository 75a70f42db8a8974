import { digestOf, digestOfText, type Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { PlanBase } from "../model/plan";
import type { RequestSet } from "../model/request";
import type { Observed } from "./input";

/** What a Plan is made against. */
export function planBase(input: {
  readonly policyInForce?: Digest;
  readonly manifestDigest: Digest;
  readonly requests: RequestSet;
  /** Digest of `requests`, where the caller has it. */
  readonly requestsDigest?: Digest;
  readonly state: LogState;
  readonly observed: Observed;
}): PlanBase {
  return {
    policy: input.policyInForce ?? null,
    manifest: input.manifestDigest,
    requests: input.requestsDigest ?? requestSetDigest(input.requests),
    grants: grantsDigest(input.state),
    observed: input.observed === "log" ? "log" : "gateway",
  };
}

/** The digest of a request set, whatever the order of its requests. */
export function requestSetDigest(set: RequestSet): Digest {
  const requests = set.requests.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return digestOf({ requests });
}

/** Phases and ends of all Grants in the Log; not who approved, and never the Head. */
function grantsDigest(state: LogState): Digest {
  const lines: string[] = [];
  for (const { facts, phase, end, ending } of state.grants.values()) {
    lines.push(`${facts.grant} ${phase} ${end ?? ""} ${ending?.reason ?? ""}`);
  }
  return digestOfText(lines.sort().join("\n"));
}
