import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import { desiredState } from "./desired-state";

/** What it is held against whether requests are over. */
export interface OverInput {
  readonly installation: string;
  readonly manifest: Manifest;
  readonly state: LogState;
  readonly asOf: Instant;
}

/**
 * The requests whose files only lie there, by name, each with why: the Log saw them merged, all that
 * they gave has ended, and they can give nothing more. Taking such a file away changes nobody's access.
 */
export function findOver(requests: readonly AccessRequest[], input: OverInput): ReadonlyMap<string, string> {
  const byRequest = new Map<string, GrantState[]>();
  for (const grant of input.state.grants.values()) {
    const { request } = grant.facts;
    const there = byRequest.get(request);
    if (there === undefined) byRequest.set(request, [grant]);
    else there.push(grant);
  }
  const over = new Map<string, string>();
  for (const request of requests) {
    const why = tryFindWhyOver(request, byRequest.get(request.name) ?? [], input);
    if (why !== undefined) over.set(request.name, why);
  }
  return over;
}

function tryFindWhyOver(request: AccessRequest, grants: readonly GrantState[], input: OverInput): string | undefined {
  const known = input.state.names.get(request.name);
  if (known === undefined || grants.some(({ phase }) => phase !== "ended" && phase !== "rejected")) return undefined;
  if (known.spent) return "its name is spent";
  const hasEnded = grants.some(({ phase }) => phase === "ended");
  if (request.startBefore <= input.asOf) return hasEnded ? "its access has ended" : "it can no longer start";
  // Until its last start a group can get new members.
  if (grants.length === 0 || request.for.some((ref) => ref.startsWith("group:"))) return undefined;
  const { grants: open, refusals } = desiredState({ ...input, requests: { requests: [request] } });
  return open.length + refusals.length > 0 ? undefined : "its access has ended";
}
