import type { DesiredGrant, DesiredState, LapsedRequest, Refusal } from "../model/desired";
import type { AccessRequest, RequestSet } from "../model/request";
import { grantsOfRequest, requestContext } from "./desired-grants";
import type { DesiredInput } from "./desired-input";
import { desiredObjects } from "./desired-objects";
import { manifestIndex } from "./manifest-index";

/**
 * What should be, once approved: a Grant for every (person, Connection, request) that policy lets be
 * and that has not ended or been rejected, a refusal with its sentence and fix for every other one
 * that could still start, and the objects of each gateway. Sorted; equal inputs give equal states.
 */
export function desiredState(input: DesiredInput): DesiredState {
  return {
    policy: manifestIndex(input.manifest).digest,
    ...desiredGrants(input),
    ...desiredObjects(input.manifest),
  };
}

/** The part of a desired state that requests make: Grants, refusals, and old requests that can no longer be asked. */
export interface DesiredGrants {
  readonly grants: readonly DesiredGrant[];
  readonly refusals: readonly Refusal[];
  readonly lapsed: readonly LapsedRequest[];
}

/** The Grants of a desired state without the objects of its gateways. */
export function desiredGrants(input: DesiredInput): DesiredGrants {
  const grants: DesiredGrant[] = [];
  const refusals: Refusal[] = [];
  const lapsed: LapsedRequest[] = [];
  const merged = mergedByName(input.merged);
  const context = requestContext(input);
  for (const request of sortedByName(input.requests.requests)) {
    const result = grantsOfRequest(request, merged?.get(request.name), context);
    grants.push(...result.grants);
    refusals.push(...result.refusals);
    if (result.lapsed !== undefined) lapsed.push(result.lapsed);
  }
  return { grants, refusals, lapsed };
}

function mergedByName(set: RequestSet | undefined): ReadonlyMap<string, AccessRequest> | undefined {
  return set === undefined ? undefined : new Map(set.requests.map((request) => [request.name, request]));
}

function sortedByName(requests: readonly AccessRequest[]): readonly AccessRequest[] {
  return requests.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
