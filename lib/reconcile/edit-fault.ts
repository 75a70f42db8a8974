import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import { personsOf, tryFindDecidingRule } from "../policy";
import { isSameRequest, tryFindNarrowingFault } from "../policy/narrowing";

/**
 * What makes an edit of a merged request more than a narrowing, in words that follow `but`; undefined
 * when it only narrows, or says the same. Without a policy nothing can be compared: every edit is one.
 */
export function tryFindEditFault(
  before: AccessRequest,
  after: AccessRequest,
  manifest: Manifest | undefined,
): string | undefined {
  if (isSameRequest(before, after)) return undefined;
  if (manifest === undefined) return "no policy is in force to hold the edit against";
  for (const person of new Set(after.for.flatMap((ref) => personsOf(manifest, ref)))) {
    for (const connection of after.access) {
      const rule = tryFindDecidingRule(manifest, person, connection, after.rule);
      if (rule === undefined) continue;
      const seconds = after.durationSeconds ?? rule.defaultDurationSeconds;
      const fault = tryFindNarrowingFault(before, { request: after, person, connection }, { manifest, rule, seconds });
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}
