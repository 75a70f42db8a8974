import { failure } from "../errors";
import type { GrantState, LogState } from "../model/log-state";

const shortestPrefix = 8;

/**
 * The Grants that a text of the command line names: the one of that id, the one whose id begins so (8
 * characters or more), or all of the request of that name. Throws E608 when there is none, and when
 * the text could mean more than one of these.
 */
export function findGrants(state: LogState, text: string): readonly GrantState[] {
  const exact = state.grants.get(text);
  if (exact !== undefined) return [exact];
  const grants = [...state.grants.values()];
  const ofRequest = grants.filter((grant) => grant.facts.request === text);
  const isPrefix = text.length >= shortestPrefix && /^[a-z2-7]{1,26}$/.test(text);
  const byPrefix = isPrefix ? grants.filter((grant) => grant.facts.grant.startsWith(text)) : [];
  if (byPrefix.length > 0 && ofRequest.length > 0) throw ambiguous(text, [...ofRequest, ...byPrefix]);
  if (ofRequest.length > 0) return ofRequest;
  if (byPrefix.length > 1) throw ambiguous(text, byPrefix);
  if (byPrefix.length === 1) return byPrefix;
  throw failure("E608", {
    detail: `\`${text.slice(0, 64)}\` is no grant's id, no start of one with ${shortestPrefix} characters, and no request with grants`,
    fix: "`leasehold status` lists the grants",
  });
}

function ambiguous(text: string, grants: readonly GrantState[]): Error {
  const shown = grants.slice(0, 5).map(({ facts }) => `${facts.grant} (${facts.request}, ${facts.person})`);
  const more = grants.length > shown.length ? ` and ${grants.length - shown.length} more` : "";
  return failure("E608", {
    summary: "this could mean more than one grant",
    detail: `\`${text}\` could mean ${shown.join(", ")}${more}`,
    fix: "give the whole id",
  });
}
